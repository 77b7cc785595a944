// What the text of a QR code carries. Mirrors app/certificates/qr.py.

import { Refused } from './spelling.js';

const DIGITS_MAX = 4000;
const CERTIFICATE = 0x84;
const BACK = 0x82;
const TEXT = /^(?:https:\/\/([a-z0-9.-]{1,63})\/v#)?([1-9][0-9]*)$/i;
// Python's blanks, which differ from those of trim(): U+FEFF is none, U+001C to U+001F and U+0085 are.
const BLANKS = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const OUTER_BLANKS = new RegExp(`^${BLANKS}+|${BLANKS}+$`, 'g');

/** The bytes of a certificate or back page, and the host the code names (null for a bare number). */
export function carried(found) {
  if ([...found].length > 2 * DIGITS_MAX) throw new Refused('certificate-too-long');
  const match = TEXT.exec(found.replace(OUTER_BLANKS, ''));
  if (!match) throw new Refused('certificate-foreign');
  const [, host, number] = match;
  if (number.length > DIGITS_MAX) throw new Refused('certificate-too-long');
  const raw = bytes(BigInt(number));
  if (raw[0] !== 1 || (raw[1] !== CERTIFICATE && raw[1] !== BACK)) throw new Refused('certificate-foreign');
  return { payload: raw.subarray(1), host: host ? host.toLowerCase() : null, isBack: raw[1] === BACK };
}

function bytes(number) {
  const digits = number.toString(16);
  const even = digits.length % 2 ? `0${digits}` : digits;
  return Uint8Array.from(even.match(/../g), (pair) => parseInt(pair, 16));
}
