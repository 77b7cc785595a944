"""What the writer knows while it picks: the columns written so far, and what a column would weigh."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

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


class Lean(NamedTuple):
    """An earlier column that another may lean on; `shapes` are those whose changes it has values for."""

    ref: Ref
    shapes: frozenset[int]
    kinds: frozenset[type]
    distinct: int


class Book:
    """The columns written so far, with what makes them fit to lean on.

    `current` are the shapes that read from the column being written.
    """

    def __init__(self, shapes_of: Sequence[int]) -> None:
        self.earlier = Earlier(shapes_of, lambda _: None)
        self.current = frozenset(shapes_of)
        self._leans: list[Lean] = []

    def add(self, rows: Rows, values: Sequence[Value]) -> None:
        """Makes the current column known."""
        kinds = frozenset(map(type, values))
        distinct = 0 if tuple in kinds else len(set(values))
        self._leans.append(Lean(column(len(self.earlier)), self.current, kinds, distinct))
        self.earlier.add(rows, values)

    def leans(self, fit: Callable[[Lean], bool]) -> list[Ref]:
        """The earlier columns with values in every change of the current one that are fit."""
        return [lean.ref for lean in self._leans if lean.shapes >= self.current and fit(lean)]

    def touching(self, fit: Callable[[Lean], bool]) -> list[Ref]:
        """The earlier columns with values in some changes of the current one that are fit."""
        return [lean.ref for lean in self._leans if lean.shapes & self.current and fit(lean)]


EMPTY = Book(())
