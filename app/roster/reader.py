"""A spreadsheet in, the people on it out, each with a verdict; nothing is changed anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from app.errors import Refused
from app.roster import cells, dates, headings, layout, lines, people, sexes, workbook
from app.roster.cells import Cell
from app.roster.fields import Field
from app.roster.grid import Grid
from app.roster.layout import Layout
from app.roster.lines import Kind
from app.roster.roster import IgnoredLine, Roster, RosterRow, SheetFound, SheetSkipped, marked
from app.roster.values import Conventions

Choice = Mapping[Field, str | None]
_AT_FOOT = frozenset({Kind.TOTAL, Kind.SIGNATURE, Kind.NOTE})
_MOST_IGNORED = 1_000


def read(path: Path, today: date, columns: Mapping[str, Choice] | None = None) -> Roster:
    """Every roster in a workbook or text table, sheet by sheet in the order of the file.

    `columns` overrules what was found: sheet -> field -> column letter, or None for a field that is
    not there.
    Hidden sheets are read only where no visible one is a roster: offices hide what is out of date.
    Raises Refused with a roster-… code for a file that cannot be read or holds no roster.
    """
    return of_grids(workbook.open_grids(path), path.name, today, columns)


def of_grids(
    grids: Sequence[Grid],
    name: str,
    today: date,
    columns: Mapping[str, Choice] | None = None,
    each: Callable[[], object] = lambda: None,
) -> Roster:
    """The same for sheets that were opened before, from the file of this name.

    `each` is called before every person's line is judged; what it raises ends the reading.
    """
    layouts = {grid.name: found for grid in grids if (found := _layout(grid, (columns or {}).get(grid.name)))}
    if not layouts:
        raise Refused("roster-no-heading", field="file", name=name)
    rosters = [grid for grid in grids if grid.name in layouts]
    used = [grid for grid in rosters if not grid.hidden] or rosters
    read_sheets = [_sheet(grid, layouts[grid.name], today, each) for grid in used]
    rows = marked(row for _, found in read_sheets for row in found)
    if not rows:
        raise Refused("roster-no-rows", field="file", name=name)
    skipped = tuple(
        SheetSkipped(grid.name, "hidden" if grid.name in layouts else "no-heading")
        for grid in grids
        if all(grid is not other for other in used)
    )
    return Roster(tuple(sheet for sheet, _ in read_sheets), skipped, rows)


def _layout(grid: Grid, choice: Choice | None) -> Layout | None:
    """What was found in the sheet, with a person's choice over it; a choice makes any sheet a roster."""
    found = layout.find(grid)
    if choice is None:
        return found
    return layout.changed(found or Layout(-1, -1, {}), grid, choice)


def _sheet(
    grid: Grid, found: Layout, today: date, each: Callable[[], object]
) -> tuple[SheetFound, list[RosterRow]]:
    ignored: list[IgnoredLine] = []
    kept: list[tuple[int, dict[Field, Cell]]] = []
    for number, kind, known in _lines(grid, found):
        if kind is Kind.PERSON:
            kept.append((number, known))
        elif kind is not Kind.EMPTY and len(ignored) < _MOST_IGNORED:
            ignored.append(IgnoredLine(number, kind))
    conventions = _conventions(found, [known for _, known in kept])
    rows = []
    for number, known in kept:
        each()
        rows.append(RosterRow(grid.name, number, known, *people.check(known, conventions, today)))
    heading_rows = (found.first + 1, found.last + 1) if found.last >= 0 else None
    sheet = SheetFound(grid.name, grid.hidden, heading_rows, found.columns, conventions, tuple(ignored))
    return sheet, rows


def _lines(grid: Grid, found: Layout) -> Iterator[tuple[int, Kind, dict[Field, Cell]]]:
    """Every line below the headings with its number and kind. A repeated heading may move columns."""
    at_foot = False
    skip_until = found.last + 1
    columns = _indexes(found)
    for row in range(found.last + 1, len(grid.rows)):
        if row < skip_until:
            continue
        line = grid.rows[row]
        if not any(line):
            continue
        known = {field: line[index] for field, index in columns if index < len(line)}
        kind = lines.kind(line, known, at_foot)
        if kind is not Kind.EMPTY and (again := _heading_again(grid, row, line, known)):
            columns, skip_until, at_foot = _indexes(again), again.last + 1, False
            kind = Kind.HEADING
        at_foot = at_foot or kind in _AT_FOOT
        yield row + 1, kind, known


def _heading_again(grid: Grid, row: int, line: Sequence[Cell], known: Mapping[Field, Cell]) -> Layout | None:
    """The headings once more, as at the top of a new page, perhaps over other columns than before."""
    if cells.digits(known.get(Field.NIK)) >= lines.NIK_DIGITS:
        return None
    named = sum(isinstance(cell, str) and headings.names_a_column(cell) for cell in line)
    if named < 3:
        return None
    again = layout.at(grid, row)
    return again if again and again.is_roster else None


def _indexes(found: Layout) -> list[tuple[Field, int]]:
    return [(field, column.index) for field, column in found.columns.items()]


def _conventions(found: Layout, kept: Sequence[Mapping[Field, Cell]]) -> Conventions:
    """How the sheet writes, from its headings and from whole columns."""
    births = [
        cells.text(line.get(field)) for line in kept for field in (Field.BIRTH_DATE, Field.BIRTH_PLACE_DATE)
    ]
    return Conventions(
        month_first=dates.is_month_first([birth for birth in births if birth]),
        p_is_male=sexes.says_pria_and_wanita([cells.text(line.get(Field.SEX)) for line in kept]),
        capital_unit=headings.unit(_heading(found, Field.CAPITAL)),
        sales_unit=headings.unit(_heading(found, Field.SALES)),
        sales_months=12 if headings.is_monthly(_heading(found, Field.SALES)) else 1,
    )


def _heading(found: Layout, field: Field) -> str:
    return found.columns[field].heading if field in found.columns else ""
