"""Marks as people enter them."""

from __future__ import annotations

import pytest

from app.domain import marks
from app.domain.attendance import Status
from app.errors import Refused


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("H", Status.PRESENT),
        (" t ", Status.LATE),
        ("Izin", Status.EXCUSED),
        ("SAKIT", Status.SICK),
        ("a", Status.ABSENT),
    ],
)
def test_letters_and_words_name_a_status(typed: str, meant: Status) -> None:
    assert marks.status(typed) is meant


@pytest.mark.parametrize("typed", ["", "x", "HT"])
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        marks.status(typed)
    assert refusal.value.code == "mark-unknown"


@pytest.mark.parametrize(("typed", "minutes"), [("8:05", 485), ("08.05", 485), (" 23:59 ", 1439), ("", None)])
def test_times_are_minutes_since_midnight(typed: str, minutes: int | None) -> None:
    assert marks.minute(typed) == minutes


@pytest.mark.parametrize("typed", ["24:00", "8:60", "8", "pagi"])
def test_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        marks.minute(typed)
    assert refusal.value.code == "time-unreadable"
