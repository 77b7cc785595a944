"""Times of sessions as people type them: 08.30-11.30, 8:30 sampai 11:30, and several of them in one field."""

from __future__ import annotations

import re

from app.errors import Refused

_TIME = r"(\d{1,2})(?:[.:](\d{2}))?"
_RANGE = re.compile(rf"{_TIME}\s*(?:[-–—]|s/d|sampai|to|until)\s*{_TIME}")
_BETWEEN = re.compile(r"[,;\n]|\b(?:dan|and)\b")


def parse(text: str, field: str = "times") -> tuple[int, int]:
    """When a session begins and ends, in minutes since midnight; Refused("times-unreadable").

    Whether it ends after it begins is for `SessionPlan.checked` to say.
    """
    typed = " ".join(text.casefold().split())
    found = _RANGE.fullmatch(typed)
    if found is None:
        raise Refused("times-unreadable", field=field, typed=text.strip())
    hours, minutes = (int(found[1]), int(found[3])), (int(found[2] or 0), int(found[4] or 0))
    if max(hours) > 24 or max(minutes) > 59:
        raise Refused("times-unreadable", field=field, typed=text.strip())
    return hours[0] * 60 + minutes[0], hours[1] * 60 + minutes[1]


def parse_many(text: str, field: str = "times") -> tuple[tuple[int, int], ...]:
    """The times of a day's sessions, between commas, "dan" or "and"; at least one, as `parse`."""
    parts = [part for part in _BETWEEN.split(text.casefold()) if part.strip()]
    return tuple(parse(part, field) for part in parts or [text])
