"""What a roster file came to: its sheets, the columns found, and every line with its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.errors import NotFound
from app.roster import cells, people
from app.roster.cells import Cell
from app.roster.fields import Field
from app.roster.layout import Column
from app.roster.lines import Kind
from app.roster.people import Person, Verdict
from app.roster.values import Conventions

_DUPLICATE = "duplicate-in-file"


@dataclass(frozen=True, slots=True)
class IgnoredLine:
    """A line that was not taken for a person, and why, so that nothing disappears unseen."""

    sheet_row: int
    reason: Kind


@dataclass(frozen=True, slots=True)
class SheetFound:
    """A sheet that is a roster.

    `heading_rows` are its first and last heading row as the spreadsheet numbers them, or None where a person
    chose the columns of a sheet without headings.
    """

    name: str
    hidden: bool
    heading_rows: tuple[int, int] | None
    columns: Mapping[Field, Column]
    conventions: Conventions
    ignored: tuple[IgnoredLine, ...]


@dataclass(frozen=True, slots=True)
class SheetSkipped:
    """A sheet that was not read: `hidden`, or `no-heading` was found in it."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person's line: what its cells hold, what was understood, and the codes of what is wrong.

    `sheet_row` counts from 1, as the spreadsheet shows it. `same_as` is the sheet and row of the first line
    with this NIK, where this is not that line.
    """

    sheet: str
    sheet_row: int
    cells: Mapping[Field, Cell]
    values: Person
    codes: tuple[str, ...]
    same_as: tuple[str, int] | None = None

    @property
    def verdict(self) -> Verdict:
        """The worst of the codes."""
        return people.verdict(self.codes)

    @property
    def texts(self) -> dict[Field, str]:
        """The cells as they read in the sheet, for showing and correcting them."""
        return {field: cells.text(cell) for field, cell in self.cells.items()}


@dataclass(frozen=True, slots=True)
class Roster:
    """The sheets of a file that are rosters, those that are not, and all people in the order of the file."""

    sheets: tuple[SheetFound, ...]
    skipped_sheets: tuple[SheetSkipped, ...]
    rows: tuple[RosterRow, ...]

    def as_json(self) -> dict[str, Any]:
        """`{"rows": [{"sheet", "sheet_row", "nama", "verdict", "codes"}]}`, a door that scripts use."""
        return {
            "rows": [
                {
                    "sheet": row.sheet,
                    "sheet_row": row.sheet_row,
                    "nama": row.values.name,
                    "verdict": row.verdict.value,
                    "codes": list(row.codes),
                }
                for row in self.rows
            ]
        }

    def count(self, verdict: Verdict) -> int:
        """How many lines have this verdict."""
        return sum(row.verdict is verdict for row in self.rows)

    def corrected(self, sheet: str, sheet_row: int, typed: Mapping[Field, str], today: date) -> Roster:
        """The roster after a person has typed other contents into cells of one line.

        Every line is judged again for a NIK that stands twice. Raises NotFound("roster-row").
        """
        conventions = {found.name: found.conventions for found in self.sheets}
        rows = list(self.rows)
        for index, row in enumerate(rows):
            if (row.sheet, row.sheet_row) == (sheet, sheet_row):
                line = {**row.cells, **typed}
                rows[index] = RosterRow(
                    sheet, sheet_row, line, *people.check(line, conventions[sheet], today)
                )
                return replace(self, rows=marked(rows))
        raise NotFound("roster-row", field="sheet_row")


def marked(rows: Iterable[RosterRow]) -> tuple[RosterRow, ...]:
    """The lines with every repetition of a NIK marked as such; the first line that has it stays as it is."""
    first: dict[str, tuple[str, int]] = {}
    result = []
    for row in rows:
        codes = tuple(code for code in row.codes if code != _DUPLICATE)
        place = (row.sheet, row.sheet_row)
        original = first.setdefault(row.values.nik, place) if row.values.nik else place
        if original != place:
            result.append(replace(row, codes=tuple(sorted({*codes, _DUPLICATE})), same_as=original))
        elif row.same_as is not None:
            result.append(replace(row, codes=codes, same_as=None))
        else:
            result.append(row)
    return tuple(result)
