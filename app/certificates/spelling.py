"""The one spelling of everything signed: deterministic CBOR, and types, ranges and texts that hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import cast

import cbor2

from app import cbor
from app.errors import Refused

DAY_MIN = -50_000
DAY_MAX = 150_000
HASH12 = 12
_DEPTH = 6
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def hash12(data: bytes) -> bytes:
    """First 12 bytes of the SHA-256: how lists name delegations and certificates."""
    return sha256(data).digest()[:HASH12]


def encode(item: object) -> bytes:
    """Deterministic CBOR (RFC 8949 section 4.2.1) of integers, bytes, text, lists, maps and None."""
    return cbor2.dumps(item, canonical=True)


@dataclass(frozen=True, slots=True)
class Spelling:
    """Reads one kind of structure; whatever does not fit raises Refused(code)."""

    code: str
    limit: int

    def decode(self, raw: bytes) -> object:
        """The item these bytes spell, if it is its only spelling and at most `limit` bytes."""
        if len(raw) > self.limit:
            raise Refused(self.code)
        try:
            return cast("object", cbor.loads(raw, _DEPTH))
        except ValueError as fault:
            raise Refused(self.code) from fault

    def encode(self, item: object) -> bytes:
        """`encode` for what a person typed: text that has no UTF-8 raises Refused(code)."""
        try:
            return encode(item)
        except (cbor2.CBOREncodeError, UnicodeEncodeError) as fault:
            raise Refused(self.code) from fault

    def array(self, value: object, least: int, most: int | None = None) -> list[object]:
        """A list of `least` to `most` items (exactly `least` if `most` is not given)."""
        if type(value) is not list or not least <= len(value) <= (least if most is None else most):
            raise Refused(self.code)
        return value

    def integer(self, value: object, low: int, high: int) -> int:
        """A whole number from `low` to `high`; true and false are none."""
        if type(value) is not int or not low <= value <= high:
            raise Refused(self.code)
        return value

    def day(self, value: object) -> int:
        """Days since 1970-01-01, from -50,000 (1833) to 150,000 (2380)."""
        return self.integer(value, DAY_MIN, DAY_MAX)

    def raw(self, value: object, length: int) -> bytes:
        """A byte string of exactly `length` bytes."""
        if type(value) is not bytes or len(value) != length:
            raise Refused(self.code)
        return value

    def hashes(self, value: object) -> tuple[bytes, ...]:
        """A byte string of 12-byte hashes, each greater than the one before."""
        if type(value) is not bytes or len(value) % HASH12:
            raise Refused(self.code)
        found = tuple(value[i : i + HASH12] for i in range(0, len(value), HASH12))
        if any(a >= b for a, b in pairwise(found)):
            raise Refused(self.code)
        return found

    def joined(self, hashes: Collection[bytes]) -> bytes:
        """The byte string that `hashes` reads back: ascending, joined."""
        if any(len(h) != HASH12 for h in hashes):
            raise Refused(self.code)
        return b"".join(sorted(hashes))

    def text(self, value: object, limit: int) -> str:
        """Text that looks like what it is: NFC, no controls or invisible marks, no blanks outside.

        At most `limit` characters and 2 x `limit` bytes of UTF-8.
        """
        if type(value) is not str or not 0 < len(value) <= limit or value != value.strip():
            raise Refused(self.code)
        if len(value.encode("utf-8", "replace")) > 2 * limit or not unicodedata.is_normalized("NFC", value):
            raise Refused(self.code)
        if any(unicodedata.category(letter) in _FORBIDDEN for letter in value):
            raise Refused(self.code)
        return value
