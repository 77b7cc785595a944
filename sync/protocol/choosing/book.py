"""What the writer knows while it picks: the columns written so far, and what a column would weigh."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from app.journal.change import Value
from sync.protocol.columns.kinds import Pieces
from sync.protocol.context import Earlier, Ref, Rows, column

TINY = 48
"""Columns this short are weighed as they are: deflate finds nothing in them."""
SAMPLE = 1536
"""So many values in a row stand for a longer column when kinds are compared."""
_RAW = -15


def weight(pieces: Pieces) -> int:
    """About how many bytes these pieces add to a frame."""
    total = 0
    for piece in pieces:
        total += len(piece) if len(piece) < TINY else min(len(piece), len(zlib.compress(piece, 6, _RAW)))
    return total


def lightest(candidates: Iterable[Pieces]) -> Pieces:
    """The candidate that adds the fewest bytes."""
    return min(candidates, key=weight)


class Lean:
    """An earlier column that another may lean on; `shapes` are those whose changes it has values for."""

    def __init__(
        self, ref: Ref, shapes: frozenset[int], values: Sequence[Value], kinds: frozenset[type]
    ) -> None:
        self.ref = ref
        self.shapes = shapes
        self.kinds = kinds
        self._values = values

    @cached_property
    def distinct(self) -> int:
        """How many different values there are; none where there are lists."""
        return 0 if tuple in self.kinds else len(set(self._values))


class Book:
    """The columns written so far, with what makes them fit to lean on.

    `current` are the shapes that read from the column being written.
    """

    def __init__(self, shapes_of: Sequence[int]) -> None:
        self.earlier = Earlier(shapes_of, lambda _: None)
        self.current = frozenset(shapes_of)
        self._leans: list[Lean] = []

    def add(self, rows: Rows, values: Sequence[Value], kinds: frozenset[type] | None = None) -> None:
        """Makes the current column known; `kinds` are its values' types, where the caller knows them."""
        found = kinds or frozenset(map(type, values))
        self._leans.append(Lean(column(len(self.earlier)), self.current, values, found))
        self.earlier.add(rows, values)

    def leans(self, fit: Callable[[Lean], bool]) -> list[Ref]:
        """The earlier columns with values in every change of the current one that are fit."""
        return [lean.ref for lean in self._leans if lean.shapes >= self.current and fit(lean)]

    def touching(self, fit: Callable[[Lean], bool]) -> list[Ref]:
        """The earlier columns with values in some changes of the current one that are fit."""
        return [lean.ref for lean in self._leans if lean.shapes & self.current and fit(lean)]


EMPTY = Book(())
