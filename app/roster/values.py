"""From the cells of one line to values, or a refusal: what the domain's rules cannot know of sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain import money, nib, nik, phone
from app.domain.nik import Nik, Sex
from app.errors import Refused
from app.roster import cells, dates, sexes
from app.roster.cells import Cell
from app.roster.dates import Birth
from app.roster.fields import Field

Cells = Mapping[Field, Cell]

# 6,50202E+15 and 6502017007759890.0 are what is left once a spreadsheet has taken a NIK for a number.
_ONCE_A_NUMBER = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+|[0-9]{16,}[.,]0+", re.I)
_LABEL = re.compile(r"^[=\s]*(?:(?:nik|ktp|no|nomor|nib|hp|wa|telp)\b[\s.:]*)*", re.I)
_SEVERAL = re.compile(r"[/;,|&]|\b(?:atau|dan|or)\b", re.I)
_NO_AMOUNT = re.compile(r"(?:rp|idr)?[\s.,–—-]*", re.I)
_BARE_AMOUNT = re.compile(r"(?:rp\.?|idr)?[\s0-9.,]+", re.I)
# From the first on an amount under `(juta)` was typed in full after all; beyond the second it is a slip.
_ALREADY_IN_FULL, _LARGEST = 1_000_000, 10**15


@dataclass(frozen=True, slots=True)
class Conventions:
    """How one sheet writes: month before day, P for *pria*, amounts in millions, sales by the month.

    The units are rupiah that a bare 1 stands for; `sales_months` is 12 where sales are those of one month.
    """

    month_first: bool = False
    p_is_male: bool = False
    capital_unit: int = 1
    sales_unit: int = 1
    sales_months: int = 1


def identity(line: Cells, today: date) -> Nik:
    """The NIK. A spreadsheet keeps 15 digits of a number, so one of 16 or more has lost its end for good.

    Raises Refused: nik-missing, nik-precision-lost, and those of the domain.
    """
    cell = line.get(Field.NIK)
    written = _LABEL.sub("", cells.answer(cell))
    if not written:
        raise Refused("nik-missing", field="nik")
    if _ONCE_A_NUMBER.fullmatch(written) or (cells.is_number(cell) and cells.digits(cell) >= nik.LENGTH):
        raise Refused("nik-precision-lost", field="nik")
    return nik.parse(written, today)


def birth(line: Cells, conventions: Conventions, today: date) -> Birth:
    """Place and date of birth from one column, two, or four (day, month and year apart).

    Raises Refused("birth-date-unreadable").
    """
    month_first = conventions.month_first
    found = [dates.read(_date_cell(line), today, month_first)]
    found.append(dates.read(line.get(Field.BIRTH_PLACE_DATE), today, month_first))
    try:
        found.append(dates.read(line.get(Field.BIRTH_PLACE), today, month_first))
    except Refused:
        # A place may well hold a number that is no date.
        found.append(Birth(cells.answer(line.get(Field.BIRTH_PLACE)), None))
    place = next((birth.place for birth in reversed(found) if birth.place), None)
    return Birth(place, next((birth.date for birth in found if birth.date), None))


def sex(line: Cells, conventions: Conventions) -> Sex | None:
    """The sex by word or by tick; None where neither is there. Raises Refused("sex-unreadable")."""
    word = cells.answer(line.get(Field.SEX))
    if word:
        return sexes.read(word, conventions.p_is_male)
    return sexes.ticked(cells.answer(line.get(Field.SEX_MALE)), cells.answer(line.get(Field.SEX_FEMALE)))


def phone_number(line: Cells) -> str | None:
    """The first mobile number in the cell, E.164. Raises Refused("phone-invalid") where there is none."""
    written = _LABEL.sub("", cells.answer(line.get(Field.PHONE)))
    if not written:
        return None
    for part in (written, *_SEVERAL.split(written)):
        try:
            return phone.parse(_LABEL.sub("", part.strip()))
        except Refused:
            continue
    raise Refused("phone-invalid", field="phone")


def business_number(line: Cells) -> str | None:
    """The NIB; kept as a number it may have lost a leading nought. Raises Refused("nib-invalid")."""
    cell = line.get(Field.NIB)
    written = _LABEL.sub("", cells.answer(cell))
    if not written:
        return None
    if cells.is_number(cell) and len(written) == nib.LENGTH - 1:
        written = "0" + written
    return nib.parse(written)


def amount(cell: Cell, code: str, unit: int, months: int = 1) -> int | None:
    """Rupiah, with the unit and period of the column's heading where the cell itself names none.

    Raises Refused(code).
    """
    written = cells.answer(cell)
    if _NO_AMOUNT.fullmatch(written):
        return None
    try:
        rupiah = _number(cell) if cells.is_number(cell) else money.parse(written)
    except Refused as refusal:
        raise Refused(code, field=code.removesuffix("-unreadable")) from refusal
    if _BARE_AMOUNT.fullmatch(written):
        rupiah *= unit if rupiah < _ALREADY_IN_FULL else 1
    return rupiah if re.search(r"/|\bper", written) else rupiah * months


def _number(cell: Cell) -> int:
    if not isinstance(cell, int | float) or not 0 <= cell < _LARGEST:
        raise Refused("money-unreadable")
    return round(cell)


def _date_cell(line: Cells) -> Cell:
    """The birth date's cell, or day, month and year put together where they have columns of their own."""
    day = line.get(Field.BIRTH_DATE)
    parts = [day, line.get(Field.BIRTH_MONTH), line.get(Field.BIRTH_YEAR)]
    if all(cells.text(part) for part in parts):
        return "-".join(cells.text(part) for part in parts)
    return day
