// The one spelling of everything signed: strict deterministic CBOR, and types, ranges and texts that hold.
// Mirrors app/certificates/spelling.py; docs/formats/certificate.md, section 1.

import { sha256 } from '../vendor/noble-hashes/sha2.js';

const DAY_MIN = -50000;
const DAY_MAX = 150000;
const HASH12 = 12;
const DEPTH = 6;
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
const UINT = 0, NINT = 1, BYTES = 2, TEXT = 3, ARRAY = 4, MAP = 5;
const NULL = 0xf6;
// How many bytes of a head follow it, and below which value a shorter head would have done.
const FOLLOWING = { 24: [1, 24], 25: [2, 0x100], 26: [4, 0x10000], 27: [8, 0x100000000] };

/** A rule is broken; `code` is the one the Python verifier gives. */
export class Refused extends Error {
  constructor(code, facts = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

/** The name of a delegation or certificate in lists: first 12 bytes of its SHA-256, in hex. */
export function hash12(data) {
  return hex(sha256(data)).slice(0, 2 * HASH12);
}

/** The whole SHA-256 in hex: what two people compare by telephone. */
export function fingerprint(data) {
  return hex(sha256(data));
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function same(one, other) {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/** A byte string or an ASCII text as CBOR: all that a Sig_structure needs. */
export function encoded(value) {
  const text = typeof value === 'string';
  const bytes = text ? Uint8Array.from(value, (letter) => letter.charCodeAt(0)) : value;
  return joined(head(text ? TEXT : BYTES, bytes.length), bytes);
}

function head(major, length) {
  if (length < 24) return Uint8Array.of((major << 5) | length);
  if (length < 0x100) return Uint8Array.of((major << 5) | 24, length);
  if (length < 0x10000) return Uint8Array.of((major << 5) | 25, length >> 8, length & 255);
  return Uint8Array.of((major << 5) | 26, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255);
}

/** Reads one kind of structure; whatever does not fit throws Refused(code). `limit` is in bytes. */
export class Spelling {
  constructor(code, limit) {
    this.code = code;
    this.limit = limit;
  }

  refuse() {
    throw new Refused(this.code);
  }

  /** The item these bytes spell, if it is its only spelling. Whole numbers beyond 2^53 come as BigInt. */
  decode(raw) {
    if (raw.length > this.limit) this.refuse();
    const reader = new Reader(raw, this);
    const item = reader.item(1);
    if (reader.place !== raw.length) this.refuse();
    return item;
  }

  array(value, least, most = least) {
    if (!Array.isArray(value) || value.length < least || value.length > most) this.refuse();
    return value;
  }

  integer(value, low, high) {
    if ((typeof value !== 'number' && typeof value !== 'bigint') || value < low || value > high) this.refuse();
    return value;
  }

  day(value) {
    return this.integer(value, DAY_MIN, DAY_MAX);
  }

  raw(value, length) {
    if (!(value instanceof Uint8Array) || value.length !== length) this.refuse();
    return value;
  }

  /** A byte string of 12-byte hashes, each greater than the one before; given back in hex. */
  hashes(value) {
    if (!(value instanceof Uint8Array) || value.length % HASH12) this.refuse();
    const found = [];
    for (let i = 0; i < value.length; i += HASH12) found.push(hex(value.subarray(i, i + HASH12)));
    if (found.some((name, i) => i > 0 && found[i - 1] >= name)) this.refuse();
    return found;
  }

  /** Text that looks like what it is; at most `limit` characters and twice as many bytes. */
  text(value, limit) {
    if (typeof value !== 'string' || value === '' || value !== value.trim()) this.refuse();
    if ([...value].length > limit || new TextEncoder().encode(value).length > 2 * limit) this.refuse();
    if (value.normalize('NFC') !== value || FORBIDDEN.test(value)) this.refuse();
    return value;
  }
}

class Reader {
  constructor(raw, spelling) {
    this.raw = raw;
    this.spelling = spelling;
    this.place = 0;
  }

  item(depth) {
    if (depth > DEPTH) this.spelling.refuse();
    const first = this.byte();
    if (first === NULL) return null;
    const length = this.argument(first & 31);
    switch (first >> 5) {
      case UINT: return length;
      case NINT: return typeof length === 'bigint' ? -1n - length : -1 - length;
      case BYTES: return this.take(length);
      case TEXT: return this.text(length);
      case ARRAY: return this.array(length, depth);
      case MAP: return this.map(length, depth);
      // Floats, tags, true, false and undefined stand nowhere in the format.
      default: return this.spelling.refuse();
    }
  }

  byte() {
    if (this.place >= this.raw.length) this.spelling.refuse();
    return this.raw[this.place++];
  }

  argument(info) {
    if (info < 24) return info;
    if (!(info in FOLLOWING)) this.spelling.refuse();
    const [count, least] = FOLLOWING[info];
    let value = 0n;
    for (let i = 0; i < count; i++) value = (value << 8n) | BigInt(this.byte());
    if (value < least) this.spelling.refuse();
    return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }

  take(length) {
    if (length > this.raw.length - this.place) this.spelling.refuse();
    const start = this.place;
    this.place += length;
    return this.raw.slice(start, this.place);
  }

  text(length) {
    const bytes = this.take(length);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return this.spelling.refuse();
    }
  }

  array(length, depth) {
    if (length > this.raw.length - this.place) this.spelling.refuse();
    const items = [];
    for (let i = 0; i < length; i++) items.push(this.item(depth + 1));
    return items;
  }

  /** The only maps are {} and {"d": delegation}; so a map has at most one key, and that is text. */
  map(length, depth) {
    if (length > 1) this.spelling.refuse();
    const found = new Map();
    if (length === 1) {
      const key = this.item(depth + 1);
      if (typeof key !== 'string') this.spelling.refuse();
      found.set(key, this.item(depth + 1));
    }
    return found;
  }
}
