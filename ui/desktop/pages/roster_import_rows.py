"""The lines of a roster as rows of a table: which are in a view, and what each shows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from app.actions.rosters import PlannedRow
from app.roster import cells, mending
from app.roster.fields import Field
from app.roster.mending import Mending, Place
from app.roster.roster import RosterRow
from ui.desktop.pages.roster_import_cells import Aside, Badge, Explained, Press, Value, box_in
from ui.desktop.pages.roster_import_words import (
    Bucket,
    bucket,
    concerned,
    field_words,
    masked,
    masked_phone,
    said,
)
from ui.desktop.pages.roster_import_work import Looked
from ui.desktop.tokens import Tone
from ui.desktop.widgets.rows import Column, Edge, Group
from ui.desktop.wording import Text, words

PAGE = 100
"""Rows that are shown at once; a table of all of ten thousand would keep the window waiting."""

_FRAMES = {Bucket.FIX: Tone.RED, Bucket.LOOK: Tone.AMBER}
OWN_COLUMNS = (Field.NAME, Field.NIK, Field.PHONE, Field.BUSINESS_NAME)
SAID = 6
"""The column of the sentence; the fields' are 1 to 4."""

_BADGES = {
    Bucket.FIX: ("circle-alert", "import-fix", Tone.RED),
    Bucket.LOOK: ("triangle-alert", "import-look", Tone.AMBER),
    Bucket.READY: ("circle-check", "import-ready", Tone.GREEN),
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line of the table. `wrong` are the fields to mend, the worst first; `settled`: a person has done
    with it."""

    at: Place
    bucket: Bucket
    label: Aside
    values: tuple[Value, ...]
    badge: Badge
    told: Explained
    wrong: tuple[Field, ...]
    settled: bool

    @property
    def extra(self) -> Field | None:
        """The field that is mended under the sentence."""
        return None if self.told.extra is None else Field(self.told.extra[1].field)


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a roster: entries, how many lines belong here, and the first of them shown."""

    entries: tuple[ShownRow | Group, ...]
    total: int
    first: int


def columns() -> list[Column[ShownRow]]:
    """The table's columns."""
    named: list[Column[ShownRow]] = [
        Column(words("import-head-row"), lambda r: r.label, least=58, edge=Edge.RIGHT),
        Column(words("field-name"), lambda r: r.values[0], share=5, least=140),
        Column(words("field-nik"), lambda r: r.values[1], share=3, least=176),
        Column(words("field-phone"), lambda r: r.values[2], share=2, least=140),
        Column(words("field-business"), lambda r: r.values[3], share=4, least=130),
        Column(words("import-head-verdict"), lambda r: r.badge, least=120),
        Column(words("import-head-said"), lambda r: r.told, share=10, least=290),
    ]
    return named


def height(entry: ShownRow | Group, wide: float) -> int | None:
    """How high an entry is where the column of the sentence has so much room."""
    return 32 if isinstance(entry, Group) else entry.told.high(wide)


def to_fix(looked: Looked) -> tuple[list[RosterRow], dict[Place, str]]:
    """The lines that are still to be mended, and what is wrong with each."""
    assert looked.mending is not None
    left = _here(looked, Bucket.FIX)
    return left, {(at := mending.place(row)): str(said(row, looked.plan[at])) for row in left}


def view(looked: Looked, shown: Bucket | None, first: int = 0) -> View:
    """The lines of one bucket, or all (None), from the `first` on; under those to mend the ones that are."""
    now = looked.mending
    assert now is not None
    here = now.rows if shown is None else _here(looked, shown)
    first = min(first, max(0, len(here) - 1) // PAGE * PAGE)
    entries: list[ShownRow | Group] = [_row(row, looked) for row in here[first : first + PAGE]]
    if shown is Bucket.FIX:
        touched = sorted(looked.sorted.numbers[at] for at in {*now.typed, *now.left_out})
        settled = [row for row in (now.rows[number] for number in touched) if _settled(row, looked)]
        if settled:
            entries.append(Group(words("import-just-mended")))
            entries += [_row(row, looked) for row in settled[-PAGE:]]
    return View(tuple(entries), len(here), first)


def begins_with(now: Mending, at: Place, field: Field) -> str:
    """What a cell is typed from: what was typed before; else what the sheet has, but never a NIK."""
    typed = now.typed.get(at, {}).get(field)
    if typed is not None:
        return typed
    return "" if field is Field.NIK else cells.text(now.row(at).cells.get(field))


def field_in(column: int, row: ShownRow) -> Field | None:
    """The field that is typed into in a column."""
    return OWN_COLUMNS[column - 1] if 1 <= column <= len(OWN_COLUMNS) else row.extra


def place_in(field: Field, row: ShownRow, cell: QRectF) -> QRectF:
    """Where in its cell the field is typed into."""
    return box_in(cell) if field in OWN_COLUMNS else row.told.box_at(cell)


def column_of(field: Field) -> int:
    """The column in which a field is shown."""
    return OWN_COLUMNS.index(field) + 1 if field in OWN_COLUMNS else SAID


def _here(looked: Looked, shown: Bucket) -> list[RosterRow]:
    rows = () if looked.mending is None else looked.mending.rows
    return [row for row, found in zip(rows, looked.sorted.buckets, strict=True) if found is shown]


def _settled(row: RosterRow, looked: Looked) -> bool:
    """Whether a person has done with a line: mended it, or left it out."""
    at, now = mending.place(row), looked.mending
    assert now is not None
    if at in now.left_out:
        return True
    return at in now.typed and bucket(row, looked.plan[at]) is not Bucket.FIX


def _row(row: RosterRow, looked: Looked) -> ShownRow:
    at, now = mending.place(row), looked.mending
    assert now is not None
    planned = looked.plan[at]
    out, settled = at in now.left_out, _settled(row, looked)
    wrong = () if out else concerned(row, planned)
    frame = _FRAMES.get(bucket(row, planned))
    return ShownRow(
        at=at,
        bucket=bucket(row, planned),
        label=Aside(_label(at, looked)),
        values=tuple(_value(field, row, frame if field in wrong else None) for field in OWN_COLUMNS),
        badge=_badge(row, planned, out, settled),
        told=_told(row, looked, planned, wrong),
        wrong=wrong,
        settled=settled,
    )


def _label(at: Place, looked: Looked) -> str:
    several = sum(sheet.found is not None for sheet in looked.sheets) > 1
    return f"{at[0][:8]} {at[1]}" if several else str(at[1])


def _value(field: Field, row: RosterRow, frame: Tone | None) -> Value:
    text = cells.text(row.cells.get(field))
    if field is Field.NIK:
        text = masked(text, whole=frame is not None)
    elif field is Field.PHONE and frame is None:
        text = masked_phone(row.values.phone or text)
    return Value(text, field, frame, lead=field is Field.NAME)


def _badge(row: RosterRow, planned: PlannedRow, out: bool, settled: bool) -> Badge:
    if out:
        return Badge("circle-minus", words("import-left-out"), Tone.INK2)
    where = bucket(row, planned)
    if settled and where is Bucket.READY:
        return Badge("circle-check", words("import-mended"), Tone.GREEN)
    icon, code, tone = _BADGES[where]
    return Badge(icon, words(code), tone)


def _told(row: RosterRow, looked: Looked, planned: PlannedRow, wrong: tuple[Field, ...]) -> Explained:
    at, now = mending.place(row), looked.mending
    assert now is not None
    undo = words("import-undo-here")
    if at in now.left_out:
        return Explained("", str(words("import-is-left-out")), link=undo)
    found, typed = said(row, planned), now.typed.get(at, {})
    where = bucket(row, planned)
    tone = _FRAMES.get(where, Tone.INK2)
    if typed and where is Bucket.READY:
        names = ", ".join(str(field_words(field)) for field, text in typed.items() if text)
        return Explained("", str(words("import-typed", field=names)), link=undo)
    other = next((field for field in wrong if field not in OWN_COLUMNS), None)
    return Explained(
        found.title,
        found.detail,
        tone,
        None if other is None else (field_words(other), _extra(other, row, where)),
        _presses(row, at) if where is Bucket.FIX else (),
        undo if typed else "",
    )


def _extra(field: Field, row: RosterRow, where: Bucket) -> Value:
    return Value(cells.text(row.cells.get(field)), field, _FRAMES.get(where))


def _presses(row: RosterRow, at: Place) -> tuple[Press, ...]:
    """Of two lines with one NIK, either can be used."""
    if row.same_as is None:
        return ()
    return (
        Press("first", words("import-use-row", row=_short(row.same_as, at)), "Del"),
        Press("this", words("import-use-row", row=str(at[1])), "Enter"),
    )


def _short(other: Place, at: Place) -> Text:
    return str(other[1]) if other[0] == at[0] else words("import-row-of-sheet", sheet=other[0], row=other[1])
