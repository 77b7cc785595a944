"""Birth dates: every local way of writing one gives the same day, and no calendar is invented."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.roster import dates
from app.roster.cells import Cell
from tests.roster.spellings import date_text

TODAY = date(2026, 11, 24)
births = st.dates(date(1930, 1, 1), date(2011, 1, 1))


@given(
    births,
    st.integers(0, 10**6),
    st.sampled_from(["", "Medan, ", "P. Siantar/", "Kota Ternate ", "Desa 2, "]),
)
def test_every_spelling_gives_the_day_and_the_place(born: date, seed: int, place: str) -> None:
    found = dates.read(place + date_text(Random(seed), born), TODAY)
    assert (found.date, found.place) == (born, place.rstrip(" ,/") or None)


@given(births)
def test_a_real_date_and_a_bare_serial_are_the_same(born: date) -> None:
    serial = (born - date(1899, 12, 30)).days
    for cell in (born, datetime.combine(born, time(7)), serial, float(serial), str(serial)):
        assert dates.read(cell, TODAY).date == born


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("Medan, 17 Agt 1990", date(1990, 8, 17)),
        ("6/10/01", date(2001, 10, 6)),
        ("6/10/1985", date(1985, 10, 6)),
        ("13/1/68", date(1968, 1, 13)),
        ("9/26/1985", date(1985, 9, 26)),
        ("1 Mei '85", date(1985, 5, 1)),
        ("15031986", date(1986, 3, 15)),
        ("19860315", date(1986, 3, 15)),
        ("Jum'at, 15 Maret 1986", date(1986, 3, 15)),
        ("15 Maret 1986, Medan", date(1986, 3, 15)),
        ("Ambon RT 2, 15-03-1986", date(1986, 3, 15)),
        ("1986-03-15T00:00:00", date(1986, 3, 15)),
        ("29-02-2000", date(2000, 2, 29)),
    ],
)
def test_spellings_with_a_trap(text: str, born: date) -> None:
    assert dates.read(text, TODAY).date == born


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "31-02-1985",
            "29-02-2001",
            "1985",
            "32 Mei 1985",
            "12 Foo 1985",
            "15-13-1985",
            "25-12-2030",
            "99999",
        ),
        *(date(2030, 1, 1), time(7, 30), 45, "6502012205629040", "Medan 15"),
    ],
)
def test_what_no_calendar_up_to_today_has_is_unreadable(cell: Cell) -> None:
    with pytest.raises(Refused, match="birth-date-unreadable"):
        dates.read(cell, TODAY)


@pytest.mark.parametrize("cell", [None, "", "-", "belum ada", "Medan"])
def test_a_cell_without_digits_has_no_date(cell: Cell) -> None:
    assert dates.read(cell, TODAY).date is None


def test_a_column_that_can_only_be_american_is_read_so() -> None:
    assert dates.is_month_first(["6/10/1985", "9/26/1985"])
    assert not dates.is_month_first(["6/10/1985", "9/11/1985"])
    assert not dates.is_month_first(["26/9/1985", "9/26/1985"])
    assert not dates.is_month_first(["6/10/1985", "1985-08-25 00:00:00"])
    assert not dates.is_month_first(["6/10/1985", "7/10/85", "8/10/85", "9/10/85", "1/13/85"])
    assert not dates.is_month_first([])
    assert dates.read("6/10/1985", TODAY, month_first=True).date == date(1985, 6, 10)


@given(
    st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.dates(), st.timedeltas())
)
def test_any_cell_is_read_or_refused(cell: Cell) -> None:
    try:
        found = dates.read(cell, TODAY)
    except Refused as refusal:
        assert refusal.code == "birth-date-unreadable"
    else:
        assert found.date is None or date(1900, 1, 1) <= found.date <= TODAY


def test_a_duration_is_no_date() -> None:
    with pytest.raises(Refused, match="birth-date-unreadable"):
        dates.read(timedelta(days=2), TODAY)
