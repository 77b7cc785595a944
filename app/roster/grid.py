"""A sheet as rows of cells, whichever kind of file it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.roster.cells import Cell


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet from cell A1 on; `merged` holds (top, left, bottom, right), all from 0 and included."""

    name: str
    hidden: bool
    rows: Sequence[Sequence[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """The cell, or None outside the sheet."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None


def letter(index: int) -> str:
    """The name of a column, counted from 0: A, B, … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
