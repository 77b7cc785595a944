// The trust file: which roots, authorities and status keys to believe; all a verifier must hold.
// Mirrors app/certificates/trust.py.

import { sha256 } from '../vendor/noble-hashes/sha2.js';
import { ascii, parse } from './cose.js';
import { fingerprint, hex, Refused, same, Spelling } from './spelling.js';

const CONTEXT = ascii('balai/trust/1\0');
const COUNTER_MAX = (1n << 63n) - 1n;
export const EPOCH_MAX = 2 ** 32 - 1;
const SPELLING = new Spelling('trust-malformed', 262144);
const HOST = /^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/;

function kid(publicKey) {
  return hex(sha256(publicKey).subarray(0, 4));
}

/** The authority of this kid, undefined if there is none. */
export function authority(file, name) {
  return file.authorities.find((one) => kid(one.publicKey) === name);
}

/** The status key of this kid, undefined if there is none. */
export function statusKey(file, name) {
  return file.statusKeys.find((one) => kid(one.publicKey) === name);
}

/** The highest epoch of its status keys, -1 if there is none. */
export function epoch(file) {
  return Math.max(-1, ...file.statusKeys.map((key) => key.epoch));
}

/** The trust file, its signature verified; without `roots` a first contact, vouched for by who gives it. */
export async function read(raw, roots = null) {
  const message = parse(raw, SPELLING, true);
  const file = content(message.payload);
  const signer = file.roots.find((root) => kid(root) === message.kid);
  if (!signer || (roots && !roots.some((root) => same(root, signer)))) throw new Refused('trust-signer-unknown');
  if (!(await message.verifies(signer, CONTEXT))) throw new Refused('trust-forged');
  return { file, raw, signer, fingerprint: fingerprint(raw) };
}

/** The file to hold from now on: `offered` if it is newer and signed by a root the held file names. */
export async function replace(held, offered) {
  if (same(offered, held.raw)) return held;
  const found = await read(offered, held.file.roots);
  const facts = { held: held.file.counter, offered: found.file.counter, counter: held.file.counter };
  if (found.file.counter < held.file.counter) throw new Refused('trust-older', facts);
  if (found.file.counter === held.file.counter) throw new Refused('trust-forked', facts);
  return found;
}

function content(payload) {
  const items = SPELLING.array(SPELLING.decode(payload), 7);
  const file = {
    counter: SPELLING.integer(items[0], 1, COUNTER_MAX),
    dated: SPELLING.day(items[1]),
    nextUpdate: SPELLING.day(items[2]),
    host: host(items[3]),
    roots: SPELLING.array(items[4], 1, 4).map((root) => SPELLING.raw(root, 32)),
    authorities: SPELLING.array(items[5], 0, 64).map(oneAuthority),
    statusKeys: SPELLING.array(items[6], 0, 16).map(oneStatusKey),
  };
  refuseTwins(file);
  return file;
}

function host(value) {
  const found = SPELLING.text(value, 63);
  if (!HOST.test(found)) SPELLING.refuse();
  return found;
}

function oneAuthority(value) {
  const [key, name, first, last, genuine] = SPELLING.array(value, 5);
  const found = {
    publicKey: SPELLING.raw(key, 32),
    name: SPELLING.text(name, 40),
    firstDay: SPELLING.day(first),
    lastDay: SPELLING.day(last),
    genuine: genuine === null ? null : new Set(SPELLING.hashes(genuine)),
  };
  if (found.firstDay > found.lastDay) SPELLING.refuse();
  return found;
}

function oneStatusKey(value) {
  const [key, of] = SPELLING.array(value, 2);
  return { publicKey: SPELLING.raw(key, 32), epoch: SPELLING.integer(of, 0, EPOCH_MAX) };
}

/** One key one role, one kid one key, one epoch one status key; and no update due before the file. */
function refuseTwins(file) {
  const named = [...file.roots, ...file.authorities.map((a) => a.publicKey), ...file.statusKeys.map((s) => s.publicKey)];
  const kids = new Set(named.map(kid));
  const epochs = new Set(file.statusKeys.map((key) => key.epoch));
  if (kids.size !== named.length || epochs.size !== file.statusKeys.length || file.nextUpdate < file.dated) {
    SPELLING.refuse();
  }
}
