"""One line of a roster, checked: the person it describes and the codes of what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from app.domain import enterprise, nik
from app.domain.nik import Sex
from app.errors import Refused
from app.roster import cells, lines, values
from app.roster.dates import Birth
from app.roster.fields import Field
from app.roster.values import Cells, Conventions

_Value = TypeVar("_Value")


class Verdict(StrEnum):
    """Whether a line can be imported: as it is, with a look at it, or not before it is corrected."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


ERRORS = frozenset(
    {
        "name-missing",
        "nik-missing",
        "nik-length",
        "nik-precision-lost",
        "nik-province",
        "nik-birth-date",
        "nik-regency",
        "nik-district",
        "nik-serial",
        "duplicate-in-file",
        "scale-medium",
        "scale-large",
    }
)
WARNINGS = frozenset(
    {
        "birth-date-unreadable",
        "capital-unreadable",
        "nib-invalid",
        "nik-birth-date-differs",
        "nik-sex-differs",
        "phone-invalid",
        "sales-unreadable",
        "sex-unreadable",
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """What a line says, as far as it could be read; None for what it leaves out or garbles.

    `nik` is 16 digits without a fault, `phone` E.164, `nib` 13 digits, `capital` and yearly `sales` rupiah.
    """

    name: str
    nik: str | None
    birth_place: str | None
    birth_date: date | None
    sex: Sex | None
    phone: str | None
    address: str | None
    business_name: str | None
    nib: str | None
    capital: int | None
    sales: int | None
    remark: str | None


def verdict(codes: tuple[str, ...]) -> Verdict:
    """The worst of the codes."""
    if any(code in ERRORS for code in codes):
        return Verdict.ERROR
    return Verdict.WARNING if codes else Verdict.OK


def check(line: Cells, conventions: Conventions, today: date) -> tuple[Person, tuple[str, ...]]:
    """Read one line and name what is wrong with it, codes sorted and each once.

    Lines are judged alone here: whether a NIK stands twice in the file is known only to the whole.
    """
    codes: set[str] = set()
    unread = Birth(None, None)
    capital_unit, sales_unit = conventions.capital_unit, conventions.sales_unit

    def attempt(read: Callable[[], _Value], otherwise: _Value) -> _Value:
        try:
            return read()
        except Refused as refusal:
            codes.add(refusal.code)
            return otherwise

    identity = attempt(lambda: values.identity(line, today), None)
    birth = attempt(lambda: values.birth(line, conventions, today), unread)
    capital = attempt(
        lambda: values.amount(line.get(Field.CAPITAL), "capital-unreadable", capital_unit), None
    )
    sales = attempt(
        lambda: values.amount(
            line.get(Field.SALES), "sales-unreadable", sales_unit, conventions.sales_months
        ),
        None,
    )
    person = Person(
        name=_name(line),
        nik=identity.value if identity else None,
        birth_place=birth.place,
        birth_date=birth.date,
        sex=attempt(lambda: values.sex(line, conventions), None),
        phone=attempt(lambda: values.phone_number(line), None),
        address=_optional(line, Field.ADDRESS),
        business_name=_optional(line, Field.BUSINESS_NAME),
        nib=attempt(lambda: values.business_number(line), None),
        capital=capital,
        sales=sales,
        remark=_optional(line, Field.REMARK),
    )
    codes.update(_faults(person))
    if identity:
        codes.update(nik.differences(identity, person.sex, person.birth_date))
    return person, tuple(sorted(codes))


def _faults(person: Person) -> list[str]:
    """What is wrong with values that could be read."""
    faults = [] if person.name else ["name-missing"]
    scale = enterprise.classify(person.capital, person.sales, enterprise.is_existing(person.sales))
    if scale and scale.refusal:
        faults.append(scale.refusal)
    return faults


def _name(line: Cells) -> str:
    """The full name as written (never re-cased), or nothing."""
    written = cells.answer(line.get(Field.NAME))
    return written if lines.is_name(written) else ""


def _optional(line: Cells, field: Field) -> str | None:
    return cells.answer(line.get(field)) or None
