// The back page: modules with code, JP, score and result, bound to the front by its digest.
// Mirrors app/certificates/backpage.py.

import { sha256 } from '../vendor/noble-hashes/sha2.js';
import { Spelling, hex } from './spelling.js';

const DIGEST = 16;
const MODULES_MAX = 100;
export const OUTCOMES = ['not-passed', 'passed', 'recognised', 'not-assessed'];
const SPELLING = new Spelling('certificate-malformed', 1600);

/** What stands on the front for this back page, in hex. */
export function digest(raw) {
  return hex(sha256(raw)).slice(0, 2 * DIGEST);
}

/** The modules of a back page and its digest; scores in hundredths, null where there is none. */
export function read(raw) {
  const [salt, lines] = SPELLING.array(SPELLING.decode(raw), 2);
  const modules = SPELLING.array(lines, 1, MODULES_MAX).map(module);
  SPELLING.raw(salt, 16);
  return { modules, digest: digest(raw) };
}

function module(line) {
  const [code, jp, score, outcome] = SPELLING.array(line, 4);
  return {
    code: SPELLING.text(code, 40),
    jp: SPELLING.integer(jp, 0, 9999),
    score: score === null ? null : SPELLING.integer(score, 0, 10000),
    outcome: OUTCOMES[SPELLING.integer(outcome, 0, OUTCOMES.length - 1)],
  };
}
