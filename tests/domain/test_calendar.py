"""Days: zones against the IANA data, holidays against the official lists, printed words, schedules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import calendar
from app.domain.calendar import Zone
from app.errors import Refused

# The decree of the three ministers for 2026: 17 national holidays and 8 days of cuti bersama.
CUTI_BERSAMA_2026 = ["02-16", "03-18", "03-20", "03-23", "03-24", "05-15", "05-28", "12-24"]
NATIONAL_2026 = [
    "01-01",
    "01-16",
    "02-17",
    "03-19",
    "03-21",
    "03-22",
    "04-03",
    "04-05",
    "05-01",
    "05-14",
    "05-27",
]
NATIONAL_2026 += ["05-31", "06-01", "06-16", "08-17", "08-25", "12-25"]


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Asia/Jakarta", Zone.WIB),
        ("Asia/Pontianak", Zone.WIB),
        ("Asia/Makassar", Zone.WITA),
        ("Asia/Jayapura", Zone.WIT),
    ],
)
def test_the_fixed_offset_is_what_the_zone_data_says(name: str, zone: Zone) -> None:
    for month in range(1, 13):
        instant = datetime(2026, month, 15, 12, tzinfo=UTC)
        assert calendar.zone_named(name) is zone
        assert instant.astimezone(ZoneInfo(name)).utcoffset() == calendar.local(instant, zone).utcoffset()


def test_the_day_turns_at_local_midnight() -> None:
    before = datetime(2026, 11, 23, 14, 59, 59, tzinfo=UTC)
    assert [calendar.local_day(before, zone).day for zone in (Zone.WIB, Zone.WITA, Zone.WIT)] == [23, 23, 23]
    assert calendar.local_day(before + timedelta(seconds=1), Zone.WIT) == date(2026, 11, 24)
    assert calendar.local_day(before + timedelta(seconds=1), Zone.WITA) == date(2026, 11, 23)


def test_a_zone_of_elsewhere_is_refused() -> None:
    with pytest.raises(Refused, match="zone-unknown"):
        calendar.zone_named("Asia/Singapore")


def test_an_instant_without_a_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="zone"):
        calendar.local_day(datetime(2026, 11, 23), Zone.WIB)  # noqa: DTZ001  # that is the point


def test_the_holidays_of_2026_are_those_of_the_decree() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    closed = [day.strftime("%m-%d") for day in days if calendar.holiday(day)]
    assert closed == sorted(NATIONAL_2026 + CUTI_BERSAMA_2026)


def test_holidays_have_indonesian_names() -> None:
    assert calendar.holiday(date(2026, 3, 23)) == "Cuti Bersama Hari Raya Idul Fitri"
    assert calendar.holiday(date(2026, 8, 17)) == "Hari Kemerdekaan Republik Indonesia"


def test_headquarters_closes_and_opens_days() -> None:
    overrides = {date(2026, 11, 24): "Pilkada", date(2026, 12, 24): None}
    assert calendar.holiday(date(2026, 11, 24), overrides) == "Pilkada"
    assert calendar.holiday(date(2026, 12, 24), overrides) is None
    assert calendar.holiday(date(2026, 12, 25), overrides) == "Hari Raya Natal"


def test_dates_print_in_both_languages() -> None:
    day = date(2026, 11, 24)
    assert calendar.full_date(day) == "Selasa, 24 November 2026"
    assert calendar.full_date(day, "en") == "Tuesday, 24 November 2026"
    assert calendar.long_date(date(2026, 3, 1)) == "1 Maret 2026"
    assert calendar.short_date(day) == "Sel 24/11"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 9), date(2026, 11, 16), "9 sampai 16 November 2026"),
        (date(2026, 10, 28), date(2026, 11, 3), "28 Oktober sampai 3 November 2026"),
        (date(2026, 12, 28), date(2027, 1, 8), "28 Desember 2026 sampai 8 Januari 2027"),
        (date(2026, 11, 9), date(2026, 11, 9), "9 November 2026"),
    ],
)
def test_a_period_says_nothing_twice(first: date, last: date, words: str) -> None:
    assert calendar.date_range(first, last) == words


def test_an_english_period() -> None:
    assert calendar.date_range(date(2026, 11, 9), date(2026, 11, 16), "en") == "9 to 16 November 2026"


@pytest.mark.parametrize(
    ("rupiah", "words"),
    [
        (1_500_000, "Rp1.500.000"),
        (0, "Rp0"),
        (999, "Rp999"),
        (-25_000, "-Rp25.000"),
        (15_000_000_000, "Rp15.000.000.000"),
    ],
)
def test_money_prints_as_offices_write_it(rupiah: int, words: str) -> None:
    assert calendar.money(rupiah) == words


def test_english_money_has_commas() -> None:
    assert calendar.money(1_500_000, "en") == "Rp1,500,000"


def test_a_schedule_skips_weekends_and_christmas() -> None:
    found = calendar.schedule(date(2026, 12, 22), 4)
    assert [(s.number, s.day.isoformat()) for s in found] == [
        (1, "2026-12-22"),
        (2, "2026-12-23"),
        (3, "2026-12-28"),
        (4, "2026-12-29"),
    ]


def test_two_sessions_a_day_share_it() -> None:
    found = calendar.schedule(date(2026, 11, 9), 3, per_day=2)
    assert [s.day.day for s in found] == [9, 9, 10]


@given(
    st.dates(date(2025, 1, 1), date(2030, 12, 31)),
    st.integers(1, 60),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(1, 3),
)
def test_sessions_fall_on_chosen_open_days_in_order(
    first: date, count: int, weekdays: set[int], per_day: int
) -> None:
    found = calendar.schedule(first, count, weekdays, per_day)
    assert [s.number for s in found] == list(range(1, count + 1))
    days = [s.day for s in found]
    assert days == sorted(days)
    assert days[0] >= first
    assert all(day.weekday() in weekdays and calendar.holiday(day) is None for day in days)
    assert all(days.count(day) <= per_day for day in days)


@pytest.mark.parametrize(("count", "per_day"), [(0, 1), (401, 1), (5, 0), (5, 9)])
def test_a_schedule_of_no_sessions_or_too_many_is_refused(count: int, per_day: int) -> None:
    with pytest.raises(Refused, match="schedule-count"):
        calendar.schedule(date(2026, 11, 9), count, per_day=per_day)


@pytest.mark.parametrize("weekdays", [set(), {7}])
def test_a_schedule_without_a_weekday_is_refused(weekdays: set[int]) -> None:
    with pytest.raises(Refused, match="schedule-weekdays"):
        calendar.schedule(date(2026, 11, 9), 3, weekdays)
