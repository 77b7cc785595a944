"""Where in a sheet the roster begins and which column means what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.roster import cells, headings
from app.roster.cells import Cell
from app.roster.fields import Field
from app.roster.grid import Grid, letter

# A letterhead is never longer, and a heading never higher.
_SEARCHED_ROWS, _SEARCHED_COLUMNS, _HIGHEST = 100, 200, 3
_WEIGHTS = {Field.NAME: 3.0, Field.NIK: 3.0, Field.NUMBER: 0.5}
_PAIRED = {Field.SEX_MALE: Field.SEX_FEMALE, Field.SEX_FEMALE: Field.SEX_MALE}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was found: `index` from 0, its letter, and its headings joined from top to bottom."""

    index: int
    letter: str
    heading: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Headings in rows `first` to `last` (from 0, both included) and the columns below them."""

    first: int
    last: int
    columns: Mapping[Field, Column]

    @property
    def height(self) -> int:
        """The number of rows the headings take."""
        return self.last - self.first + 1

    @property
    def weight(self) -> float:
        """How much of a roster this is; the better of two candidates weighs more."""
        return sum(_WEIGHTS.get(field, 1.0) for field in self.columns)

    @property
    def is_roster(self) -> bool:
        """Whether these columns can only be a list of people: names with a NIK, or with three more facts."""
        facts = len(self.columns.keys() - {Field.NAME, Field.NIK, Field.NUMBER, Field.REMARK})
        if Field.NIK in self.columns:
            return Field.NAME in self.columns or facts >= 1
        return Field.NAME in self.columns and facts >= 3


def find(grid: Grid) -> Layout | None:
    """The headings of the sheet's first roster, or None where it has none.

    A letterhead above it would pass as the upper row of a higher heading, so the tightest reading of equal
    weight is taken.
    """
    for row in range(min(len(grid.rows), _SEARCHED_ROWS)):
        candidates = [found for start in range(row, row + _HIGHEST) if (found := at(grid, start))]
        if candidates and candidates[0].is_roster and candidates[0].first == row:
            overlapping = [found for found in candidates if found.first <= candidates[0].last]
            return max(overlapping, key=lambda found: (found.weight, -found.height))
    return None


def at(grid: Grid, row: int) -> Layout | None:
    """The best reading, as one to three rows, of a heading that begins in `row`; None if it names nothing."""
    best: Layout | None = None
    for height in range(1, min(_HIGHEST, len(grid.rows) - row) + 1):
        candidate = _read(grid, row, height)
        if not candidate.columns:
            continue
        if best is None or candidate.weight > best.weight or _belongs(grid, candidate, best):
            best = candidate
    return best


def _belongs(grid: Grid, taller: Layout, best: Layout) -> bool:
    """Whether a further row that names no further column is still part of the headings, as `(Rp)` is."""
    texts = [cells.text(cell) for cell in grid.rows[taller.last]]
    is_next = taller.weight == best.weight and taller.last == best.last + 1
    return is_next and any(texts) and all(headings.is_heading(text) for text in texts if text)


def changed(layout: Layout, grid: Grid, columns: Mapping[Field, str | None]) -> Layout:
    """The layout after a person chose columns: field -> letter, or None for a field that is not there."""
    found = dict(layout.columns)
    for field, name in columns.items():
        found.pop(field, None)
        if name is not None:
            index = _index(name)
            heading = " / ".join(_path(_above(grid, layout.first, layout.height), index))
            found[field] = Column(index, name.upper(), heading)
    return Layout(layout.first, layout.last, found)


def _read(grid: Grid, first: int, height: int) -> Layout:
    above = _above(grid, first, height)
    width = min(max((len(row) for row in above), default=0), _SEARCHED_COLUMNS)
    best: dict[Field, tuple[float, Column]] = {}
    for index in range(width):
        path = _path(above, index)
        found = _meaning(path)
        if found and (found.field not in best or found.score > best[found.field][0]):
            best[found.field] = (found.score, Column(index, letter(index), " / ".join(path)))
    columns = {field: column for field, (_, column) in best.items()}
    return Layout(first, first + height - 1, _consistent(columns, above))


@lru_cache(maxsize=4096)
def _meaning(path: tuple[str, ...]) -> headings.Meaning | None:
    return headings.meaning(path)


def _consistent(columns: dict[Field, Column], above: Sequence[Sequence[str]]) -> dict[Field, Column]:
    """Drop what makes no sense alone, and split a `Tempat, Tanggal Lahir` that heads two columns."""
    kept = {field: column for field, column in columns.items() if _PAIRED.get(field, field) in columns}
    both = kept.get(Field.BIRTH_PLACE_DATE)
    if both and Field.BIRTH_DATE not in kept and _is_headless(above, both.index + 1, both.heading):
        del kept[Field.BIRTH_PLACE_DATE]
        kept[Field.BIRTH_PLACE] = both
        kept[Field.BIRTH_DATE] = Column(both.index + 1, letter(both.index + 1), both.heading)
    return kept


def _is_headless(above: Sequence[Sequence[str]], index: int, heading: str) -> bool:
    """Whether the column has no heading but the one that reaches over from its left."""
    return index < max(len(row) for row in above) and " / ".join(_path(above, index)) in ("", heading)


def _above(grid: Grid, first: int, height: int) -> list[list[str]]:
    """The texts of the heading rows, each merged or open heading repeated over the columns below it."""
    above = [[_heading(cell) for cell in row] for row in grid.rows[first : first + height]]
    for top, left, bottom, right in grid.merged:
        for row in range(max(top, first), min(bottom, first + height - 1) + 1):
            texts = above[row - first]
            source = _heading(grid.cell(top, left)) if row == top else ""
            texts.extend([""] * (right + 1 - len(texts)))
            for index in range(left, right + 1):
                texts[index] = source
    for upper, lower in pairwise(above):
        _spread(upper, lower)
    return above


def _spread(upper: list[str], lower: Sequence[str]) -> None:
    """Where merging was not recorded: a heading reaches right over empty cells that have headings below."""
    upper.extend([""] * (len(lower) - len(upper)))
    for index in range(1, len(lower)):
        if not upper[index] and lower[index] and lower[index - 1]:
            upper[index] = upper[index - 1]


def _path(above: Iterable[Sequence[str]], index: int) -> tuple[str, ...]:
    return tuple(row[index] for row in above if index < len(row) and row[index])


def _heading(cell: Cell) -> str:
    return cells.text(cell) if isinstance(cell, str) else ""


def _index(name: str) -> int:
    index = 0
    for character in name.upper():
        index = index * 26 + ord(character) - ord("A") + 1
    return index - 1
