"""The list of classes as the window shows it: which are going on, how they are attended, what is special."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.attendance import SessionState
from app.domain.completion import Outcome
from app.domain.ids import SessionNumber
from app.domain.keys import ClassKey
from app.queries import attendance_rates, classes, waiting
from app.queries.classes import ClassRow, SessionRow
from app.queries.waiting import Wait
from app.storage import tables


class Stage(StrEnum):
    """Where a class stands on a day. One that is over and still has something waiting is running."""

    RUNNING = "running"
    UPCOMING = "upcoming"
    FINISHED = "finished"


class Remark(StrEnum):
    """What is said of a class in the list; the first one that holds."""

    NOW = "now"
    NOBODY = "nobody"
    NO_SCHEDULE = "no-schedule"
    ABSENCE = "absence"
    OVERDUE = "overdue"
    CERTIFICATES = "certificates"
    TODAY = "today"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in the list.

    `rate` is its attendance so far in hundredths of a percent, None before anything counts. `n` counts what
    the remark is about: people, sessions, days until it begins. `session` is today's to open: the one under
    way, else the next, else the last.
    """

    head: ClassRow
    stage: Stage
    rate: int | None = None
    remark: Remark | None = None
    n: int = 0
    session: SessionNumber | None = None


@dataclass(frozen=True, slots=True)
class ClassBoard:
    """The classes, those that began last first; `graduates` counts who passed in the finished ones."""

    lines: tuple[ClassLine, ...]
    graduates: int

    def at(self, stage: Stage) -> list[ClassLine]:
        """The classes at a stage; those still to come in the order in which they begin."""
        found = [line for line in self.lines if line.stage is stage]
        return list(reversed(found)) if stage is Stage.UPCOMING else found


def quick(session: Session, centre: int, day: date) -> ClassBoard:
    """The list without what takes long to find out."""
    lines = tuple(ClassLine(head, _stage(head, day, False)) for head in classes.listed(session, centre))
    return ClassBoard(lines, _graduates(session, lines))


def of(session: Session, centre: int, day: date, minute: int) -> ClassBoard:
    """The whole list on a day, at a minute since the site's midnight."""
    waits = _waits(session, centre, day)
    heads = classes.listed(session, centre)
    rates = attendance_rates.of_classes(session, centre, heads)
    lines = []
    for head in heads:
        line = ClassLine(head, _stage(head, day, head.key in waits), rates.get(head.key))
        lines.append(_told(session, line, day, minute, waits.get(head.key)))
    return ClassBoard(tuple(lines), _graduates(session, lines))


def _waits(session: Session, centre: int, day: date) -> dict[ClassKey, tuple[Wait, int]]:
    """The most pressing thing that waits in each class."""
    found: dict[ClassKey, tuple[Wait, int]] = {}
    for one in waiting.of_classes(session, centre, day):
        if one.head is not None and one.kind in (Wait.ABSENCE, Wait.CERTIFICATES):
            found.setdefault(one.head.key, (one.kind, one.n))
    return found


def _stage(head: ClassRow, day: date, waits: bool) -> Stage:
    if head.first_day is not None and head.first_day > day:
        return Stage.UPCOMING
    over = head.last_day is not None and head.last_day < day
    return Stage.FINISHED if over and not waits else Stage.RUNNING


def _told(
    session: Session, line: ClassLine, day: date, minute: int, waits: tuple[Wait, int] | None
) -> ClassLine:
    """With what is special about a class that is not over."""
    if line.stage is Stage.FINISHED:
        return line
    rows = classes.sessions(session, line.head.key)
    remark, n = _remark(line.head, rows, day, minute, waits)
    return replace(line, remark=remark, n=n, session=_session_to_open(rows, day, minute))


def _remark(
    head: ClassRow, rows: Sequence[SessionRow], day: date, minute: int, waits: tuple[Wait, int] | None
) -> tuple[Remark | None, int]:
    today = [row for row in rows if row.day == day and row.state is not SessionState.NOT_HELD]
    if any((row.starts or 0) <= minute < (row.ends or 0) for row in today):
        return Remark.NOW, 0
    if not head.enrolled:
        return Remark.NOBODY, 0
    if not head.planned:
        return Remark.NO_SCHEDULE, 0
    if waits is not None and waits[0] is Wait.ABSENCE:
        return Remark.ABSENCE, waits[1]
    overdue = sum(row.day is not None and row.day < day and _is_open(row) for row in rows)
    if overdue:
        return Remark.OVERDUE, overdue
    if waits is not None:
        return Remark.CERTIFICATES, waits[1]
    return _beginning(head, day)


def _beginning(head: ClassRow, day: date) -> tuple[Remark | None, int]:
    days = -1 if head.first_day is None else (head.first_day - day).days
    if days > 0:
        return Remark.SOON, days
    return (Remark.TODAY if days == 0 else None), 0


def _is_open(row: SessionRow) -> bool:
    return row.state is SessionState.PLANNED or (row.state is SessionState.HELD and not row.marks)


def _session_to_open(rows: Sequence[SessionRow], day: date, minute: int) -> SessionNumber | None:
    today = [row for row in rows if row.day == day and row.state is not SessionState.NOT_HELD]
    today.sort(key=lambda row: row.starts or 0)
    ahead = [row for row in today if minute < (row.ends or 0)]
    found = (ahead or today[-1:])[:1]
    return found[0].number if found else None


def _graduates(session: Session, lines: Sequence[ClassLine]) -> int:
    finished = {line.head.key for line in lines if line.stage is Stage.FINISHED}
    row = tables.Decision
    query = select(row.centre, row.class_code, func.count())
    query = query.where(row.outcome == Outcome.PASSED, row.gone.is_not(True))
    counted = session.execute(query.group_by(row.centre, row.class_code))
    return sum(n for centre, code, n in counted if (centre, code) in finished)
