// The delegation: an authority lets one device issue a block of serials for at most a year.
// Mirrors app/certificates/delegation.py.

import { ascii, parse } from './cose.js';
import { hash12, Spelling } from './spelling.js';

export const SEQUENCES = 10000000;
const CONTEXT = ascii('balai/delegation/1\0');
const LONGEST_LIFE = 366;
const SEQUENCE_MAX = 9999999;
const SPELLING = new Spelling('delegation-malformed', 300);

/** A delegation taken apart; to be believed once an authority's key verifies it. */
export function read(raw) {
  const message = parse(raw, SPELLING, true);
  return {
    ...content(message.payload),
    authorityKid: message.kid,
    digest: hash12(raw),
    verifies: (authorityKey) => message.verifies(authorityKey, CONTEXT),
  };
}

function content(payload) {
  const items = SPELLING.array(SPELLING.decode(payload), 7);
  const found = {
    issuingKey: SPELLING.raw(items[0], 32),
    centre: SPELLING.integer(items[1], 1, 99999),
    device: SPELLING.integer(items[2], 1, 65535),
    notBefore: SPELLING.day(items[3]),
    expires: SPELLING.day(items[4]),
    first: SPELLING.integer(items[5], 1, SEQUENCE_MAX),
    count: SPELLING.integer(items[6], 1, 9999),
  };
  found.last = found.first + found.count - 1;
  const life = found.expires - found.notBefore;
  if (life < 0 || life > LONGEST_LIFE || found.last > SEQUENCE_MAX) SPELLING.refuse();
  return found;
}

/** Whether the serial (centre x 10^7 + sequence) belongs to the delegation's block. */
export function covers(held, serial) {
  const sequence = serial % SEQUENCES;
  return (serial - sequence) / SEQUENCES === held.centre && held.first <= sequence && sequence <= held.last;
}
