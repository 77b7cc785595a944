"""Days as people type them into a form: 24-11-2026, 24/11, 24 November 2026, in either language."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.errors import Refused

_MONTHS = (
    "jan", "feb peb", "mar", "apr", "mei may", "jun", "jul", "agu ags aug", "sep", "okt oct", "nov nop",
    "des dec",
)  # fmt: skip
_MONTH = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts.split()}
_BY_NUMBERS = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})(?:[\s./-]+(\d{4}|\d{2}))?")
_BY_NAME = re.compile(r"(\d{1,2})[\s./-]*([a-z]{3,})[\s./-]*(\d{4}|\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WEEKDAY = re.compile(r"^[a-z']+,?\s+(?=\d)")
_PAST_DAYS = 120


def parse(text: str, today: date, field: str = "day") -> date:
    """The day meant. Without a year it is the one that is near: up to four months ago, else still to come.

    Raises Refused("day-unreadable").
    """
    typed = _WEEKDAY.sub("", " ".join(text.casefold().split()))
    if found := _ISO.fullmatch(typed):
        year, month, day = map(int, found.groups())
        return _day(year, month, day, text, field)
    if found := _BY_NUMBERS.fullmatch(typed):
        day, month, year_text = int(found[1]), int(found[2]), found[3]
    elif found := _BY_NAME.fullmatch(typed):
        day, month, year_text = int(found[1]), _MONTH.get(found[2][:3], 0), found[3]
    else:
        raise Refused("day-unreadable", field=field, typed=text.strip())
    if year_text:
        year = int(year_text)
        return _day(year if year > 99 else 2000 + year, month, day, text, field)
    return _near(month, day, today, text, field)


def _near(month: int, day: int, today: date, text: str, field: str) -> date:
    """The first such day from four months ago on; 29 February may be in none of the years that are near."""
    oldest = today - timedelta(days=_PAST_DAYS)
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= oldest:
            return found
    raise Refused("day-unreadable", field=field, typed=text.strip())


def _day(year: int, month: int, day: int, text: str, field: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("day-unreadable", field=field, typed=text.strip()) from None
