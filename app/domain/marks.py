"""A mark as somebody enters it: the letter or word of its status, the time of arrival, a remark."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.attendance import Status
from app.domain.timetable import MINUTES_OF_DAY
from app.errors import Refused

_WORDS = {
    Status.PRESENT: "h hadir",
    Status.LATE: "t terlambat telat",
    Status.EXCUSED: "i izin ijin",
    Status.SICK: "s sakit",
    Status.ABSENT: "a alpa alpha",
}
_MEANING = {word: status for status, words in _WORDS.items() for word in words.split()}
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")


@dataclass(frozen=True, slots=True)
class MarkEntry:
    """A mark to be written; `arrival` in minutes since local midnight.

    A remark of None leaves the remark that is there, an empty one takes it away.
    """

    status: Status
    arrival: int | None = None
    remark: str | None = None


def status(text: str) -> Status:
    """The status of a letter or word, H T I S A or hadir …; Refused("mark-unknown")."""
    found = _MEANING.get(text.strip().casefold())
    if found is None:
        raise Refused("mark-unknown", field="status", typed=text.strip())
    return found


def minute(text: str) -> int | None:
    """A time such as 8:05 in minutes since midnight, None for an empty text; Refused("time-unreadable")."""
    typed = text.strip()
    if not typed:
        return None
    found = _TIME.fullmatch(typed)
    read = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else MINUTES_OF_DAY
    if read >= MINUTES_OF_DAY:
        raise Refused("time-unreadable", field="arrival", typed=typed)
    return read
