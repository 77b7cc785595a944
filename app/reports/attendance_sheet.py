"""The attendance sheet (daftar hadir): a cell for each person and session, with marks or room to sign."""

from __future__ import annotations

from app.domain import calendar
from app.domain.attendance import Counts, Policy, Status
from app.reports.rows import Attendance, AttendanceLine, Cells, SessionHead
from app.reports.sheet import Cell, Column, Kind, Part, Sheet, Tone, checked, class_facts, masked
from app.reports.words import word

TONES = {
    Status.PRESENT: Tone.PRESENT,
    Status.LATE: Tone.LATE,
    Status.EXCUSED: Tone.EXCUSED,
    Status.SICK: Tone.SICK,
    Status.ABSENT: Tone.ABSENT,
}
_WIDTHS = {Cells.MARKS: (9.0, 13.0), Cells.SIGN: (19.0, 40.0), Cells.ZIGZAG: (30.0, 60.0)}
_HEIGHTS = {Cells.MARKS: (6.4, 5.2), Cells.SIGN: (9.5, 8.0), Cells.ZIGZAG: (8.0, 6.4)}
_AT_THE_SESSION = Policy()  # late is at the session too, whatever a programme makes of it


def sheet(data: Attendance) -> Sheet:
    """The sheet of these people and sessions; a session that did not happen stays, closed."""
    language = data.head.language
    columns = _columns(data)
    build = _marked if data.cells is Cells.MARKS else _to_sign
    legend = [word("report-legend-marks", language)] if data.cells is Cells.MARKS else []
    if any(session.not_held for session in data.sessions):
        legend.append(word("report-legend-not-held", language))
    return Sheet(
        title=word("report-attendance-sheet", language),
        head=data.head,
        facts=class_facts(data.head),
        columns=columns,
        rows=checked([build(line, data) for line in data.lines], columns),
        foot=checked([_foot(data)], columns)[0],
        legend=tuple(legend),
        heights=_HEIGHTS[data.cells],
        zigzag=data.cells is Cells.ZIGZAG,
    )


def people(data: Attendance, name_width: float = 44) -> tuple[Column, ...]:
    """The columns every list of people begins with: number, name, NIK."""
    language = data.head.language
    return (
        Column(word("report-number", language), 9, 9, align="right", kind=Kind.COUNT),
        Column(word("report-name", language), name_width, 90),
        Column(word("report-nik", language), 17, 17),
    )


def _columns(data: Attendance) -> tuple[Column, ...]:
    least, most = _WIDTHS[data.cells]
    language = data.head.language
    days = [
        Column(
            str(session.number),
            least,
            most,
            below=calendar.short_date(session.day, language).replace(" ", "\n"),
            align="centre",
            part=Part.BODY,
        )
        for session in data.sessions
    ]
    if data.cells is not Cells.MARKS:
        remark = Column(word("report-remark", language), 22, 40, part=Part.TAIL)
        return (*people(data), *days, remark)
    totals = [
        Column(status.value, 9, 10.5, align="centre", part=Part.TAIL, kind=Kind.COUNT) for status in Status
    ]
    return (*people(data), *days, *totals)


def _marked(line: AttendanceLine, data: Attendance) -> tuple[Cell, ...]:
    pairs = zip(data.sessions, line.marks, strict=True)
    counts = [line.marks.count(status) for status in Status]
    return (
        *_person(line),
        *(_mark(session, mark) for session, mark in pairs),
        *(Cell(count, Tone.PLAIN if count else Tone.QUIET) for count in counts),
    )


def _mark(session: SessionHead, mark: Status | None) -> Cell:
    if session.not_held:
        return Cell("–", Tone.CLOSED)
    return Cell(mark.value, TONES[mark]) if mark else Cell("")


def _to_sign(line: AttendanceLine, data: Attendance) -> tuple[Cell, ...]:
    label = f"{line.number}." if data.cells is Cells.ZIGZAG else ""
    room = (Cell("–", Tone.CLOSED) if s.not_held else Cell(label, Tone.QUIET) for s in data.sessions)
    return (*_person(line), *room, Cell(""))


def _person(line: AttendanceLine) -> tuple[Cell, ...]:
    return Cell(line.number), Cell(line.name, Tone.STRONG), Cell(masked(line.nik), Tone.QUIET)


def _foot(data: Attendance) -> tuple[Cell, ...]:
    """How many were there at each session; empty on a sheet to sign, where it is filled in by hand."""
    label = Cell(word("report-sum-present", data.head.language))
    if data.cells is not Cells.MARKS:
        return Cell(""), label, Cell(""), *(Cell("") for _ in data.sessions), Cell("")
    present = (
        Cell("–" if session.not_held else sum(_there(line.marks[place]) for line in data.lines))
        for place, session in enumerate(data.sessions)
    )
    sums = (Cell(sum(line.marks.count(status) for line in data.lines)) for status in Status)
    return Cell(""), label, Cell(""), *present, *sums


def _there(mark: Status | None) -> bool:
    return mark is not None and _AT_THE_SESSION.counts(mark) is Counts.PRESENT
