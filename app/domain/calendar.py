"""Days and their words: zones of sites, holidays, dates and money as printed, and schedules of sessions."""

from __future__ import annotations

import importlib.util
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from app.domain.ids import SessionNumber
from app.errors import Refused

Language = Literal["id", "en"]

WEEKDAYS = frozenset({0, 1, 2, 3, 4})
"""Monday to Friday as `date.weekday` counts."""
_LOCALES: dict[Language, str] = {"id": "id_ID", "en": "en_GB"}
_TO: dict[Language, str] = {"id": "sampai", "en": "to"}
_SEARCH_DAYS = 3 * 366


class Zone(StrEnum):
    """Indonesia's three times. None has summer time, so a fixed offset is the whole truth."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"

    @property
    def clock(self) -> timezone:
        """The zone as `datetime` wants it."""
        return timezone(timedelta(hours={"WIB": 7, "WITA": 8, "WIT": 9}[self.value]), self.value)


_NAMES = {
    "Asia/Jakarta": Zone.WIB,
    "Asia/Pontianak": Zone.WIB,
    "Asia/Makassar": Zone.WITA,
    "Asia/Jayapura": Zone.WIT,
} | {zone.value: zone for zone in Zone}


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session to be held: its number in the class, its day."""

    number: SessionNumber
    day: date


def zone_named(name: str) -> Zone:
    """The zone of an IANA name or of WIB, WITA, WIT; Refused("zone-unknown") for any other."""
    if name not in _NAMES:
        raise Refused("zone-unknown", field="timezone")
    return _NAMES[name]


def local_day(instant: datetime, zone: Zone) -> date:
    """The calendar day at the site at this instant, which must know its own zone."""
    return local(instant, zone).date()


def local(instant: datetime, zone: Zone) -> datetime:
    """The site's clock at this instant. A naive instant is a bug of ours: ValueError."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone")
    return instant.astimezone(zone.clock)


def holiday(day: date, overrides: Mapping[date, str | None] | None = None) -> str | None:
    """The name of the holiday or cuti bersama on this day, None on an ordinary one.

    `overrides` are headquarters': a name closes a day, None opens it.
    """
    if overrides is not None and day in overrides:
        return overrides[day]
    return _year(day.year).get(day)


def schedule(
    first: date,
    count: int,
    weekdays: Collection[int] = WEEKDAYS,
    per_day: int = 1,
    overrides: Mapping[date, str | None] | None = None,
) -> tuple[PlannedSession, ...]:
    """`count` sessions from `first` on, `per_day` on each of the `weekdays` (Monday 0) that is no holiday.

    Raises Refused("schedule-count") unless 1 <= count <= 400 and 1 <= per_day <= 8,
    ("schedule-weekdays") without a weekday or where three years do not hold enough days.
    """
    if not (1 <= count <= 400 and 1 <= per_day <= 8):
        raise Refused("schedule-count", field="count")
    days = _open_days(first, frozenset(weekdays), overrides)
    taken = [day for _, day in zip(range(-(-count // per_day)), days, strict=False)]
    if len(taken) * per_day < count:
        raise Refused("schedule-weekdays", field="weekdays")
    return tuple(PlannedSession(SessionNumber(n + 1), taken[n // per_day]) for n in range(count))


def long_date(day: date, language: Language = "id") -> str:
    """`24 November 2026`."""
    return _written(day, "d MMMM y", language)


def full_date(day: date, language: Language = "id") -> str:
    """`Selasa, 24 November 2026`."""
    return _written(day, "EEEE, d MMMM y", language)


def short_date(day: date, language: Language = "id") -> str:
    """`Sel 24/11`: for the head of a narrow column."""
    return _written(day, "EEE d/M", language)


def date_range(first: date, last: date, language: Language = "id") -> str:
    """`9 sampai 16 November 2026`, saying month and year once where they are the same."""
    if first == last:
        return long_date(first, language)
    pattern = "d MMMM y"
    if first.year == last.year:
        pattern = "d" if first.month == last.month else "d MMMM"
    begin = _written(first, pattern, language)
    return f"{begin} {_TO[language]} {long_date(last, language)}"


def money(rupiah: int, language: Language = "id") -> str:
    """`Rp1.500.000`; whole rupiah, in English `Rp1,500,000`."""
    from babel.numbers import format_currency  # as below

    written = format_currency(
        abs(rupiah), "IDR", format="#,##0", locale=_LOCALES[language], currency_digits=False
    )
    return f"{'-' if rupiah < 0 else ''}Rp{written}"


def _written(day: date, pattern: str, language: Language) -> str:
    from babel.dates import format_date  # slow to import, and a window's start writes no date with it

    return format_date(day, pattern, locale=_LOCALES[language])


@cache
def _year(year: int) -> Mapping[date, str]:
    """National holidays ("public") and cuti bersama ("government"), as the decree of the three ministers."""
    found: Mapping[date, str] = _indonesia()(years=year, categories=("public", "government"), language="id")
    return found


@cache
def _indonesia() -> Any:
    """What makes Indonesia's holidays, by its file: its package would import 250 countries along with it,
    which takes a quarter of a second and 8 MB. A frozen program has no files, and does that."""
    import holidays  # slow to import itself, and most commands need no holiday

    file = Path(holidays.__file__).parent / "countries" / "indonesia.py"
    spec = importlib.util.spec_from_file_location("holidays_of_indonesia", file) if file.exists() else None
    if spec is None or spec.loader is None:
        return partial(holidays.country_holidays, "ID")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Indonesia


def _open_days(
    first: date, weekdays: frozenset[int], overrides: Mapping[date, str | None] | None
) -> Iterator[date]:
    for offset in range(_SEARCH_DAYS):
        day = first + timedelta(days=offset)
        if day.weekday() in weekdays and holiday(day, overrides) is None:
            yield day
