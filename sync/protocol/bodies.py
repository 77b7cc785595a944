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

_SHORT = 48
"""Bytes that are put before every value of a column; what is longer becomes a column of its own."""


def build(shape: Shape, leaves: Sequence[Sequence[Value]], room: int) -> list[bytes]:
    """The changes' bytes, `room` at most; `leaves` are the shape's columns without the salt.

    Raises FrameInvalid when a leaf has a type that its place forbids, or a change is too long.
    """
    kinds = [set(map(type, values)) for values in leaves]
    _check_types(shape, leaves, kinds)
    columns: list[Parts] = []
    longest = 0
    before = b""
    for fixed, values, found in zip(_fixed(shape), leaves, kinds, strict=True):
        before += fixed
        if len(before) > _SHORT:
            columns.append([before] * len(values))
            longest += len(before)
            before = b""
        parts = _encoded(before, values, found)
        if isinstance(parts, bytes):
            before = parts
            continue
        columns.append(parts[0])
        longest += parts[1]
        before = b""
    columns.append([before] * len(leaves[0]))
    longest += len(before)
    if longest > MAX_CHANGE or longest * len(leaves[0]) > room:
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


def _encoded(before: bytes, values: Sequence[Value], kinds: set[type]) -> bytes | tuple[Parts, int]:
    """Every value's bytes after those that stand before it in every change, and the length of the longest.

    One byte string when all values are the same: it stands before the next column's. A value that comes
    often is encoded once, however long it is.
    """
    if str in kinds or tuple in kinds:
        _check_text(values, kinds)
    distinct = set(values) if _distinguished(values, kinds) else ()
    if len(distinct) == 1:
        return before + scalars.dump(values[0])
    if not distinct or 2 * len(distinct) > len(values):
        parts = _each(before, values, kinds)
        return parts, max(map(len, parts))
    parts = _each(before, list(distinct), kinds)
    known = dict(zip(distinct, parts, strict=True))
    return list(map(known.__getitem__, values)), max(map(len, parts))


def _each(before: bytes, values: Sequence[Any], kinds: set[type]) -> Parts:
    """The same for values that cannot be, or need not be, looked up by what they are."""
    if kinds == {int} and min(values) >= 1 << 32 and max(values) < INT_LIMIT:
        start = before + scalars.head(0, 1 << 32)[:1]
        return [start + value.to_bytes(8, "big") for value in values]
    if kinds == {bytes}:
        heads = {size: before + scalars.head(2, size) for size in set(map(len, values))}
        return [heads[len(value)] + value for value in values]
    places = dict(zip(map(id, values), values, strict=True))
    known = {place: before + scalars.dump(value) for place, value in places.items()}
    return [known[id(value)] for value in values]


def _distinguished(values: Sequence[Any], kinds: set[type]) -> bool:
    """Whether a dictionary tells the values apart, and quickly.

    It takes true for 1, and whoever chooses large numbers well makes it slow.
    """
    if tuple in kinds or {int, bool} <= kinds:
        return False
    if int not in kinds:
        return True
    numbers = values if kinds == {int} else [value for value in values if type(value) is int]
    return bool(min(numbers) >= 0 and max(numbers) <= SMALL)


def _check_text(values: Sequence[Value], kinds: set[type]) -> None:
    """Raises FrameInvalid unless all text is in NFC; a line feed between two never composes with them."""
    if tuple in kinds:
        values = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    texts = set(values) if kinds == {str} else {value for value in values if isinstance(value, str)}
    together = "\n".join(texts)  # type: ignore[arg-type]  # nothing but text
    if not together.isascii() and not unicodedata.is_normalized("NFC", together):
        raise FrameInvalid(why="text")


def check_lengths(columns: Sequence[Parts], room: int) -> None:
    """Raises FrameInvalid when a row is longer than a change may be, or all are longer than `room`."""
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
