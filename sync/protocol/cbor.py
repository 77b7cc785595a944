"""Deterministic CBOR: one spelling for every value, bounded, and readable item by item from a stream.

Every message of the sync goes through here, so that what is accepted anywhere is the one encoding
of RFC 8949 section 4.2.1 that docs/formats/sync.md allows, and a hostile length costs nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

import cbor2

from app.errors import SyncTrouble

MAX_DEPTH = 8
_ARRAY, _MAP, _SIMPLE = 4, 5, 7
_SHORT, _INLINE_LIMIT = 24, 28
_SIMPLE_VALUES = (20, 21, 22)  # false, true, null


class Malformed(SyncTrouble):
    """These bytes are not of the format; `what` names the message that was expected."""

    def __init__(self, what: str) -> None:
        super().__init__("sync-malformed", what=what)


class Torn(Malformed):
    """The bytes end before the item does: a cut line or a file that was not written to its end."""


def dumps(value: object) -> bytes:
    """The value's only bytes. Maps must be given with ascending keys of one type."""
    return cbor2.dumps(value)


def loads(data: bytes, what: str) -> object:
    """The value these bytes spell, and nothing else; raises Malformed(what)."""
    try:
        if scan(data, 0, len(data), what) != len(data):
            raise Malformed(what)
        value = cbor2.loads(data)
        same = cbor2.dumps(value) == data
    except Malformed:
        raise
    except Exception as fault:  # the decoder raises many kinds; every one means: not of the format
        raise Malformed(what) from fault
    if not same or not _sound(value, 0):
        raise Malformed(what)
    return value


class Items(Iterator[bytes]):
    """The raw items of a CBOR sequence (RFC 8742) that arrives in pieces of any size.

    An item longer than `limit` bytes raises Malformed before it is collected; a sequence that ends
    inside an item raises Torn after all whole items were given. `left` is what came of the next one.
    """

    def __init__(self, pieces: Iterable[bytes], limit: int, what: str) -> None:
        self._pieces = iter(pieces)
        self._limit = limit
        self._what = what
        self._buffer = bytearray()
        self._start = 0

    @property
    def left(self) -> bytes:
        """What has come of an item that is not whole yet."""
        return bytes(self._buffer[self._start :])

    def __next__(self) -> bytes:
        while (end := scan(self._buffer, self._start, self._limit, self._what)) == 0:
            del self._buffer[: self._start]
            self._start = 0
            piece = next(self._pieces, None)
            if piece is None:
                if self._buffer:
                    raise Torn(self._what)
                raise StopIteration
            self._buffer += piece
        start, self._start = self._start, end
        return bytes(self._buffer[start:end])


def scan(data: bytes | bytearray, start: int, limit: int, what: str) -> int:
    """The index after the item that begins at `start`; 0 when more bytes are needed.

    Looks at lengths only. Raises Malformed for tags, floats, indefinite lengths, and for an item that
    would exceed `limit` bytes.
    """
    at, open_items = start, 1
    while open_items:
        if at - start + open_items > limit:
            raise Malformed(what)
        if at >= len(data):
            return 0
        major, head_end, value = _head(data, at, what)
        if not head_end:
            return 0
        open_items -= 1
        at = head_end
        if major in (2, 3):
            at += value
        elif major in (_ARRAY, _MAP):
            open_items += value * (major - _ARRAY + 1)
    if at - start > limit:
        raise Malformed(what)
    return at if at <= len(data) else 0


def number_at(data: bytes, at: int, what: str) -> tuple[int, int]:
    """The number in the head of the item at `at`, and where that head ends; raises Malformed, IndexError."""
    _, end, value = _head(data, at, what)
    if not end:
        raise Torn(what)
    return value, end


def _head(data: bytes | bytearray, at: int, what: str) -> tuple[int, int, int]:
    """Major type, index after the head (0: incomplete), and its number."""
    major, low = data[at] >> 5, data[at] & 31
    if (major == _SIMPLE and low not in _SIMPLE_VALUES) or major == 6 or low >= _INLINE_LIMIT:
        raise Malformed(what)
    if low < _SHORT:
        return major, at + 1, low
    size = 1 << (low - _SHORT)
    if at + 1 + size > len(data):
        return major, 0, 0
    return major, at + 1 + size, int.from_bytes(data[at + 1 : at + 1 + size], "big")


def _sound(value: object, depth: int) -> bool:
    """Text in NFC, map keys ascending, and not deeper than any message of ours."""
    if isinstance(value, str):
        return unicodedata.is_normalized("NFC", value)
    if isinstance(value, list):
        return depth < MAX_DEPTH and all(_sound(item, depth + 1) for item in value)
    if isinstance(value, dict):
        keys = list(value)
        return (
            depth < MAX_DEPTH and _ascending(keys) and all(_sound(item, depth + 1) for item in value.values())
        )
    return True


def _ascending(keys: list[object]) -> bool:
    encoded = [cbor2.dumps(key) for key in keys]
    return all(a < b for a, b in pairwise(encoded))
