// The certificate as signed bytes: what is certified, by which device, under which delegation.
// Mirrors app/certificates/credential.py.

import { sha256 } from '../vendor/noble-hashes/sha2.js';
import { ascii, parse } from './cose.js';
import { read as readDelegation, SEQUENCES } from './delegation.js';
import { hash12, hex, joined, Refused, Spelling } from './spelling.js';

export const SERIAL_MAX = 999999999999;
const CONTEXT = ascii('balai/certificate/1\0');
const SPELLING = new Spelling('certificate-malformed', 1600);

/** Takes a certificate apart, without verifying it; throws Refused("certificate-malformed"). */
export function read(raw) {
  const message = parse(raw, SPELLING, false);
  const delegation = delegated(message.riding);
  const aad = joined(CONTEXT, sha256(message.riding));
  return {
    content: content(message.payload),
    delegation,
    digest: hash12(raw),
    verifies: () => message.verifies(delegation.issuingKey, aad),
  };
}

function delegated(riding) {
  try {
    return readDelegation(riding);
  } catch (fault) {
    if (fault instanceof Refused) SPELLING.refuse();
    throw fault;
  }
}

function content(payload) {
  const items = SPELLING.array(SPELLING.decode(payload), 12);
  const serial = SPELLING.integer(items[0], SEQUENCES + 1, SERIAL_MAX);
  if (serial % SEQUENCES === 0) SPELLING.refuse();
  const found = {
    serial,
    name: SPELLING.text(items[1], 120),
    birthDate: SPELLING.day(items[2]),
    programme: SPELLING.text(items[3], 160),
    jp: SPELLING.integer(items[4], 1, 9999),
    firstDay: SPELLING.day(items[5]),
    days: SPELLING.integer(items[6], 1, 3660),
    dated: SPELLING.day(items[7]),
    signed: SPELLING.day(items[8]),
    result: SPELLING.integer(items[9], 1, 1),
    back: hex(SPELLING.raw(items[10], 16)),
    number: items[11] === null ? null : SPELLING.text(items[11], 64),
  };
  found.lastDay = found.firstDay + found.days - 1;
  return found;
}
