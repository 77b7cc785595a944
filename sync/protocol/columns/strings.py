"""Columns of byte strings: one after another, of one width, or turned into planes."""

from __future__ import annotations

from collections.abc import Sequence

from sync.protocol import varint
from sync.protocol.columns.kinds import Kind, Pieces
from sync.protocol.columns.texts import slices, turned
from sync.protocol.context import Rows
from sync.protocol.limits import FrameInvalid
from sync.protocol.source import Column, Source

WIDEST = 8


def chunks(lengths: Pieces, values: Sequence[bytes]) -> Pieces:
    """The length of each, then all of them."""
    return [bytes((Kind.CHUNKS,)), *lengths, b"".join(values)]


def read_chunks(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of CHUNKS."""
    return list(slices(source, source.numbers(length, rows)))


def raw(values: Sequence[bytes], width: int) -> Pieces:
    """Byte strings of one width, one after another."""
    return [bytes((Kind.RAW,)) + varint.unsigned(width), b"".join(values)]


def read_raw(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of RAW."""
    width = source.varint()
    if width == 0:
        raise FrameInvalid(why="width")
    data = source.take(length * width)
    return [data[at : at + width] for at in range(0, len(data), width)]


def numbered(width: int, inner: Pieces) -> Pieces:
    """Byte strings of one width, 8 at most: numbers from 0 up, the highest byte first."""
    return [bytes((Kind.NUMBERED, width)), *inner]


def read_numbered(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of NUMBERED."""
    width = source.byte()
    numbers = source.numbers(length, rows)
    if not 1 <= width <= WIDEST or min(numbers) < 0 or max(numbers) >= 1 << 8 * width:
        raise FrameInvalid(why="width")
    return [number.to_bytes(width, "big") for number in numbers]


def turn(values: Sequence[bytes], width: int) -> Pieces:
    """Byte strings of one width: the first byte of all, then the second of all, and so on."""
    data = b"".join(values)
    start = bytes((Kind.TURNED,)) + varint.unsigned(width)
    return [start, *(data[at::width] for at in range(width))]


def read_turned(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of TURNED."""
    data = bytes(turned(source, length))
    width = len(data) // length
    return [data[at : at + width] for at in range(0, len(data), width)]
