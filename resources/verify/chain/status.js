// The status list: what is revoked and why, and of compromised delegations what still counts.
// Mirrors app/certificates/status.py.

import { ascii, parse } from './cose.js';
import { SERIAL_MAX } from './credential.js';
import { SEQUENCES } from './delegation.js';
import { fingerprint, hex, Refused, same, Spelling } from './spelling.js';
import { EPOCH_MAX, statusKey } from './trust.js';

const CONTEXT = ascii('balai/status/1\0');
const REASONS = ['error', 'superseded', 'fraud'];
const COUNTER_MAX = (1n << 63n) - 1n;
const ENTRIES_MAX = 1 << 20;
const SPELLING = new Spelling('status-malformed', 4 << 20);

/** The list, its signature verified against the status keys of the trust file. */
export async function read(raw, file) {
  const message = parse(raw, SPELLING, true);
  const list = content(message.payload);
  const key = statusKey(file, message.kid);
  if (!key) throw new Refused('status-signer-unknown');
  if (!(await message.verifies(key.publicKey, CONTEXT)) || key.epoch !== list.epoch) {
    throw new Refused('status-forged');
  }
  return { list, raw, fingerprint: fingerprint(raw) };
}

/** The list to hold from now on; `held` may be null. The counter (epoch, number) never goes down. */
export async function replace(held, offered, file) {
  if (held && same(offered, held.raw)) return held;
  const found = await read(offered, file);
  const order = held ? compare(found.list, held.list) : 1;
  if (order === 0) throw new Refused('status-forked');
  if (order < 0) throw new Refused('status-older');
  return found;
}

/** Why this certificate is revoked, undefined if it is not. */
export function revoked(list, serial, digest) {
  return list.hashes.get(digest) ?? list.serials.get(serial);
}

/** Whether the delegation is compromised and the certificate not among those it really gave. */
export function disowned(list, delegationDigest, digest) {
  const allowed = list.compromised.get(delegationDigest);
  return allowed !== undefined && !allowed.has(digest);
}

function compare(one, other) {
  const place = one.epoch === other.epoch ? 'number' : 'epoch';
  return one[place] === other[place] ? 0 : one[place] < other[place] ? -1 : 1;
}

function content(payload) {
  const [epoch, number, dated, nextUpdate, pairs, compromised] = SPELLING.array(SPELLING.decode(payload), 6);
  const serials = new Map();
  const hashes = new Map();
  SPELLING.array(pairs, REASONS.length).forEach((pair, i) => {
    const [steps, names] = SPELLING.array(pair, 2);
    add(serials, serialsOf(steps), REASONS[i]);
    add(hashes, SPELLING.hashes(names), REASONS[i]);
  });
  const list = {
    epoch: SPELLING.integer(epoch, 0, EPOCH_MAX),
    number: SPELLING.integer(number, 1, COUNTER_MAX),
    dated: SPELLING.day(dated),
    nextUpdate: SPELLING.day(nextUpdate),
    serials,
    hashes,
    compromised: compromisedOf(compromised),
  };
  if (list.nextUpdate < list.dated) SPELLING.refuse();
  return list;
}

function add(known, names, reason) {
  for (const name of names) {
    if (known.has(name)) SPELLING.refuse();
    known.set(name, reason);
  }
}

function serialsOf(steps) {
  let serial = 0;
  return SPELLING.array(steps, 0, ENTRIES_MAX).map((step) => {
    serial += SPELLING.integer(step, 1, SERIAL_MAX);
    if (serial <= SEQUENCES || serial > SERIAL_MAX || serial % SEQUENCES === 0) SPELLING.refuse();
    return serial;
  });
}

function compromisedOf(value) {
  const found = new Map();
  let last = '';
  for (const line of SPELLING.array(value, 0, ENTRIES_MAX)) {
    const [digest, allowed] = SPELLING.array(line, 2);
    const name = hex(SPELLING.raw(digest, 12));
    if (name <= last) SPELLING.refuse();
    found.set(name, new Set(SPELLING.hashes(allowed)));
    last = name;
  }
  return found;
}
