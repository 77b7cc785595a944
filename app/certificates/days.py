"""Days as the formats count them: since 1970-01-01, by the local calendar."""

from __future__ import annotations

from datetime import date, timedelta

_FIRST = date(1970, 1, 1)


def number(day: date) -> int:
    """The day as a number; negative before 1970."""
    return (day - _FIRST).days


def day(days: int) -> date:
    """The date of a number of days, for the range the formats allow (1833 to 2380)."""
    return _FIRST + timedelta(days=days)
