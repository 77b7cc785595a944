"""A roster while a person mends it: what was typed into lines, which lines are left out, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.errors import NotFound
from app.roster import people
from app.roster.cells import Cell
from app.roster.fields import Field
from app.roster.roster import Roster, RosterRow, marked

Place = tuple[str, int]
"""A line by its sheet and its row there, counted from 1."""

Typed = Mapping[Place, Mapping[Field, str]]

_BIRTH = (Field.BIRTH_DATE, Field.BIRTH_PLACE_DATE)
_CONCERNED: dict[str, tuple[Field, ...]] = {
    "name-missing": (Field.NAME,),
    "participant-exists": (Field.NIK,),
    "nik-sex-differs": (Field.SEX,),
    "nik-birth-date-differs": _BIRTH,
    "birth-date-unreadable": _BIRTH,
    "sex-unreadable": (Field.SEX,),
    "phone-invalid": (Field.PHONE,),
    "nib-invalid": (Field.NIB,),
    "capital-unreadable": (Field.CAPITAL,),
    "sales-unreadable": (Field.SALES,),
    "scale-medium": (Field.SALES, Field.CAPITAL),
    "scale-large": (Field.SALES, Field.CAPITAL),
}
# A date typed whole stands for the three cells of day, month and year; a place and date for all.
_IN_ITS_STEAD = {Field.BIRTH_DATE: (Field.BIRTH_MONTH, Field.BIRTH_YEAR)}


@dataclass(frozen=True, slots=True)
class Mending:
    """All lines of a roster as they are now, in the order of the file; each step gives another one.

    `typed` are the cells a person has typed, `left_out` the lines that are not to be taken: of two lines
    with one NIK only those that are kept count. Nothing that was typed is lost when the file is read again.
    """

    read: Roster
    rows: tuple[RosterRow, ...]
    typed: Typed
    left_out: frozenset[Place]

    @property
    def kept(self) -> tuple[RosterRow, ...]:
        """The lines that are to be taken, whatever is wrong with them."""
        return tuple(row for row in self.rows if place(row) not in self.left_out)

    def row(self, at: Place) -> RosterRow:
        """A line as it is now; NotFound("roster-row")."""
        for found in self.rows:
            if place(found) == at:
                return found
        raise NotFound("roster-row", field="sheet_row")

    def type_in(self, at: Place, contents: Mapping[Field, str], today: date) -> Mending:
        """Type these into cells of a line; raises NotFound("roster-row")."""
        self.row(at)
        told = {**self.typed.get(at, {}), **contents}
        for field in contents:
            told |= dict.fromkeys(_IN_ITS_STEAD.get(field, ()), "")
        return self._with({**self.typed, at: told}, self.left_out, at, today)

    def leave_out(self, at: Place) -> Mending:
        """Do not take this line; raises NotFound("roster-row")."""
        self.row(at)
        return self._judged(self.rows, self.typed, self.left_out | {at})

    def undo(self, at: Place, today: date) -> Mending:
        """Have the line as the file has it, and take it; raises NotFound("roster-row")."""
        self.row(at)
        typed = {other: told for other, told in self.typed.items() if other != at}
        return self._with(typed, self.left_out - {at}, at, today)

    def _with(self, typed: Typed, left_out: frozenset[Place], at: Place, today: date) -> Mending:
        original = next(row for row in self.read.rows if place(row) == at)
        fresh = _checked(self.read, original, typed.get(at, {}), today)
        rows = tuple(fresh if place(row) == at else row for row in self.rows)
        return self._judged(rows, typed, left_out)

    def _judged(self, rows: tuple[RosterRow, ...], typed: Typed, left_out: frozenset[Place]) -> Mending:
        kept = {place(row): row for row in marked(row for row in rows if place(row) not in left_out)}
        return Mending(self.read, tuple(kept.get(place(row), row) for row in rows), typed, left_out)


def begin(
    roster: Roster, today: date, typed: Typed | None = None, left_out: frozenset[Place] = frozenset()
) -> Mending:
    """Begin with what was read; and where it is read again, with what was typed and left out before."""
    there = {place(row): row for row in roster.rows}
    again = {at: told for at, told in (typed or {}).items() if at in there}
    for at, told in again.items():
        there[at] = _checked(roster, there[at], told, today)
    unjudged = Mending(roster, roster.rows, {}, frozenset())
    return unjudged._judged(tuple(there.values()), again, left_out & there.keys())


def place(row: RosterRow) -> Place:
    """Where a line stands."""
    return row.sheet, row.sheet_row


def concerned(code: str, cells: Mapping[Field, Cell]) -> Field | None:
    """The cell to look at and to mend for this code, of those that say it the one the sheet has; None where
    no cell of the line alone is wrong."""
    if code == "duplicate-in-file":
        return None
    fields = _CONCERNED.get(code) or ((Field.NIK,) if code.startswith("nik-") else ())
    return next((field for field in fields if field in cells), fields[0] if fields else None)


def _checked(roster: Roster, original: RosterRow, told: Mapping[Field, str], today: date) -> RosterRow:
    """The line with what was typed in it, judged by the conventions of its sheet."""
    if not told:
        return replace(original, same_as=None, codes=_alone(original))
    conventions = {found.name: found.conventions for found in roster.sheets}
    line = {**original.cells, **told}
    person, codes = people.check(line, conventions[original.sheet], today)
    return RosterRow(original.sheet, original.sheet_row, line, person, codes)


def _alone(row: RosterRow) -> tuple[str, ...]:
    """The codes of the line without what only the whole file says."""
    return tuple(code for code in row.codes if code != "duplicate-in-file")
