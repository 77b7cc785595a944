"""Days as people type them: every usual way of writing one, the year that is near, and what is no day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import calendar, typed_days
from app.errors import Refused

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "24-11-2026", "24/11/2026", "24.11.2026", "24 11 2026", "2026-11-24", "24-11-26", "24/11", "24-11",
        "24 November 2026", "24 Nov 2026", "24 nov", "24 NOPEMBER 2026", "24nov2026", "  24   November  ",
        "Selasa, 24 November 2026", "selasa 24/11", "Tuesday, 24 November 2026", "24 Nov. 2026",
    ],
)  # fmt: skip
def test_every_usual_way_of_writing_a_day_is_read(typed: str) -> None:
    assert typed_days.parse(typed, TODAY) == TODAY


@pytest.mark.parametrize(
    ("typed", "month"),
    [("1 Mei", 5), ("1 may", 5), ("1 Agustus", 8), ("1 Ags", 8), ("1 August", 8), ("1 Peb", 2), ("1 des", 12),
     ("1 dec", 12), ("1 Okt", 10), ("1 october", 10), ("1 Juni", 6), ("1 juli", 7)],
)  # fmt: skip
def test_months_are_known_in_both_languages(typed: str, month: int) -> None:
    assert typed_days.parse(typed, date(2026, 6, 1)).month == month


@pytest.mark.parametrize(
    "typed", ["", "besok", "32-11-2026", "29-02-2027", "24-13-2026", "24 xyz 2026", "24", "2026", "24-11-202"]
)
def test_what_is_no_day_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        typed_days.parse(typed, TODAY, "first_day")
    assert (refusal.value.code, refusal.value.field) == ("day-unreadable", "first_day")
    assert refusal.value.facts["typed"] == typed


@given(DAYS, st.sampled_from(["id", "en"]))
def test_a_day_written_with_its_year_reads_back(day: date, language: calendar.Language) -> None:
    for typed in (
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        calendar.long_date(day, language),
        calendar.full_date(day, language),
    ):
        assert typed_days.parse(typed, TODAY) == day


@given(DAYS, st.integers(-120, 240))
def test_a_day_without_its_year_is_the_near_one(today: date, away: int) -> None:
    day = today + timedelta(days=away)
    if (day.month, day.day) != (2, 29):
        assert typed_days.parse(f"{day.day}-{day.month}", today) == day


def test_the_29th_of_february_is_looked_for_in_the_years_that_are_near() -> None:
    assert typed_days.parse("29 Feb", date(2027, 12, 1)) == date(2028, 2, 29)
    assert typed_days.parse("29/2", date(2028, 4, 1)) == date(2028, 2, 29)
    with pytest.raises(Refused, match="day-unreadable"):
        typed_days.parse("29 Feb", date(2026, 1, 10))


@given(st.text(max_size=30), DAYS)
def test_whatever_is_typed_is_read_or_refused(typed: str, today: date) -> None:
    try:
        assert isinstance(typed_days.parse(typed, today), date)
    except Refused as refusal:
        assert refusal.code == "day-unreadable"
