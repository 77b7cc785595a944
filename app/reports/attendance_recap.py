"""The attendance summary (rekap kehadiran): how often each person was there, and the rate."""

from __future__ import annotations

from fractions import Fraction

from app.domain.attendance import WHOLE, Status, percent
from app.reports.rows import Attendance, AttendanceLine
from app.reports.sheet import Cell, Column, Kind, Part, Sheet, Tone, checked, class_facts, masked, written
from app.reports.words import word

_WORDS = ("report-present", "report-late", "report-excused", "report-sick", "report-absent")


def sheet(data: Attendance) -> Sheet:
    """One line a person; sessions that did not happen count for nobody."""
    language = data.head.language
    columns = _columns(data)
    legend = [word("report-legend-rate", language)]
    if data.minimum is not None:
        legend.append(word("report-legend-minimum", language, minimum=written(data.minimum, language)))
    return Sheet(
        title=word("report-attendance-recap", language),
        head=data.head,
        facts=class_facts(data.head),
        columns=columns,
        rows=checked([_row(line, data.minimum) for line in data.lines], columns),
        foot=checked([_foot(data)], columns)[0],
        legend=tuple(legend),
    )


def _columns(data: Attendance) -> tuple[Column, ...]:
    language = data.head.language

    def count(code: str) -> Column:
        return Column(word(code, language), 15, 21, align="right", part=Part.BODY, kind=Kind.COUNT)

    return (
        Column(word("report-number", language), 9, 9, align="right", kind=Kind.COUNT),
        Column(word("report-name", language), 55, 120),
        Column(word("report-nik", language), 17, 20),
        count("report-held"),
        *(count(code) for code in _WORDS),
        count("report-unmarked"),
        Column(word("report-rate", language), 22, 26, align="right", part=Part.TAIL, kind=Kind.PERCENT),
    )


def _row(line: AttendanceLine, minimum: int | None) -> tuple[Cell, ...]:
    counted, rate = line.tally, line.tally.rate
    below = rate is not None and minimum is not None and rate * WHOLE < minimum
    counts = [*(line.marks.count(status) for status in Status), counted.unmarked]
    return (
        Cell(line.number),
        Cell(line.name, Tone.STRONG),
        Cell(masked(line.nik), Tone.QUIET),
        Cell(counted.held),
        *(Cell(count, Tone.PLAIN if count else Tone.QUIET) for count in counts),
        Cell(
            None if rate is None else percent(rate),
            Tone.ABSENT if below else Tone.STRONG,
            mark="!" if below else "",
        ),
    )


def _foot(data: Attendance) -> tuple[Cell, ...]:
    """Sums, and the rate of the class: present among all that count, each mark alike."""
    present = sum(line.tally.present for line in data.lines)
    counted = present + sum(line.tally.absent for line in data.lines)
    return (
        Cell(),
        Cell(word("report-sum", data.head.language)),
        Cell(""),
        Cell(sum(line.tally.held for line in data.lines)),
        *(Cell(sum(line.marks.count(status) for line in data.lines)) for status in Status),
        Cell(sum(line.tally.unmarked for line in data.lines)),
        Cell(percent(Fraction(present, counted)) if counted else None),
    )
