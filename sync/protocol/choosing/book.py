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
SAMPLE = 2048
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
    """An earlier column that another may lean on."""

    ref: Ref
    rows: Rows
    kinds: frozenset[type]
    distinct: int


class Book:
    """The columns written so far, with what makes them fit to lean on."""

    def __init__(self, shapes_of: Sequence[int]) -> None:
        self.earlier = Earlier(shapes_of, lambda _: None)
        self._leans: list[Lean] = []

    def add(self, rows: Rows, values: Sequence[Value]) -> None:
        """Makes the next column known."""
        kinds = frozenset(map(type, values))
        distinct = 0 if tuple in kinds else len(set(values))
        self._leans.append(Lean(column(len(self.earlier)), rows, kinds, distinct))
        self.earlier.add(rows, values)

    def leans(self, rows: Rows, fit: Callable[[Lean], bool]) -> list[Ref]:
        """The earlier columns with at least these rows that are fit."""
        return [lean.ref for lean in self._leans if fit(lean) and self._covers(lean.rows, rows)]

    @staticmethod
    def _covers(more: Rows, fewer: Rows) -> bool:
        return (
            more is fewer or isinstance(more, range) or (len(more) > len(fewer) and set(more) >= set(fewer))
        )


EMPTY = Book(())
