"""The bytes of many changes of one shape, built column by column from their leaves.

Every distinct value is encoded once and the parts are joined; nothing is joined before its length
is known to be within bounds. What comes out is canonical by construction (app.journal.change).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import repeat

from app.journal.change import AUTHOR_BYTES, LOG_ID_BYTES, REF_HASH_BYTES, Value
from sync.protocol import scalars
from sync.protocol.limits import MAX_CHANGE, FrameInvalid
from sync.protocol.shapes import Shape

Parts = Sequence[bytes]


def build(shape: Shape, leaves: Sequence[Sequence[Value]], room: int) -> list[bytes]:
    """The changes' bytes, `room` at most; `leaves` are the shape's columns without the salt.

    Raises FrameInvalid when a leaf has a type that its place forbids, or a change is too long.
    """
    _check_types(shape, leaves)
    columns = [_encoded(fixed, values) for fixed, values in zip(_fixed(shape), leaves, strict=True)]
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


def _encoded(fixed: bytes, values: Sequence[Value]) -> Parts:
    kinds = set(map(type, values))
    if (len(kinds) == 1 and kinds <= {int, str, bytes}) or kinds <= {str, bytes, type(None)}:
        distinct = set(values)
        _check_text([v for v in distinct if isinstance(v, str)])
        if len(distinct) == 1:
            return [fixed + scalars.dump(values[0])] * len(values)
        known = {value: fixed + scalars.dump(value) for value in distinct}
        return list(map(known.__getitem__, values))
    _check_text([text for value in values for text in _texts_in(value)])
    return [fixed + scalars.dump(value) for value in values]


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
    total = sum(sum(map(len, column)) for column in columns)
    if longest > MAX_CHANGE:
        longest = max(sum(map(len, row)) for row in zip(*columns, strict=True))
    if longest > MAX_CHANGE or total > room:
        raise FrameInvalid(why="too-long")


def _check_types(shape: Shape, leaves: Sequence[Sequence[Value]]) -> None:
    end = shape.author
    for values in leaves[: shape.key]:
        _only(values, int, str, bytes, bool, type(None))
    for log, seq, hash4 in zip(*repeat(iter(leaves[end - 3 * shape.replaces : end]), 3), strict=True):
        _only_bytes(log, LOG_ID_BYTES)
        _only(seq, int)
        if min(seq) < 0:
            raise FrameInvalid(why="type")
        _only_bytes(hash4, REF_HASH_BYTES)
    _only_bytes([author for author in leaves[end] if author is not None], AUTHOR_BYTES)
    _only(leaves[end + 1], int)
    if shape.reason:
        _only(leaves[end + 2], str)


def _only(values: Sequence[Value], *kinds: type) -> None:
    if not set(map(type, values)) <= set(kinds):
        raise FrameInvalid(why="type")


def _only_bytes(values: Sequence[Value], length: int) -> None:
    _only(values, bytes)
    if set(map(len, values)) - {length}:  # type: ignore[arg-type]  # all are bytes by the line above
        raise FrameInvalid(why="type")
