"""The day of somebody who teaches: sessions today and tomorrow, what waits for them, how their classes go."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.domain.attendance import SessionState, Status
from app.domain.ids import CentreCode, ClassCode
from app.domain.keys import ClassKey
from app.errors import NotFound
from app.journal.registry import BY_NAME
from app.queries import classes, programmes, standing
from app.queries.authorship import instant
from app.queries.classes import ClassRow, SessionRow
from app.storage import tables
from app.storage.heads import packed_row


@dataclass(frozen=True, slots=True)
class DaySession:
    """A session of a class. `module` is (number in the programme, title). `counts` are the marks on record;
    `finalised` the UTC instant since when it counts as held, None before.
    """

    head: ClassRow
    session: SessionRow
    module: tuple[int, str] | None
    counts: Mapping[Status, int]
    finalised: datetime | None

    @property
    def final(self) -> bool:
        """Whether its roll call is done, or not needed since it did not happen."""
        if self.session.state is SessionState.NOT_HELD:
            return True
        return self.session.state is SessionState.HELD and self.session.marks > 0


@dataclass(frozen=True, slots=True)
class Today:
    """`overdue` are sessions of days before that nobody has finalised, the oldest first; `running` the
    classes that have begun or begin today and are not over. `anything` is False on an empty database.
    """

    day: date
    sessions: tuple[DaySession, ...]
    tomorrow: tuple[DaySession, ...]
    overdue: tuple[DaySession, ...]
    running: tuple[ClassRow, ...]
    anything: bool


def today(session: Session, centre: int, day: date, person: bytes | None = None) -> Today:
    """The centre's day, or that of a person who teaches there."""
    everything = classes.listed(session, centre)
    mine = taught_by(everything, person)
    open_still = _open(session, centre, day)
    near = [_of_class(session, head, day) for head in mine if _near(head, day) and head.key in open_still]
    found = sorted((s for sessions in near for s in sessions), key=_when)
    return Today(
        day=day,
        sessions=tuple(s for s in found if s.session.day == day),
        tomorrow=tuple(s for s in found if s.session.day == day + timedelta(days=1)),
        overdue=tuple(s for s in found if s.session.day is not None and s.session.day < day),
        running=tuple(head for head in mine if _running(head, day)),
        anything=bool(everything),
    )


def taught_by(heads: Sequence[ClassRow], person: bytes | None) -> list[ClassRow]:
    """The classes that concern a person: theirs and those nobody is named for; all, where none is theirs."""
    if person is None or not any(person in head.instructors for head in heads):
        return list(heads)
    return [head for head in heads if person in head.instructors or not head.instructors]


def _open(session: Session, centre: int, day: date) -> set[ClassKey]:
    """The classes with sessions that concern the day, found at one go: a centre has hundreds of classes."""
    row, mark = tables.Session, tables.Mark
    marked = exists().where(
        mark.centre == row.centre, mark.class_code == row.class_code, mark.number == row.number
    )
    done = or_(
        row.state == SessionState.NOT_HELD,
        and_(row.state == SessionState.HELD, marked.where(mark.status.is_not(None))),
    )
    query = select(row.class_code).where(row.centre == centre, row.gone.is_not(True))
    query = query.where(row.day <= day + timedelta(days=1), or_(row.day >= day, done.is_not(True)))
    return {ClassKey(CentreCode(centre), ClassCode(code)) for code in session.scalars(query.distinct())}


def _of_class(session: Session, head: ClassRow, day: date) -> list[DaySession]:
    """Its sessions of the day and the next one, and those before that are not finalised."""
    wanted = [row for row in classes.sessions(session, head.key) if _wanted(row, day)]
    modules = _modules(session, head) if any(row.module for row in wanted) else {}
    counts = _counts(session, head.key, [row.number for row in wanted if row.marks])
    since = _finalised(session, head.key, [row.number for row in wanted if row.state is SessionState.HELD])
    return [
        DaySession(
            head, row, modules.get(row.module or ""), counts.get(row.number, Counter()), since.get(row.number)
        )
        for row in wanted
    ]


def _wanted(row: SessionRow, day: date) -> bool:
    if row.day is None:
        return False
    open_still = row.state is SessionState.PLANNED or (row.state is SessionState.HELD and not row.marks)
    return day <= row.day <= day + timedelta(days=1) or (row.day < day and open_still)


def _near(head: ClassRow, day: date) -> bool:
    """Whether the class may have sessions that concern the day; plans may go beyond its period."""
    return head.first_day is None or head.first_day <= day + timedelta(days=1)


def _running(head: ClassRow, day: date) -> bool:
    begun = head.first_day is None or head.first_day <= day
    return begun and (head.last_day is None or head.last_day >= day)


def _modules(session: Session, head: ClassRow) -> dict[str, tuple[int, str]]:
    try:
        found = programmes.programme(session, head.programme, head.version)
    except NotFound:  # headquarters' publication has not come yet; the session goes without its module
        return {}
    return {module.code: (module.order, module.title) for module in found.modules}


def _counts(session: Session, key: ClassKey, numbers: Sequence[int]) -> dict[int, Counter[Status]]:
    row = tables.Mark
    query = select(row.number, row.status, func.count()).where(
        row.centre == key.centre, row.class_code == key.code, row.number.in_(numbers), row.gone.is_not(True)
    )
    counted: dict[int, Counter[Status]] = defaultdict(Counter)
    for number, status, n in session.execute(query.group_by(row.number, row.status)) if numbers else ():
        if status in list(Status):
            counted[number][Status(status)] = n
    return counted


def _finalised(session: Session, key: ClassKey, numbers: Sequence[int]) -> dict[int, datetime | None]:
    """Since when they count as held: the clock of the change that says so."""
    entity = BY_NAME["session"]
    rows = {packed_row(entity.number, (*key, number)): number for number in numbers}
    part = entity.named("held").number
    heads = standing.of_rows(session, rows, part)
    return {rows[row]: instant(found[0].wall) for (row, _), found in heads.items()}


def _when(of: DaySession) -> tuple[date, int, str, int]:
    row = of.session
    return row.day or date.max, row.starts or 0, of.head.key.code, row.number
