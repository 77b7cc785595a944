"""The lines of a class's schedule: its sessions, and under them those that a plan would add."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain import calendar
from app.domain.attendance import SessionState
from app.domain.ids import SessionNumber
from app.domain.planning import Planned
from app.queries.classes import SessionRow
from app.queries.schedule_board import ScheduleBoard
from ui.desktop.tokens import Hue, Tone
from ui.desktop.widgets.cells import Cell, Chipped, Plain
from ui.desktop.widgets.chips import ChipLook
from ui.desktop.widgets.rows import Column, Edge, Group
from ui.desktop.wording import Day, Text, clock, words

ROW = 36


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A session, planned already or about to be (`session` is None then)."""

    key: Hashable
    number: str
    day: Text
    times: str
    jp: str
    taught: str
    state: Cell
    session: SessionRow | None = None


def columns() -> list[Column[ScheduleRow]]:
    """Number, day, times, training hours, what is taught, where it stands."""
    return [
        Column(
            words("roll-number"),
            lambda r: Plain(r.number, Tone.INK2, edge=Edge.RIGHT.value),
            edge=Edge.RIGHT,
            least=44,
        ),
        Column(words("schedule-day"), lambda r: Plain(r.day, lead=True), least=136),
        Column(words("schedule-times"), lambda r: Plain(r.times), least=96),
        Column(words("schedule-jp"), lambda r: Plain(r.jp, edge=Edge.RIGHT.value), edge=Edge.RIGHT),
        Column(words("schedule-taught"), lambda r: Plain(r.taught), share=3, least=110),
        Column(words("schedule-state"), lambda r: r.state, share=2, least=196),
    ]


def entries(board: ScheduleBoard, today: date, plan: Planned | None) -> list[ScheduleRow | Group]:
    """The sessions in their order; with a plan what it would add, under a head of its own."""
    found: list[ScheduleRow | Group] = [_row(board, session, today) for session in board.sessions]
    if plan is not None:
        n = len(plan.sessions)
        found.append(Group(words("schedule-planning"), ChipLook(words("schedule-sessions", n=n), Hue.BLUE)))
        found += [
            ScheduleRow(
                f"plan-{at}",
                "+",
                Day(one.day, "ddd, d MMM yyyy"),
                times(one.starts, one.ends),
                str(one.jp),
                board.title_of(one.module),
                Chipped((ChipLook(words("schedule-new"), open=True),)),
            )
            for at, one in enumerate(plan.sessions)
        ]
    return found


def times(starts: int | None, ends: int | None) -> str:
    """08.30–11.30, or a dash where none are planned."""
    return "–" if starts is None or ends is None else f"{clock(starts)}–{clock(ends)}"


def taught(board: ScheduleBoard, session: SessionRow) -> str:
    """The module's title and the topic, as far as they are planned."""
    return ", ".join(part for part in (board.title_of(session.module), session.topic or "") if part)


def chip(session: SessionRow, today: date) -> ChipLook:
    """Where a session stands; only what is to be looked at has a colour."""
    if session.state is SessionState.NOT_HELD:
        return ChipLook(words("today-not-held"), Hue.AMBER)
    if session.state is SessionState.HELD and session.marks:
        return ChipLook(words("today-final"), Hue.GREEN)
    if session.state is SessionState.HELD or (session.day is not None and session.day < today):
        return ChipLook(words("schedule-open"), Hue.AMBER)
    if session.day == today:
        return ChipLook(words("schedule-today"), Hue.BLUE)
    return ChipLook(words("schedule-ahead"))


def notes(board: ScheduleBoard, session: SessionRow) -> list[Text]:
    """What else is to be said of a session: why not held, what it stands in for, that it is on a holiday."""
    found: list[Text] = [session.reason] if session.reason else []
    if session.make_up_of is not None:
        found.append(words("schedule-make-up-of", number=session.make_up_of))
    made_up = next((s.number for s in board.sessions if s.make_up_of == session.number), None)
    if made_up is not None:
        found.append(words("schedule-made-up", number=made_up))
    holiday = board.closed.get(session.day) if session.day is not None else None
    if holiday:
        found.append(words("schedule-holiday", holiday=holiday))
    return found


def joined(parts: Sequence[Text], code: str = "schedule-then") -> Text:
    """Several things said as one, put together by the words of `code`."""
    said: Text = parts[0] if parts else ""
    for part in parts[1:]:
        said = words(code, first=said, second=part)
    return said


def total(board: ScheduleBoard) -> Text:
    """10 pertemuan, 40 dari 40 JP program."""
    planned, of = board.planned_jp, board.programme_jp
    return words("schedule-total-of" if of else "schedule-total", n=board.head.planned, jp=planned, of=of)


def next_day(board: ScheduleBoard, today: date) -> date:
    """The first weekday after the last session, from today on; without any, the first day of the class."""
    days = [session.day for session in board.sessions if session.day is not None]
    if not days:
        return board.head.first_day or today
    found = max(today, max(days) + timedelta(days=1))
    return next(day for n in range(7) if (day := found + timedelta(days=n)).weekday() in calendar.WEEKDAYS)


def first_open(sessions: Sequence[SessionRow], today: date) -> SessionNumber | None:
    """The session one most likely wants: the first from today on that is not final, else the last."""
    ahead = [s.number for s in sessions if s.day is not None and s.day >= today and not _is_final(s)]
    return next(iter([*ahead, *(s.number for s in sessions[-1:])]), None)


def _is_final(session: SessionRow) -> bool:
    done = session.state is SessionState.HELD and session.marks > 0
    return done or session.state is SessionState.NOT_HELD


def _row(board: ScheduleBoard, session: SessionRow, today: date) -> ScheduleRow:
    state = Chipped((chip(session, today),), joined(notes(board, session)))
    if session.state is SessionState.PLANNED and session.drafts:
        state = Chipped((chip(session, today),), words("schedule-drafts", n=session.drafts))
    return ScheduleRow(
        session.number,
        str(session.number),
        "–" if session.day is None else Day(session.day, "ddd, d MMM yyyy"),
        times(session.starts, session.ends),
        str(session.jp),
        taught(board, session),
        state,
        session,
    )
