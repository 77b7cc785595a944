"""The national identity number (NIK): what its sixteen digits say, and which faults make it no NIK.

`PPRRSS DDMMYY XXXX`: Kemendagri codes of the province, regency and district of *first registration*, the
birth date with 40 added to the day for women, and a serial. There is no check digit. A regency or district
that no list knows is no fault: codes from before a region was split live on in the numbers issued then.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.errors import Refused

LENGTH = 16
_PROVINCES_FILE = Path(__file__).resolve().parents[2] / "resources" / "provinces.json"
# What people and spreadsheets put between or around the digits: spaces of every width, dots, dashes, quotes.
_DECORATION = re.compile(r"[\s.\-_'\"`´’‘“”‐‑‒–—\u200b-\u200f\u2060\ufeff]+")
_YOUNGEST, _OLDEST = 15, 100


class Sex(StrEnum):
    """As Indonesian forms write it; stored by value."""

    MALE = "L"
    FEMALE = "P"


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK without a fault, and what it says.

    `province`, `regency` and `district` are Kemendagri codes of 2, 4 and 6 digits. `birth_dates` are the
    dates its two-digit year allows, the likelier first; `birth_date` is that first one.
    """

    value: str
    province: str
    regency: str
    district: str
    birth_dates: tuple[date, ...]
    sex: Sex

    @property
    def birth_date(self) -> date:
        """The likelier of `birth_dates`: the one that makes the holder 15 to 100 years old."""
        return self.birth_dates[0]


@cache
def province_codes() -> frozenset[str]:
    """The two-digit Kemendagri codes in force (not the statistics office's, which differ in Papua)."""
    return frozenset(_province_names())


def province_name(code: str) -> str:
    """The name of the province with this code; the code itself where there is none."""
    return _province_names().get(code, code)


@cache
def _province_names() -> dict[str, str]:
    listed = json.loads(_PROVINCES_FILE.read_text(encoding="utf-8"))
    return {province["code"]: province["name"] for province in listed["provinces"]}


def clean(text: str) -> str:
    """The digits as they were meant: without spaces, dots, dashes and quotes, and in ASCII."""
    return _DECORATION.sub("", unicodedata.normalize("NFKC", text))


def parse(text: str, today: date) -> Nik:
    """Read a NIK as typed. `today` only settles the century of the birth date.

    Raises Refused with the first fault found: nik-length, nik-province, nik-birth-date, nik-regency,
    nik-district, nik-serial.
    """
    value = clean(text)
    if not re.fullmatch(r"[0-9]{16}", value):
        raise Refused("nik-length", field="nik")
    if value[:2] not in province_codes():
        raise Refused("nik-province", field="nik")
    day, sex = _day_and_sex(int(value[6:8]))
    births = possible_dates(day, int(value[8:10]), int(value[10:12]), today)
    if not births:
        raise Refused("nik-birth-date", field="nik")
    for code, part in (
        ("nik-regency", value[2:4]),
        ("nik-district", value[4:6]),
        ("nik-serial", value[12:]),
    ):
        if not int(part):
            raise Refused(code, field="nik")
    return Nik(value, value[:2], value[:4], value[:6], births, sex)


def differences(nik: Nik, sex: Sex | None, birth_date: date | None) -> tuple[str, ...]:
    """Where a form and the NIK disagree: codes of warnings, since either may be the one that is wrong.

    What the form leaves out (None) cannot differ.
    """
    codes = []
    if birth_date is not None and birth_date not in nik.birth_dates:
        codes.append("nik-birth-date-differs")
    if sex is not None and sex != nik.sex:
        codes.append("nik-sex-differs")
    return tuple(codes)


def mask(text: str) -> str:
    """The NIK with all but its last four digits hidden, for screen and paper (UU PDP 27/2022).

    A number of any other length is hidden likewise; one of four digits or fewer is hidden entirely.
    """
    value = clean(text)
    shown = value[-4:] if len(value) > 4 else ""
    return "•" * (len(value) - len(shown)) + shown


def possible_dates(day: int, month: int, two_digit_year: int, today: date) -> tuple[date, ...]:
    """The dates a two-digit year may mean, likeliest first; empty where the calendar has no such day.

    Centuries that make the person 15 to 100 years old come first, then the later one that is not in the
    future. Dates in the future are never meant.
    """
    births = []
    for start in (today.year // 100 * 100, today.year // 100 * 100 - 100):
        try:
            birth = date(start + two_digit_year, month, day)
        except ValueError:
            continue
        if birth <= today:
            births.append(birth)
    return tuple(sorted(births, key=lambda birth: not _YOUNGEST <= age(birth, today) <= _OLDEST))


def age(birth: date, today: date) -> int:
    """Completed years of life on `today`."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _day_and_sex(written: int) -> tuple[int, Sex]:
    """Undo the 40 that is added to a woman's day; 32-40 and 72-99 stay impossible days."""
    return (written - 40, Sex.FEMALE) if written > 40 else (written, Sex.MALE)
