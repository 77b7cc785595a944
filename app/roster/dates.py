"""Birth dates out of cells: dates, bare serials, and text of every local kind, with or without the place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.nik import possible_dates
from app.errors import Refused
from app.roster import cells
from app.roster.cells import Cell

# Day 0 of spreadsheets that count from 1900 (they believe in 29 February 1900, hence not 31 December 1899).
_SERIAL_ZERO = date(1899, 12, 30)
_EARLIEST = date(1900, 1, 1)
_MONTHS = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"]
_OTHER_SPELLINGS = {
    "peb": 2,
    "pbr": 2,
    "mrt": 3,
    "may": 5,
    "ags": 8,
    "agt": 8,
    "aug": 8,
    "oct": 10,
    "nop": 11,
}
_OTHER_SPELLINGS |= {"dec": 12}
_MONTH_BY_START = {start: number for number, start in enumerate(_MONTHS, 1)} | _OTHER_SPELLINGS
_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]

_GAP = r"[\s.,/\\|_-]*"
_SEPARATOR = r"\s?[\s./\\,|_-]\s?"
# A two-digit year is not followed by more of a date: in `RT 2, 15-03-1986` the date begins at 15.
_END = r"(?![0-9]|\s?[-/.]\s?[0-9]|[\s,]+[0-9]{4})"
_TIME = re.compile(r"[\sT]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.0+)?Z?$")
_PATTERNS = (
    re.compile(
        rf"(?<![0-9])(?P<y>[12][0-9]{{3}}){_SEPARATOR}(?P<m>[0-9]{{1,2}}){_SEPARATOR}(?P<d>[0-9]{{1,2}})(?![0-9])"
    ),
    re.compile(
        rf"(?<![0-9])(?P<a>[0-9]{{1,2}}){_SEPARATOR}(?P<b>[0-9]{{1,2}}){_SEPARATOR}'?(?P<y>[0-9]{{4}}|[0-9]{{2}}){_END}"
    ),
    re.compile(
        rf"(?<![0-9])(?P<d>[0-9]{{1,2}}){_GAP}(?P<word>[a-z]+){_GAP}'?(?P<y>[0-9]{{4}}|[0-9]{{2}}){_END}"
    ),
    re.compile(
        rf"\b(?P<word>[a-z]+){_GAP}(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?{_GAP}(?<![0-9])(?P<y>[0-9]{{4}})(?![0-9])"
    ),
    re.compile(rf"(?<![0-9])(?P<y>[12][0-9]{{3}}){_GAP}(?P<word>[a-z]+){_GAP}(?P<d>[0-9]{{1,2}})(?![0-9])"),
    re.compile(r"(?<![0-9])(?P<y>19[0-9]{2}|20[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-9]{2})(?![0-9])"),
    re.compile(r"(?<![0-9])(?P<a>[0-9]{1,2})(?P<b>[0-9]{2})(?P<y>19[0-9]{2}|20[0-9]{2})(?![0-9])"),
    re.compile(r"(?<![0-9])(?P<a>[0-9]{2})(?P<b>[0-9]{2})(?P<y>[0-9]{2})(?![0-9])"),
)
# From 1927 on: nobody taught is older, and four digits are a year.
_SERIAL = re.compile(r"(?<![0-9.,])(?P<serial>[1-9][0-9]{4})(?:[.,][0-9]+)?(?![0-9])")
_LABEL = re.compile(
    r"\b(?:tanggal|tgl|lahir|pada|born|ttl)\b|\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b(?=,)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Birth:
    """Where and when; None for what the cell does not say."""

    place: str | None
    date: date | None


def read(cell: Cell, today: date, month_first: bool = False) -> Birth:
    """Place and date of birth out of one cell, which may hold either or both.

    `month_first` reads `6/10/1985` the American way. Two-digit years are settled by age. Raises
    Refused("birth-date-unreadable") where there is something like a date that no calendar up to today has.
    """
    if isinstance(cell, datetime):
        return Birth(None, _past(cell.date(), today))
    if isinstance(cell, date):
        return Birth(None, _past(cell, today))
    line = cells.answer(cell)
    if not any(character.isdecimal() for character in line):
        return Birth(_place(line), None)
    line = _TIME.sub("", line)
    for pattern in _PATTERNS:
        for match in pattern.finditer(line.casefold()):
            if (born := _date(match.groupdict(), today, month_first)) is not None:
                return Birth(_rest(line, match), born)
    return _serial(line, today)


def is_month_first(column: list[str]) -> bool:
    """Whether a column puts the month first: every first number can be a month, and many second ones not.

    More than half of all days are beyond the twelfth; one such line among many is a slip.
    """
    dated = [_TIME.sub("", line.casefold()) for line in column]
    matches = [
        match for line in dated if not _PATTERNS[0].search(line) and (match := _PATTERNS[1].search(line))
    ]
    firsts, seconds = [int(match["a"]) for match in matches], [int(match["b"]) for match in matches]
    beyond = sum(second > 12 for second in seconds)
    return bool(matches) and max(firsts) <= 12 and beyond * 4 >= len(matches)


def _date(parts: dict[str, str], today: date, month_first: bool) -> date | None:
    if "word" in parts:
        day, month = int(parts["d"]), _month(parts["word"])
    elif "a" in parts:
        day, month = int(parts["a"]), int(parts["b"])
        if month > 12 >= day or (month_first and day <= 12):
            day, month = month, day
    else:
        day, month = int(parts["d"]), int(parts["m"])
    if len(parts["y"]) == 2:
        return next(iter(possible_dates(day, month, int(parts["y"]), today)), None)
    try:
        born = date(int(parts["y"]), month, day)
    except ValueError:
        return None
    return born if _EARLIEST <= born <= today else None


def _month(word: str) -> int:
    """1-12 for an Indonesian or English name, whole or cut short, or a Roman number; 0 for other words."""
    if word in _ROMAN:
        return _ROMAN.index(word) + 1
    return _MONTH_BY_START.get(word[:3], 0)


def _serial(line: str, today: date) -> Birth:
    """The last hope: the number of days a spreadsheet shows once a date lost its format."""
    for match in _SERIAL.finditer(line):
        born = _SERIAL_ZERO + timedelta(days=int(match["serial"]))
        if _EARLIEST <= born <= today:
            return Birth(_rest(line, match), born)
    raise Refused("birth-date-unreadable", field="birth_date")


def _past(born: date, today: date) -> date:
    if not _EARLIEST <= born <= today:
        raise Refused("birth-date-unreadable", field="birth_date")
    return born


def _rest(line: str, match: re.Match[str]) -> str | None:
    return _place(line[: match.start()]) or _place(line[match.end() :])


def _place(text: str) -> str | None:
    place = re.sub(r"\([^)]*\)", " ", _LABEL.sub(" ", text))
    return " ".join(place.split()).strip(" ,./\\|:;-_()'\"") or None
