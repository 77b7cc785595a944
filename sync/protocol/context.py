"""The columns already known while another is read or written: what a column may lean on.

A column leans on another through a reference: 0 names the shape of the change, 1 + k the k-th
column. Values are matched by the change they stand in; a change in which the other column has no
value counts as null. Several references together make a context. Reader and writer use this class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple, overload

from app.journal.change import Value
from sync.protocol import varint
from sync.protocol.limits import FrameInvalid

Rows = Sequence[int]
"""The places in the frame of the changes that a column's values stand in, ascending."""


class Some(Sequence[int]):
    """Some of a column's rows, worked out only when something leans on another column there."""

    def __init__(self, length: int, make: Callable[[], Sequence[int]]) -> None:
        self._length = length
        self._make = make
        self._made: Sequence[int] | None = None

    def _all(self) -> Sequence[int]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        return iter(self._all())

    @overload
    def __getitem__(self, at: int) -> int: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[int]: ...

    def __getitem__(self, at: int | slice) -> int | Sequence[int]:
        return self._all()[at]


def chosen(rows: Rows | None, wanted: Sequence[bool], number: int) -> Rows | None:
    """The `number` rows that are wanted."""
    if rows is None:
        return None
    known = rows
    return Some(number, lambda: list(compress(known, wanted)))


class Ref(NamedTuple):
    """Names an earlier column; of its texts and byte strings only [start:stop] counts (0, 0: all)."""

    number: int
    start: int = 0
    stop: int = 0

    def written(self) -> bytes:
        """The reference's bytes."""
        if self.stop:
            return varint.unsigned(self.number << 1 | 1) + bytes((self.start, self.stop))
        return varint.unsigned(self.number << 1)


Context = tuple[Ref, ...]
"""The columns whose values together tell contexts apart; empty: one context for all."""

MOST_REFS = 4
SMALL = 0xFFFF
SHAPE = Ref(0)


def column(place: int) -> Ref:
    """The reference to the column at `place`."""
    return Ref(1 + place)


def written(context: Context) -> bytes:
    """The context's bytes."""
    return bytes((len(context),)) + b"".join(ref.written() for ref in context)


def _plain(values: Sequence[Value]) -> bool:
    """Whether all numbers are small ones, of which nobody can choose many that a dictionary confuses."""
    numbers = [value for value in values if isinstance(value, int)]
    return min(numbers) >= 0 and max(numbers) <= SMALL


class Earlier:
    """The shape of every change and the columns read or written so far."""

    def __init__(self, shapes: Sequence[int], spend: Callable[[int], None]) -> None:
        self._count = len(shapes)
        self._spend = spend
        self._columns: list[tuple[Rows, Sequence[Value]]] = [(range(self._count), shapes)]
        self._full: dict[int, list[Value]] = {}

    def add(self, rows: Rows, values: Sequence[Value]) -> None:
        """Makes the next column known."""
        self._columns.append((rows, values))

    def __len__(self) -> int:
        return len(self._columns) - 1

    def values(self, ref: Ref, rows: Rows | None) -> Sequence[Value]:
        """The other column's values at these rows; raises FrameInvalid."""
        if rows is None or ref.number >= len(self._columns):
            raise FrameInvalid(why="reference")
        own, values = self._columns[ref.number]
        if own is not rows:
            full = self._spread(ref.number)
            values = list(map(full.__getitem__, rows))
        if ref.stop:
            cut = slice(ref.start, ref.stop)
            values = [v[cut] if isinstance(v, str | bytes) else v for v in values]
        return values

    def keys(self, context: Context, length: int, rows: Rows | None) -> Sequence[object]:
        """For each of `length` values what its context is; values of different types are different."""
        if not context:
            return [None] * length
        if len(context) == 1:
            return self._keys(context[0], rows)
        return list(zip(*(self._keys(ref, rows) for ref in context), strict=True))

    def _keys(self, ref: Ref, rows: Rows | None) -> Sequence[object]:
        values = self.values(ref, rows)
        kinds = set(map(type, values))
        if tuple in kinds:
            raise FrameInvalid(why="reference")
        if bool in kinds or (int in kinds and not _plain(values)):
            return [(type(v), str(v)) if isinstance(v, int) else v for v in values]
        return values

    def _spread(self, number: int) -> Sequence[Value]:
        full = self._full.get(number)
        if full is None:
            if len(self._columns[number][0]) == self._count:
                return self._columns[number][1]
            self._spend(self._count)
            full = [None] * self._count
            for row, value in zip(*self._columns[number], strict=True):
                full[row] = value
            self._full[number] = full
        return full
