"""What the schedule of a class shows: its sessions, the modules they may teach, the days that are closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.keys import ClassKey
from app.domain.programme import Module
from app.errors import NotFound
from app.queries import classes, holidays, programmes
from app.queries.classes import ClassRow, SessionRow


@dataclass(frozen=True, slots=True)
class ScheduleBoard:
    """A class with its sessions in order of day and time; `holidays` as `calendar.holiday` takes them.

    `modules` is empty where headquarters' publication has not come yet.
    """

    head: ClassRow
    sessions: tuple[SessionRow, ...]
    modules: tuple[Module, ...]
    holidays: Mapping[date, str | None]

    def title_of(self, module: str | None) -> str:
        """The title of a module; its code where it is not known, empty for none."""
        if not module:
            return ""
        return next((known.title for known in self.modules if known.code == module), module)


def of(session: Session, key: ClassKey) -> ScheduleBoard:
    """The board of a class; NotFound("class-unknown")."""
    head = classes.head(session, key)
    try:
        modules = programmes.programme(session, head.programme, head.version).modules
    except NotFound:  # the class came before its programme; its plan can be shown all the same
        modules = ()
    rows = sorted(classes.sessions(session, key), key=lambda s: (s.day or date.max, s.starts or 0, s.number))
    return ScheduleBoard(head, tuple(rows), modules, holidays.overrides(session))
