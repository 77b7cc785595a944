// COSE_Sign1 in the strict form of docs/formats/certificate.md: untagged, Ed25519, no spare headers.
// Mirrors app/certificates/cose.py.

import { holds } from './ed25519.js';
import { encoded, hex, joined, same } from './spelling.js';

const SIGNATURE = 64;
const KID = 4;
const UNNAMED = Uint8Array.of(0xa1, 0x01, 0x27);
const NAMED = Uint8Array.of(0xa2, 0x01, 0x27, 0x04, 0x44);
const ARRAY_OF_FOUR = Uint8Array.of(0x84);

/** ASCII text as bytes: how contexts are written down. */
export function ascii(text) {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** A message taken apart and not yet verified; `kid` is hex, null where the header has none. */
class Signed {
  constructor(isProtected, riding, payload, signature) {
    this.isProtected = isProtected;
    this.kid = isProtected.length > UNNAMED.length ? hex(isProtected.subarray(NAMED.length)) : null;
    this.riding = riding;
    this.payload = payload;
    this.signature = signature;
  }

  /** Whether the signature is that of `publicKey` over this payload in this context (RFC 9052, 4.4). */
  verifies(publicKey, externalAad) {
    const parts = ['Signature1', this.isProtected, externalAad, this.payload];
    return holds(publicKey, joined(ARRAY_OF_FOUR, ...parts.map(encoded)), this.signature);
  }
}

/** Takes a message apart: with kid and empty unprotected header if `named`, else a certificate. */
export function parse(raw, spelling, named) {
  const [isProtected, unprotected, payload, signature] = spelling.array(spelling.decode(raw), 4);
  if (!(isProtected instanceof Uint8Array && unprotected instanceof Map && payload instanceof Uint8Array)) {
    spelling.refuse();
  }
  const riding = unprotected.get('d') ?? null;
  const sound = named
    ? unprotected.size === 0 && names(isProtected)
    : unprotected.size === 1 && riding instanceof Uint8Array && same(isProtected, UNNAMED);
  if (!sound) spelling.refuse();
  return new Signed(isProtected, riding, payload, spelling.raw(signature, SIGNATURE));
}

function names(isProtected) {
  return isProtected.length === NAMED.length + KID && same(isProtected.subarray(0, NAMED.length), NAMED);
}
