"""Planning the sessions of a class: working days from a first one on, holidays named, modules in order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain import calendar
from app.domain.ids import ModuleCode
from app.domain.programme import Module
from app.domain.timetable import SessionPlan

MINUTES_PER_JP = 45
"""At Kemnaker; other houses count 60."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of the day at which a session is held; minutes since midnight, training hours."""

    starts: int
    ends: int
    jp: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day on which there would have been sessions, were it not a holiday."""

    day: date
    holiday: str


@dataclass(frozen=True, slots=True)
class Planned:
    """The sessions, in order, and the holidays that were passed over between the first and the last."""

    sessions: tuple[SessionPlan, ...]
    skipped: tuple[Skipped, ...]


def jp_of(starts: int, ends: int, minutes: int = MINUTES_PER_JP) -> int:
    """The training hours that fit between two times, at least one."""
    return max(1, (ends - starts) // minutes)


def plan(
    first: date,
    count: int,
    slots: Sequence[Slot],
    weekdays: Collection[int] = calendar.WEEKDAYS,
    overrides: Mapping[date, str | None] | None = None,
    modules: Sequence[Module] = (),
    before: Sequence[int] = (),
) -> Planned:
    """`count` sessions from `first` on, one in each of the day's `slots`, on `weekdays` (Monday 0).

    With `modules` each session gets the one whose training hours it falls into, after sessions of `before`
    hours each. Raises as `calendar.schedule` and `SessionPlan.checked` do.
    """
    days = calendar.schedule(first, count, weekdays, len(slots), overrides)
    sessions = []
    for at, planned in enumerate(days):
        slot = slots[at % len(slots)]
        sessions.append(SessionPlan(planned.day, slot.starts, slot.ends, slot.jp).checked())
    taught = spread(modules, [*before, *(session.jp for session in sessions)])[len(before) :]
    return Planned(
        tuple(replace(session, module=code) for session, code in zip(sessions, taught, strict=True)),
        skipped(first, days[-1].day, weekdays, overrides),
    )


def skipped(
    first: date,
    last: date,
    weekdays: Collection[int] = calendar.WEEKDAYS,
    overrides: Mapping[date, str | None] | None = None,
) -> tuple[Skipped, ...]:
    """The holidays on these weekdays from `first` to `last`, both included."""
    found = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        name = calendar.holiday(day, overrides) if day.weekday() in weekdays else None
        if name is not None:
            found.append(Skipped(day, name))
    return tuple(found)


def spread(modules: Sequence[Module], hours: Sequence[int]) -> tuple[ModuleCode | None, ...]:
    """For each session, by its hours, the module that is under way when it begins; the last one goes on."""
    if not modules:
        return (None,) * len(hours)
    taught: list[ModuleCode | None] = []
    at, left = 0, modules[0].jp
    for jp in hours:
        while left <= 0 and at + 1 < len(modules):
            at += 1
            left += modules[at].jp
        taught.append(modules[at].code)
        left -= jp
    return tuple(taught)
