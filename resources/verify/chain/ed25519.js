// Ed25519 verification: the browser's own where it has it, else over the point arithmetic of noble.
// Strict as RFC 8032: no cofactor, S below the group order, R compared as bytes.

import { Point } from '../vendor/noble-ed25519.js';
import { sha512 } from '../vendor/noble-hashes/sha2.js';
import { joined, same } from './spelling.js';

const NAME = { name: 'Ed25519' };
const ORDER = Point.CURVE().n;
// RFC 8032 section 7.1, test 1: a browser whose own verification fails this is not asked.
const KNOWN_KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
const KNOWN_SIGNATURE =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b';

let native;

/** Whether `signature` is that of `publicKey` over `message`. */
export async function holds(publicKey, message, signature) {
  native ??= hasNative();
  return (await native) ? nativeHolds(publicKey, message, signature) : portableHolds(publicKey, message, signature);
}

/** The same without the browser's help; exported so that both can be tested against each other. */
export function portableHolds(publicKey, message, signature) {
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  if (s >= ORDER) return false;
  let key;
  try {
    key = Point.fromBytes(publicKey);
  } catch {
    return false;
  }
  const k = littleEndian(sha512(joined(r, publicKey, message))) % ORDER;
  const found = Point.BASE.multiplyUnsafe(s).add(key.negate().multiplyUnsafe(k));
  return same(found.toBytes(), r);
}

async function nativeHolds(publicKey, message, signature) {
  let key;
  try {
    key = await crypto.subtle.importKey('raw', publicKey, NAME, false, ['verify']);
  } catch {
    return false;
  }
  return crypto.subtle.verify(NAME, key, signature, message);
}

async function hasNative() {
  // Not there at all outside a secure context: plain http, or a file that a messenger opened.
  if (!globalThis.crypto?.subtle) return false;
  try {
    return await nativeHolds(unhex(KNOWN_KEY), new Uint8Array(), unhex(KNOWN_SIGNATURE));
  } catch {
    return false;
  }
}

function littleEndian(bytes) {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function unhex(text) {
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}
