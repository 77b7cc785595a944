"""Columns of true and false: as bits, or as the gaps between the rarer ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, compress, pairwise
from operator import not_

from sync.protocol import varint
from sync.protocol.columns.kinds import Kind, Pieces
from sync.protocol.context import Rows
from sync.protocol.limits import FrameInvalid
from sync.protocol.source import Column, Source


def bits(values: Sequence[bool]) -> Pieces:
    """Eight to a byte, the lowest bit first, zeros after the last."""
    number = int("".join("1" if v else "0" for v in reversed(values)), 2)
    return [bytes((Kind.BITS,)), number.to_bytes((len(values) + 7) // 8, "little")]


def read_bits(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of BITS."""
    number = int.from_bytes(source.take((length + 7) // 8), "little")
    if number >> length:
        raise FrameInvalid(why="bits")
    return [digit == "1" for digit in reversed(f"{number:0{length}b}")]


def gaps(rare: bool, distances: Sequence[int], written: Pieces) -> Pieces:
    """How many of the common value stand before each of the rare one."""
    return [bytes((Kind.GAPS, rare)) + varint.unsigned(len(distances)), *written]


def distances(values: Sequence[bool], rare: bool) -> list[int]:
    """What `gaps` has to write."""
    places = [-1, *compress(range(len(values)), values if rare else map(not_, values))]
    return [after - before - 1 for before, after in pairwise(places)]


def read_gaps(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of GAPS."""
    rare = source.byte()
    found = source.numbers(source.varint())
    if rare > 1 or (found and min(found) < 0) or sum(found) + len(found) > length:
        raise FrameInvalid(why="gaps")
    values: Column = [rare == 0] * length
    for at in accumulate(found, lambda before, gap: before + gap + 1, initial=-1):
        if at >= 0:
            values[at] = rare == 1
    return values
