"""The columns of a sheet that a person may choose from: each with its heading and a few of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.roster import cells
from app.roster.grid import Grid, letter

_SAMPLES, _SEARCHED_ROWS, _MOST_COLUMNS = 3, 60, 100


@dataclass(frozen=True, slots=True)
class OfferedColumn:
    """A column that holds anything: its letter, its heading (empty without one), and its first cells."""

    letter: str
    heading: str
    samples: tuple[str, ...]


def columns(grid: Grid, heading_rows: tuple[int, int] | None) -> tuple[OfferedColumn, ...]:
    """The filled columns of a sheet; `heading_rows` as `SheetFound` has them, counted from 1."""
    first, last = heading_rows or (1, 0)
    heads, body = grid.rows[first - 1 : last], grid.rows[last : last + _SEARCHED_ROWS]
    width = min(max((len(row) for row in (*heads, *body)), default=0), _MOST_COLUMNS)
    found = []
    for index in range(width):
        heading = " / ".join(_texts(heads, index))
        samples = tuple(_texts(body, index)[:_SAMPLES])
        if heading or samples:
            found.append(OfferedColumn(letter(index), heading, samples))
    return tuple(found)


def _texts(rows: Sequence[Sequence[cells.Cell]], index: int) -> list[str]:
    return [text for row in rows if index < len(row) and (text := cells.text(row[index]))]
