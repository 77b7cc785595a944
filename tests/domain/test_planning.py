"""Plans of sessions: working days only, holidays named, training hours, modules spread in their order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import calendar, planning
from app.domain.ids import ModuleCode
from app.domain.planning import Planned, Skipped, Slot
from app.domain.programme import Module
from app.errors import Refused

FIRST = date(2026, 12, 21)
"""A Monday; Thursday the 24th is cuti bersama, Friday the 25th Natal."""
MORNING, NOON = Slot(510, 690, 4), Slot(780, 960, 4)
FIRSTS = st.dates(date(2026, 1, 1), date(2027, 6, 30))
SLOTS = st.lists(
    st.tuples(st.integers(0, 1_380), st.integers(1, 60), st.integers(1, 24)).map(
        lambda t: Slot(t[0], t[0] + t[1], t[2])
    ),
    min_size=1,
    max_size=4,
)
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)
MODULES = st.lists(st.integers(0, 12), max_size=8).map(
    lambda hours: [_module(n, jp) for n, jp in enumerate(hours, 1)]
)


def _module(n: int, jp: int) -> Module:
    return Module(ModuleCode(f"M-{n}"), f"Modul {n}", jp, None, True, None, n)


def test_holidays_are_passed_over_and_named() -> None:
    made = planning.plan(FIRST, 8, [MORNING, NOON])
    assert sorted({session.day.day for session in made.sessions}) == [21, 22, 23, 28]
    assert [skip.day.day for skip in made.skipped] == [24, 25]
    assert "Natal" in made.skipped[1].holiday
    assert [(s.starts, s.ends, s.jp) for s in made.sessions[:2]] == [(510, 690, 4), (780, 960, 4)]


def test_headquarters_word_on_a_day_holds() -> None:
    overrides = {date(2026, 12, 24): None, date(2026, 12, 22): "Hari jadi balai"}
    made = planning.plan(FIRST, 3, [MORNING], overrides=overrides)
    assert [session.day.day for session in made.sessions] == [21, 23, 24]
    assert made.skipped == (Skipped(date(2026, 12, 22), "Hari jadi balai"),)


def test_each_session_gets_the_module_it_falls_into() -> None:
    modules = [_module(1, 4), _module(2, 6), _module(3, 2)]
    assert planning.spread(modules, [4, 4, 4]) == ("M-1", "M-2", "M-2")
    assert planning.spread(modules, [4, 6, 2, 4]) == ("M-1", "M-2", "M-3", "M-3")
    assert planning.spread(modules, [12, 1]) == ("M-1", "M-3")
    assert planning.spread([], [4]) == (None,)


def test_a_further_plan_goes_on_in_the_programme() -> None:
    modules = [_module(n, 4) for n in range(1, 5)]
    made = planning.plan(FIRST, 2, [MORNING], modules=modules, before=[4, 4])
    assert [session.module for session in made.sessions] == ["M-3", "M-4"]


@pytest.mark.parametrize(("minutes", "jp"), [(180, 4), (45, 1), (44, 1), (89, 1), (90, 2)])
def test_training_hours_are_those_that_fit(minutes: int, jp: int) -> None:
    assert planning.jp_of(480, 480 + minutes) == jp


def test_an_hour_of_sixty_minutes_is_a_setting() -> None:
    assert planning.jp_of(480, 660, 60) == 3


@pytest.mark.parametrize(
    ("count", "slots", "weekdays", "code"),
    [
        (0, [MORNING], {0}, "schedule-count"),
        (401, [MORNING], {0}, "schedule-count"),
        (1, [], {0}, "schedule-count"),
        (1, [MORNING], set(), "schedule-weekdays"),
        (1, [Slot(600, 600, 1)], {0}, "session-times"),
        (1, [Slot(600, 700, 25)], {0}, "session-jp"),
    ],
)
def test_an_impossible_plan_is_refused(count: int, slots: list[Slot], weekdays: set[int], code: str) -> None:
    with pytest.raises(Refused, match=code):
        planning.plan(FIRST, count, slots, weekdays)


@given(FIRSTS, st.integers(1, 60), SLOTS, WEEKDAYS)
def test_a_plan_has_every_session_in_order_on_open_days_only(
    first: date, count: int, slots: list[Slot], weekdays: frozenset[int]
) -> None:
    made = planning.plan(first, count, slots, weekdays)
    assert len(made.sessions) == count
    for at, session in enumerate(made.sessions):
        assert session.day >= first and session.day.weekday() in weekdays
        assert calendar.holiday(session.day) is None
        slot = slots[at % len(slots)]
        assert (session.starts, session.ends, session.jp) == (slot.starts, slot.ends, slot.jp)
    assert all(a.day <= b.day for a, b in pairwise(made.sessions))


@given(FIRSTS, st.integers(1, 60), SLOTS, WEEKDAYS)
def test_between_first_and_last_every_day_of_the_week_is_taught_on_or_named(
    first: date, count: int, slots: list[Slot], weekdays: frozenset[int]
) -> None:
    made = planning.plan(first, count, slots, weekdays)
    assert _days(made) | {skip.day for skip in made.skipped} == {
        day
        for n in range((made.sessions[-1].day - first).days + 1)
        if (day := first + timedelta(days=n)).weekday() in weekdays
    }
    assert _days(made).isdisjoint(skip.day for skip in made.skipped)
    assert all(skip.holiday for skip in made.skipped)


@given(MODULES, st.lists(st.integers(1, 8), max_size=40))
def test_modules_come_in_order_each_when_its_hours_begin(modules: list[Module], hours: list[int]) -> None:
    taught = planning.spread(modules, hours)
    assert len(taught) == len(hours)
    if not modules:
        assert set(taught) <= {None}
        return
    places = [[module.code for module in modules].index(code) for code in taught if code is not None]
    assert places == sorted(places) and len(places) == len(hours)
    for at, place in enumerate(places):
        done = sum(hours[:at])
        assert sum(module.jp for module in modules[:place]) <= done
        assert place == len(modules) - 1 or done < sum(module.jp for module in modules[: place + 1])


@given(MODULES, st.lists(st.integers(1, 8), max_size=20), st.lists(st.integers(1, 8), max_size=20))
def test_spreading_on_is_spreading_at_once(
    modules: list[Module], before: list[int], hours: list[int]
) -> None:
    assert planning.spread(modules, [*before, *hours])[: len(before)] == planning.spread(modules, before)


def _days(made: Planned) -> set[date]:
    return {session.day for session in made.sessions}
