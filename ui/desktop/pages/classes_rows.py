"""The lines of the list of classes: what each column says of a class, and which classes a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.queries.class_board import ClassLine, Remark
from app.queries.classes import ClassRow
from ui.desktop.tokens import Hue, Tone
from ui.desktop.widgets.cells import Arrow, Barred, Cell, Chipped, Plain, TwoLines
from ui.desktop.widgets.chips import ChipLook
from ui.desktop.widgets.rows import Column, Edge
from ui.desktop.wording import Day, Text, words

ROW = 58
_NONE = "–"
_LOOKS = {
    Remark.NOW: ("classes-now", Hue.BLUE),
    Remark.NOBODY: ("classes-nobody", Hue.AMBER),
    Remark.NO_SCHEDULE: ("classes-no-schedule", Hue.AMBER),
    Remark.ABSENCE: ("today-absences", Hue.AMBER),
    Remark.OVERDUE: ("classes-overdue", Hue.AMBER),
    Remark.CERTIFICATES: ("today-certificates", Hue.BLUE),
    Remark.TODAY: ("today-begins", Hue.GREY),
    Remark.SOON: ("classes-soon", Hue.GREY),
}


def columns() -> list[Column[ClassLine]]:
    """Class, intake, days, people, sessions, attendance, what is special."""
    return [
        Column(words("classes-class"), _named, share=2, least=210),
        Column(words("classes-intake"), lambda line: line.head.intake, least=84),
        Column(words("classes-days"), lambda line: period(line.head.first_day, line.head.last_day)),
        Column(words("classes-people"), lambda line: str(line.head.enrolled), edge=Edge.RIGHT),
        Column(words("classes-sessions"), _sessions),
        Column(words("classes-rate"), _rate, edge=Edge.RIGHT),
        Column(words("classes-remark"), _remark, share=1),
        Column("", lambda _: Arrow()),
    ]


def matching(lines: Sequence[ClassLine], typed: str) -> list[ClassLine]:
    """The classes in whose title, code, intake, room or programme every typed word stands."""
    wanted = typed.casefold().split()
    return [line for line in lines if all(word in _searched(line.head) for word in wanted)]


def period(first: date | None, last: date | None) -> Text:
    """20–26 Nov 2026: month and year once where they are the same; a dash where nothing is known."""
    if first is None or last is None:
        return _NONE if first is None else Day(first, "d MMM yyyy")
    if first == last:
        return Day(first, "d MMM yyyy")
    pattern = "d MMM yyyy"
    if first.year == last.year:
        pattern = "d" if first.month == last.month else "d MMM"
    return words("classes-period", first=Day(first, pattern), last=Day(last, "d MMM yyyy"))


def _named(line: ClassLine) -> Cell:
    head = line.head
    return TwoLines(head.title, f"{head.key.code}, {head.room}" if head.room else head.key.code)


def _sessions(line: ClassLine) -> Cell:
    head = line.head
    if not head.planned:
        return Barred(0, 0, words("classes-unplanned"))
    return Barred(head.held, head.planned, words("today-progress", n=head.held, of=head.planned))


def _rate(line: ClassLine) -> Cell:
    if line.rate is None:
        return Plain(_NONE, Tone.INK2, edge=Edge.RIGHT.value)
    return Plain(words("classes-percent", rate=line.rate // 100), edge=Edge.RIGHT.value)


def _remark(line: ClassLine) -> Cell:
    if line.remark is None:
        return Plain("")
    code, hue = _LOOKS[line.remark]
    return Chipped((ChipLook(words(code, n=line.n), hue),))


def _searched(head: ClassRow) -> str:
    return " ".join((head.title, head.key.code, head.intake, head.room, head.programme)).casefold()
