"""Times of sessions as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import typed_times
from app.errors import Refused

MINUTES = st.integers(0, 24 * 60 - 1)


@pytest.mark.parametrize(
    "typed",
    ["08.30-11.30", "8:30 - 11:30", "08.30–11.30", "8.30 sampai 11.30", "8:30 to 11:30", "08.30 s/d 11.30"],
)
def test_every_usual_way_of_writing_them_is_read(typed: str) -> None:
    assert typed_times.parse(typed) == (510, 690)


def test_full_hours_need_no_minutes() -> None:
    assert typed_times.parse("8-12") == (480, 720) and typed_times.parse("13-24") == (780, 1_440)


def test_several_stand_between_commas_and_words() -> None:
    for typed in ("08.30-11.30, 13.00-16.00", "08.30-11.30 dan 13.00-16.00, ", "8.30-11.30;13-16"):
        assert typed_times.parse_many(typed) == ((510, 690), (780, 960))


@pytest.mark.parametrize(
    "typed", ["", "pagi", "08.30", "25-26", "8.60-9.00", "8-9-10", "08.30, 13.00", "08.30-11.30 WIT"]
)
def test_what_is_no_time_is_refused_with_what_was_typed(typed: str) -> None:
    for read in (typed_times.parse, typed_times.parse_many):
        with pytest.raises(Refused) as refusal:
            read(typed, "times")
        assert (refusal.value.code, refusal.value.field) == ("times-unreadable", "times")


@given(st.lists(st.tuples(MINUTES, MINUTES), min_size=1, max_size=8))
def test_what_is_written_reads_back(times: list[tuple[int, int]]) -> None:
    written = [f"{a // 60:02}.{a % 60:02}-{b // 60:02}.{b % 60:02}" for a, b in times]
    assert typed_times.parse_many(", ".join(written)) == tuple(times)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        assert typed_times.parse_many(typed)
    except Refused as refusal:
        assert refusal.code == "times-unreadable"
