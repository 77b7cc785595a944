"""A roster away from the window: its sheets opened, its lines judged and compared, and taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from app.actions import rosters
from app.actions.participants import ConsentGiven
from app.actions.rosters import Fate, Imported, ImportPlan, PlannedRow
from app.domain.ids import CentreCode
from app.domain.keys import ClassKey
from app.errors import Refused, Trouble
from app.queries.centre_secret import centre_secret
from app.roster import leftover, mending, offered, reader, workbook
from app.roster.grid import Grid
from app.roster.mending import Mending, Place, Typed
from app.roster.offered import OfferedColumn
from app.roster.reader import Choice
from app.roster.roster import Roster, RosterRow, SheetFound
from ui.desktop import files
from ui.desktop.collector import resting
from ui.desktop.pages.roster_import_words import Bucket, bucket
from ui.desktop.wording import Count, words
from ui.desktop.work import Stopped, Work

COMPARED = 250
"""Lines that are compared with the database at once: together they keep nobody waiting."""
TAKEN = 100
"""People that are written in one transaction; between two of them the job can be stopped."""

Where = ClassKey | CentreCode
"""The class that people are taken into, or the centre in whose register alone they are put."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose: columns by sheet, and the sheets to be read (None: those that are rosters)."""

    columns: Mapping[str, Choice] = field(default_factory=dict)
    sheets: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class OfferedSheet:
    """A sheet of the file with the columns it has; `found` is None where it is not read, or is no roster."""

    name: str
    hidden: bool
    found: SheetFound | None
    columns: tuple[OfferedColumn, ...]
    people: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with its sheets as they are."""

    path: Path
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Where each line belongs, in the order of the file (None: it was left out); its number there by its
    place; and how many of those kept belong where, and meet which fate.

    Found away from the window, which could not afford to look at ten thousand lines at every key.
    """

    buckets: tuple[Bucket | None, ...]
    numbers: Mapping[Place, int]
    counts: Counter[Bucket]
    fates: Counter[Fate]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file comes to with these choices: its lines, and what taking each of them in would do.

    Where nothing in it could be read as a roster, `mending` is None and `trouble` says why.
    """

    opened: Opened
    choices: Choices
    where: Where
    sheets: tuple[OfferedSheet, ...]
    mending: Mending | None = None
    plan: Mapping[Place, PlannedRow] = field(default_factory=dict)
    sorted: Sorted = field(default_factory=lambda: Sorted((), {}, Counter(), Counter()))
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """So many lines that were written in one transaction, and what that came to."""

    people: int
    done: Imported


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written of `wanted` lines, part by part."""

    wanted: int
    parts: tuple[Part, ...] = ()

    @property
    def people(self) -> int:
        """How many lines were taken in."""
        return sum(part.people for part in self.parts)

    @property
    def stopped(self) -> bool:
        """Whether some are still to come."""
        return self.people < self.wanted

    def total(self, count: Callable[[Imported], int]) -> int:
        """The sum of one of the counts over all parts."""
        return sum(count(part.done) for part in self.parts)


@resting()
def open_file(work: Work, path: Path, where: Where, today: date) -> Looked:
    """Open a file and look at it; raises Refused (roster-…) where it is no spreadsheet one can read."""
    work.step(0, 0, words("import-opening"))
    opened = Opened(path, tuple(workbook.open_grids(path)))
    return look(work, opened, Choices(), where, today)


@resting()
def look(
    work: Work,
    opened: Opened,
    choices: Choices,
    where: Where,
    today: date,
    typed: Typed | None = None,
    left_out: frozenset[Place] = frozenset(),
) -> Looked:
    """Read the sheets by these choices, put back what was typed and left out, and compare every line."""
    grids = _chosen(opened.grids, choices)
    most = sum(len(grid.rows) for grid in grids)
    done = 0

    def each() -> None:
        nonlocal done
        done += 1
        work.step(done, 2 * most, words("import-reading", done=Count(done), n=Count(most)))

    try:
        roster = reader.of_grids(grids, opened.path.name, today, choices.columns, each)
    except Refused as trouble:
        return Looked(opened, choices, where, _sheets(opened, (), None), trouble=trouble)
    now = mending.begin(roster, today, typed, left_out)
    sheets = _sheets(opened, roster.sheets, roster)
    plan = compare(work, now.rows, where, today)
    return Looked(opened, choices, where, sheets, now, plan, sort(now, plan))


def sort(now: Mending, plan: Mapping[Place, PlannedRow]) -> Sorted:
    """Find where every line belongs."""
    places = [mending.place(row) for row in now.rows]
    buckets = tuple(
        None if at in now.left_out else bucket(row, plan[at])
        for at, row in zip(places, now.rows, strict=True)
    )
    return Sorted(
        buckets,
        {at: number for number, at in enumerate(places)},
        Counter(found for found in buckets if found is not None),
        Counter(plan[at].fate for at in places if at not in now.left_out),
    )


def compare(work: Work, rows: Sequence[RosterRow], where: Where, today: date) -> dict[Place, PlannedRow]:
    """What taking these lines in would do, by their places."""
    plan: dict[Place, PlannedRow] = {}
    for start in range(0, len(rows), COMPARED):
        said = words("import-comparing", done=Count(start), n=Count(len(rows)))
        work.step(len(rows) + start, 2 * len(rows), said)
        with work.read() as session:
            secret = centre_secret(session)
            part = rosters.plan_import(session, rows[start : start + COMPARED], where, secret, today)
        plan |= {(row.sheet, row.sheet_row): row for row in part.rows}
    return plan


def step(work: Work, looked: Looked, change: Callable[[Mending], Mending], today: date) -> Looked:
    """Mend one thing, and compare again the lines that are another for it."""
    assert looked.mending is not None
    now = change(looked.mending)
    other = [row for row, old in zip(now.rows, looked.mending.rows, strict=True) if row is not old]
    plan = {**looked.plan, **compare(work, other, looked.where, today)}
    return replace(looked, mending=now, plan=plan, sorted=sort(now, plan))


@resting()
def go_elsewhere(work: Work, looked: Looked, where: Where, today: date) -> Looked:
    """Take the same lines into another class."""
    if looked.mending is None:
        return replace(looked, where=where)
    plan = compare(work, looked.mending.rows, where, today)
    return replace(looked, where=where, plan=plan, sorted=sort(looked.mending, plan))


def take(
    work: Work,
    rows: Sequence[PlannedRow],
    where: Where,
    consent: ConsentGiven | None,
    also_elsewhere: bool,
) -> Taken:
    """Write these lines, some at a time; one who stops it keeps what is written, and can go on later."""
    key = where if isinstance(where, ClassKey) else None
    taken = Taken(len(rows))
    for start in range(0, len(rows), TAKEN):
        said = words("import-taking", done=Count(start), n=Count(len(rows)))
        try:
            work.step(start, len(rows), said)
        except Stopped:
            break
        part = ImportPlan(key, tuple(rows[start : start + TAKEN]))
        with work.write() as session:
            done = rosters.import_plan(session, part, consent, also_elsewhere)
        taken = replace(taken, parts=(*taken.parts, Part(len(part.rows), done)))
    return taken


def take_back(work: Work, taken: Taken) -> Taken:
    """Undo it, the last part first; what is returned is what is left, where somebody stopped it."""
    left, most = taken.parts, len(taken.parts)
    while left:
        try:
            work.step(most - len(left), most, words("import-taking-back"))
        except Stopped:
            break
        with work.write() as session:
            rosters.take_back(session, left[-1].done.back)
        left = left[:-1]
    return replace(taken, parts=left)


def save_rest(work: Work, rows: Sequence[RosterRow], said: Mapping[Place, str], path: Path) -> Path:
    """Write the lines that are not taken in, each with what is wrong, for whoever made the roster."""
    return files.write_whole(path, leftover.workbook(rows, said))


def _chosen(grids: Sequence[Grid], choices: Choices) -> list[Grid]:
    """The sheets to be read; one that was chosen counts as visible."""
    if choices.sheets is None:
        return list(grids)
    return [replace(grid, hidden=False) for grid in grids if grid.name in choices.sheets]


def _sheets(opened: Opened, found: Sequence[SheetFound], roster: Roster | None) -> tuple[OfferedSheet, ...]:
    read = {sheet.name: sheet for sheet in found}
    people = [row.sheet for row in roster.rows] if roster is not None else []
    return tuple(
        OfferedSheet(
            grid.name,
            grid.hidden,
            read.get(grid.name),
            offered.columns(grid, read[grid.name].heading_rows if grid.name in read else None),
            people.count(grid.name),
        )
        for grid in opened.grids
    )
