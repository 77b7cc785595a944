"""The bytes of many changes of one shape, built column by column from their leaves.

Every distinct value is encoded once and the parts are joined; nothing is joined before its length
is known to be within bounds. What comes out is canonical by construction (app.journal.change).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from app.journal.change import AUTHOR_BYTES, INT_LIMIT, LOG_ID_BYTES, REF_HASH_BYTES, Value
from sync.protocol import scalars
from sync.protocol.context import SMALL
from sync.protocol.limits import MAX_CHANGE, FrameInvalid
from sync.protocol.shapes import Shape

Parts = Sequence[bytes]


def build(shape: Shape, leaves: Sequence[Sequence[Value]], room: int) -> list[bytes]:
    """The changes' bytes, `room` at most; `leaves` are the shape's columns without the salt.

    Raises FrameInvalid when a leaf has a type that its place forbids, or a change is too long.
    """
    kinds = [set(map(type, values)) for values in leaves]
    _check_types(shape, leaves, kinds)
    columns = list(map(_encoded, _fixed(shape), leaves, kinds))
    check_lengths(columns, room)
    return list(map(b"".join, zip(*columns, strict=True)))


def _fixed(shape: Shape) -> list[bytes]:
    """For each leaf the bytes between it and the leaf before, which are the same in every change."""
    fixed: list[bytes] = []
    pending = scalars.array_head(6 + shape.reason) + scalars.dump(shape.entity)

    def put(leaves: int, *before: bytes) -> None:
        nonlocal pending
        pending += b"".join(before)
        if leaves:
            fixed.extend([pending, *[b""] * (leaves - 1)])
            pending = b""

    put(shape.key, scalars.array_head(shape.key))
    put(0, scalars.map_head(len(shape.groups)))
    for number, size in shape.groups:
        put(size, scalars.dump(number), scalars.array_head(size))
    put(0, scalars.array_head(shape.replaces))
    for _ in range(shape.replaces):
        put(3, scalars.array_head(3))
    put(2 + shape.reason)
    return fixed


def _encoded(fixed: bytes, values: Sequence[Value], kinds: set[type]) -> Parts:
    """Every value's bytes after those that are the same everywhere."""
    if tuple in kinds or {int, bool} <= kinds:  # lists, and true beside 1, are no keys of a dictionary
        _check_text([text for value in values for text in _texts_in(value)])
        return [fixed + scalars.dump(value) for value in values]
    if str in kinds:
        _check_text([value for value in set(values) if isinstance(value, str)])
    if int in kinds and not _small(values):
        return _each(fixed, values, kinds)
    distinct = set(values)
    if len(distinct) == 1:
        return [fixed + scalars.dump(values[0])] * len(values)
    if 2 * len(distinct) > len(values):
        return _each(fixed, values, kinds)
    known = dict(zip(distinct, _each(fixed, list(distinct), kinds), strict=True))
    return list(map(known.__getitem__, values))


def _each(fixed: bytes, values: Sequence[Any], kinds: set[type]) -> Parts:
    """The same, quickly where all have the same head."""
    if kinds == {int} and min(values) >= 1 << 32 and max(values) < INT_LIMIT:
        start = fixed + scalars.head(0, 1 << 32)[:1]
        return [start + value.to_bytes(8, "big") for value in values]
    if kinds == {bytes}:
        heads = {size: fixed + scalars.head(2, size) for size in set(map(len, values))}
        return [heads[len(value)] + value for value in values]
    return [fixed + scalars.dump(value) for value in values]


def _small(values: Sequence[Any]) -> bool:
    """Whether numbers are so small that nobody can choose many which a dictionary confuses."""
    numbers = [value for value in values if type(value) is int]
    return min(numbers) >= 0 and max(numbers) <= SMALL


def _texts_in(value: Value) -> list[str]:
    return [v for v in (value if isinstance(value, tuple) else (value,)) if isinstance(v, str)]


def _check_text(texts: Sequence[str]) -> None:
    """Raises FrameInvalid unless all are in NFC; a line feed between two never composes with them."""
    together = "\n".join(texts)
    if not together.isascii() and not unicodedata.is_normalized("NFC", together):
        raise FrameInvalid(why="text")


def check_lengths(columns: Sequence[Parts], room: int) -> None:
    """Raises FrameInvalid when a row is longer than a change may be, or all are longer than `room`."""
    longest = sum(max(map(len, column)) for column in columns)
    if longest <= MAX_CHANGE and longest * len(columns[0]) <= room:
        return
    lengths = [sum(map(len, row)) for row in zip(*columns, strict=True)]
    if max(lengths) > MAX_CHANGE or sum(lengths) > room:
        raise FrameInvalid(why="too-long")


def _check_types(shape: Shape, leaves: Sequence[Sequence[Value]], kinds: Sequence[set[type]]) -> None:
    end = shape.author
    for found in kinds[: shape.key]:
        _only(found, int, str, bytes, bool, type(None))
    for at in range(end - 3 * shape.replaces, end, 3):
        _only(kinds[at + 1], int)
        if min(leaves[at + 1]) < 0:  # type: ignore[type-var,operator]  # all are int by the line above
            raise FrameInvalid(why="type")
        for place, length in ((at, LOG_ID_BYTES), (at + 2, REF_HASH_BYTES)):
            _only_bytes(leaves[place], kinds[place], length)
    _only(kinds[end], bytes, type(None))
    authors = [author for author in set(leaves[end]) if author is not None]
    _only_bytes(authors, {bytes} if authors else set(), AUTHOR_BYTES)
    _only(kinds[end + 1], int)
    if shape.reason:
        _only(kinds[end + 2], str)


def _only(found: set[type], *kinds: type) -> None:
    if not found <= set(kinds):
        raise FrameInvalid(why="type")


def _only_bytes(values: Sequence[Value], found: set[type], length: int) -> None:
    _only(found, bytes)
    if set(map(len, values)) - {length}:  # type: ignore[arg-type]  # all are bytes by the line above
        raise FrameInvalid(why="type")
