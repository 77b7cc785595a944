"""A frame's payload while it is read, and what reading it may still cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from app.journal.change import Value
from sync.protocol import scalars, varint
from sync.protocol.context import MOST_REFS, Earlier, Ref, Rows
from sync.protocol.limits import MAX_CELLS, MAX_DEPTH, MAX_JOINED, FrameInvalid

T = TypeVar("T")
Column = list[Value]
_NUMBERS, _TRUTHS = range(16, 32), range(32, 48)
"""The kinds that give nothing but numbers, nothing but truths."""
Reader = Callable[["Source", int, Rows | None], Column]


class Source:
    """Hands out the payload's bytes from the front; everything it raises is FrameInvalid."""

    def __init__(self, data: bytes, readers: dict[int, Reader]) -> None:
        self._data = data
        self._at = 0
        self._readers = readers
        self._cells = MAX_CELLS
        self._joined = MAX_JOINED
        self._depth = 0
        self.earlier = Earlier((), self.spend_cells)

    def done(self) -> bool:
        """Whether every byte has been read."""
        return self._at == len(self._data)

    def left(self) -> int:
        """Bytes not read yet."""
        return len(self._data) - self._at

    def take(self, length: int) -> bytes:
        """The next bytes."""
        end = self._at + length
        if length < 0 or end > len(self._data):
            raise FrameInvalid(why="short")
        data = self._data[self._at : end]
        self._at = end
        return data

    def byte(self) -> int:
        """The next byte as a number."""
        return self.take(1)[0]

    def varint(self) -> int:
        """The next unsigned number."""
        number, self._at = varint.read(self._data, self._at)
        return number

    def signed(self) -> int:
        """The next signed number."""
        return varint.unfold(self.varint())

    def value(self) -> Value:
        """The next CBOR value."""
        value, self._at = scalars.load(self._data, self._at)
        if type(value) is tuple:
            self.spend_cells(len(value))
        return value

    def text(self) -> str:
        """The next text: its length in bytes, then UTF-8."""
        return scalars.text(self.take(self.varint()))

    def ref(self) -> Ref:
        """The next reference to an earlier column."""
        number = self.varint()
        if not number & 1:
            return Ref(number >> 1)
        start, stop = self.take(2)
        if start >= stop:
            raise FrameInvalid(why="reference")
        return Ref(number >> 1, start, stop)

    def keys(self, length: int, rows: Rows | None) -> Sequence[object]:
        """The next context, as the key of each of `length` values."""
        refs = self.byte()
        if refs > MOST_REFS:
            raise FrameInvalid(why="reference")
        self.spend_cells(refs * length)
        return self.earlier.keys(tuple(self.ref() for _ in range(refs)), length, rows)

    def spend_cells(self, number: int) -> None:
        """Takes values to be built off the budget."""
        self._cells -= number
        if self._cells < 0:
            raise FrameInvalid(why="too-many-values")

    def spend_joined(self, characters: int) -> None:
        """Takes characters to be joined off the budget, before they are joined."""
        self._joined -= characters
        if self._joined < 0:
            raise FrameInvalid(why="too-much-text")

    def column(self, length: int, rows: Rows | None = None) -> Column:
        """The next column, of `length` values; a column without values has no bytes."""
        if length == 0:
            return []
        if self._depth == MAX_DEPTH:
            raise FrameInvalid(why="too-deep")
        self.spend_cells(length)
        reader = self._readers.get(self.byte())
        if reader is None:
            raise FrameInvalid(why="kind")
        self._depth += 1
        values = reader(self, length, rows)
        self._depth -= 1
        return values

    def numbers(self, length: int, rows: Rows | None = None) -> list[int]:
        """The next column, which must hold whole numbers."""
        if self._kind() in _NUMBERS:
            return self.column(length, rows)  # type: ignore[return-value]  # numbers by their kind
        return _all_of(int, self.column(length, rows))

    def truths(self, length: int, rows: Rows | None = None) -> list[bool]:
        """The next column, which must hold true and false."""
        if self._kind() in _TRUTHS:
            return self.column(length, rows)  # type: ignore[return-value]  # truths by their kind
        return _all_of(bool, self.column(length, rows))

    def _kind(self) -> int:
        """The byte that comes next, -1 at the end."""
        return self._data[self._at] if self._at < len(self._data) else -1

    def texts(self, length: int, rows: Rows | None = None) -> list[str]:
        """The next column, which must hold texts."""
        return _all_of(str, self.column(length, rows))


def _all_of(kind: type[T], values: Sequence[Value]) -> list[T]:
    if set(map(type, values)) - {kind}:
        raise FrameInvalid(why="type")
    return values  # type: ignore[return-value]  # checked by the line above
