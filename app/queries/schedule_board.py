"""What the schedule of a class shows: its sessions, the modules they may teach, the days that are closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain import calendar, planning
from app.domain.attendance import SessionState
from app.domain.keys import ClassKey
from app.domain.planning import Planned, Slot
from app.domain.programme import Module
from app.errors import NotFound
from app.queries import classes, holidays, programmes
from app.queries.classes import ClassRow, SessionRow


@dataclass(frozen=True, slots=True)
class ScheduleBoard:
    """A class with its sessions in order of day and time; `closed` names the holidays among their days.

    `modules` is empty where headquarters' publication has not come yet; `jp_minutes` are its minutes in a
    training hour.
    """

    head: ClassRow
    sessions: tuple[SessionRow, ...]
    modules: tuple[Module, ...]
    closed: Mapping[date, str]
    jp_minutes: int = planning.MINUTES_PER_JP

    @property
    def planned_jp(self) -> int:
        """The training hours of the sessions that are planned or were held; make-ups add none."""
        return sum(_hours(self.sessions))

    @property
    def programme_jp(self) -> int:
        """The training hours of all modules."""
        return sum(module.jp for module in self.modules)

    def title_of(self, module: str | None) -> str:
        """The title of a module; its code where it is not known, empty for none."""
        if not module:
            return ""
        return next((known.title for known in self.modules if known.code == module), module)


def of(session: Session, key: ClassKey) -> ScheduleBoard:
    """The board of a class; NotFound("class-unknown")."""
    head = classes.head(session, key)
    rows = _in_order(classes.sessions(session, key))
    overrides = holidays.overrides(session)
    days = {row.day for row in rows if row.day is not None}
    closed = {day: name for day in days if (name := calendar.holiday(day, overrides)) is not None}
    modules, minutes = _taught(session, head)
    return ScheduleBoard(head, rows, modules, closed, minutes)


def preview(
    session: Session,
    key: ClassKey,
    first: date,
    count: int,
    times: Sequence[tuple[int, int]],
    weekdays: Collection[int],
    with_modules: bool,
) -> Planned:
    """What planning `count` further sessions would make, with the holidays that would be passed over.

    `times` are those of one day, in minutes since midnight. `with_modules` goes on in the programme where
    the sessions there are leave off. Raises as `planning.plan`.
    """
    head = classes.head(session, key)
    modules, minutes = _taught(session, head)
    slots = [Slot(starts, ends, planning.jp_of(starts, ends, minutes)) for starts, ends in times]
    before = _hours(_in_order(classes.sessions(session, key)))
    return planning.plan(
        first, count, slots, weekdays, holidays.overrides(session), modules if with_modules else (), before
    )


def holiday(session: Session, day: date) -> str | None:
    """The name of the holiday on this day, by the official list and headquarters' word; None on others."""
    return calendar.holiday(day, holidays.overrides(session))


def _in_order(rows: Sequence[SessionRow]) -> tuple[SessionRow, ...]:
    return tuple(sorted(rows, key=lambda s: (s.day or date.max, s.starts or 0, s.number)))


def _hours(rows: Sequence[SessionRow]) -> list[int]:
    """The training hours of each session that teaches something new."""
    return [row.jp for row in rows if row.make_up_of is None and row.state is not SessionState.NOT_HELD]


def _taught(session: Session, head: ClassRow) -> tuple[tuple[Module, ...], int]:
    try:
        found = programmes.programme(session, head.programme, head.version)
    except NotFound:  # the class came before its programme; its plan can be shown all the same
        return (), planning.MINUTES_PER_JP
    return found.modules, found.rule.jp_minutes
