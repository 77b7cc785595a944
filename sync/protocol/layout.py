"""Which changes each column of a frame has values for, and which column each leaf reads from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import compress
from typing import Any

from sync.protocol import varint
from sync.protocol.context import Rows
from sync.protocol.limits import FrameInvalid
from sync.protocol.shapes import Shape
from sync.protocol.source import Source

_OWN, _MAPPED = 0, 1

Slots = Sequence[Sequence[int]]
"""For every shape, for every leaf, the number of the column it reads from."""


def own_columns(shapes: Sequence[Shape]) -> Slots:
    """Every leaf a column of its own, in order."""
    slots, start = [], 0
    for shape in shapes:
        slots.append(range(start, start + shape.leaves))
        start += shape.leaves
    return slots


def written(shapes: Sequence[Shape], slots: Slots) -> bytes:
    """The slots' bytes."""
    flat = [number for numbers in slots for number in numbers]
    if flat == list(range(len(flat))):
        return bytes((_OWN,))
    return bytes((_MAPPED,)) + b"".join(map(varint.unsigned, flat))


def read(source: Source, shapes: Sequence[Shape]) -> Slots:
    """The slots; raises FrameInvalid unless the columns are numbered without a gap."""
    how = source.byte()
    if how == _OWN:
        return own_columns(shapes)
    if how != _MAPPED:
        raise FrameInvalid(why="slots")
    slots = [[source.varint() for _ in range(shape.leaves)] for shape in shapes]
    used = {number for numbers in slots for number in numbers}
    if max(used, default=-1) + 1 != len(used) or any(len(set(s)) != len(s) for s in slots):
        raise FrameInvalid(why="slots")
    return slots


class Layout:
    """The rows of every shape and of every column, each the same object whenever it is asked for."""

    def __init__(
        self, shapes_of: Sequence[int], slots: Slots, spend: Callable[[int], None] = lambda _: None
    ) -> None:
        """`spend` is told how many changes are looked at to find a column's rows, before they are."""
        self._shapes_of = shapes_of
        self._spend = spend
        self._known: dict[frozenset[int], Rows] = {}
        self._parts: list[list[int]] = [[] for _ in slots]
        for row, shape in enumerate(shapes_of):
            self._parts[shape].append(row)
        if not all(self._parts):
            raise FrameInvalid(why="shape")
        readers: dict[int, set[int]] = {}
        for shape, numbers in enumerate(slots):
            for number in numbers:
                readers.setdefault(number, set()).add(shape)
        self._readers = readers

    def shape_rows(self, shape: int) -> Rows:
        """The places of the changes of this shape."""
        return self._rows(frozenset((shape,)))

    def columns(self) -> list[Rows]:
        """The places that each column has values for, by the column's number."""
        return [self._rows(frozenset(self._readers[number])) for number in range(len(self._readers))]

    def merged(self, parts: Mapping[int, Sequence[Any]]) -> Sequence[Any]:
        """The values of several shapes' changes, by shape, in the log's order."""
        if len(parts) == 1:
            return next(iter(parts.values()))
        rest = {shape: iter(values) for shape, values in parts.items()}
        return list(map(next, map(rest.__getitem__, self._only(frozenset(parts)))))

    def _only(self, shapes: frozenset[int]) -> Sequence[int]:
        """The shape of each change that has one of these."""
        if len(shapes) == len(self._parts):
            return self._shapes_of
        return list(filter(shapes.__contains__, self._shapes_of))

    def _rows(self, shapes: frozenset[int]) -> Rows:
        rows = self._known.get(shapes)
        if rows is None:
            rows = self._known[shapes] = self._gathered(shapes)
        return rows

    def _gathered(self, shapes: frozenset[int]) -> Rows:
        if len(shapes) == len(self._parts):
            return range(len(self._shapes_of))
        if len(shapes) == 1:
            return self._parts[next(iter(shapes))]
        self._spend(len(self._shapes_of))
        wanted = map(shapes.__contains__, self._shapes_of)
        return list(compress(range(len(self._shapes_of)), wanted))


def read_shapes_of(source: Source, count: int, shapes: Sequence[Shape]) -> Sequence[int]:
    """The shape of every change; there is no such column when all have the same."""
    if len(shapes) == 1:
        return [0] * count
    shapes_of = source.numbers(count)
    if min(shapes_of) < 0 or max(shapes_of) >= len(shapes):
        raise FrameInvalid(why="shape")
    return shapes_of
