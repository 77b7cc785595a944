"""Participants, found and shown. NIKs come masked to their last four digits (UU PDP 27/2022), but for the
one form in which they are corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.domain import nik
from app.domain.enterprise import Classification, classify, is_existing
from app.domain.ids import ParticipantId
from app.domain.nik import Sex
from app.errors import NotFound
from app.storage import tables

LIMIT = 100
_LAST_DIGITS = 4
_LEAST_DIGITS = 3  # of a phone number, below which it would find nearly everybody
_ROW = tables.Participant


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A participant in a list; `nik` masked, empty for a walk-in without one."""

    id: ParticipantId
    name: str
    nik: str
    sex: Sex | None
    birth_date: date | None
    phone: str | None
    business: str | None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A consent to a version of the privacy notice."""

    version: str
    given_on: date | None
    manner: str
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class ParticipantDetail:
    """All that is kept of a participant, `nik` in full; `scale` as PP 7/2021 classes the enterprise."""

    id: ParticipantId
    name: str
    nik: str | None
    sex: Sex | None
    birth_place: str | None
    birth_date: date | None
    phone: str | None
    address: str | None
    business: str | None
    nib: str | None
    capital: int | None
    sales: int | None
    existing: bool | None
    remark: str | None
    scale: Classification | None
    consents: tuple[ConsentRow, ...]


def search(
    session: Session, text: str, limit: int = LIMIT, also: ColumnElement[bool] | None = None
) -> list[ParticipantRow]:
    """People whose row fits a typed text (`matching`) and another condition, by name."""
    query = select(
        _ROW.id, _ROW.name, _ROW.nik, _ROW.sex, _ROW.birth_date, _ROW.phone, _ROW.business, _ROW.address
    )
    query = query.where(matching(text), *(() if also is None else (also,)))
    return [
        ParticipantRow(
            id=ParticipantId(found.id),
            name=found.name or "",
            nik=nik.mask(found.nik or ""),
            sex=sex_named(found.sex),
            birth_date=found.birth_date,
            phone=found.phone,
            business=found.business,
            address=found.address,
        )
        for found in session.execute(query.order_by(_ROW.name, _ROW.id).limit(limit))
    ]


def matching(text: str) -> ColumnElement[bool]:
    """Who is meant by a typed text: each word a part of the name or of the business's; or digits of the
    phone number, the last four of the NIK or all sixteen; everybody for "". Nobody who was deleted."""
    words, digits = text.split(), nik.clean(text.replace("+", ""))
    here = _ROW.gone.is_not(True)
    if not (digits.isdecimal() and len(digits) >= _LEAST_DIGITS):
        named = (
            or_(_ROW.name.icontains(word, autoescape=True), _ROW.business.icontains(word, autoescape=True))
            for word in words
        )
        return and_(here, *named)
    national = digits.removeprefix("62").removeprefix("0") or digits
    found = [_ROW.phone.contains(national), _ROW.business.contains(digits)]
    if len(digits) in (_LAST_DIGITS, nik.LENGTH):
        found.append(_ROW.nik.endswith(digits))
    return and_(here, or_(*found))


def holder(session: Session, number: str) -> ParticipantRow | None:
    """Who has this NIK, all sixteen digits of it; None where nobody is known to."""
    return next(iter(search(session, "", 1, _ROW.nik == nik.clean(number))), None)


def one(session: Session, participant: bytes) -> ParticipantDetail:
    """Everything about one; NotFound("participant-unknown")."""
    found = session.get(_ROW, participant)
    if found is None or found.gone:
        raise NotFound("participant-unknown", field="participant")
    existing = is_existing(found.sales) if found.existing is None else found.existing
    return ParticipantDetail(
        id=ParticipantId(found.id),
        name=found.name or "",
        nik=found.nik,
        sex=sex_named(found.sex),
        birth_place=found.birth_place,
        birth_date=found.birth_date,
        phone=found.phone,
        address=found.address,
        business=found.business,
        nib=found.nib,
        capital=found.capital,
        sales=found.sales,
        existing=found.existing,
        remark=found.remark,
        scale=classify(found.capital, found.sales, existing),
        consents=_consents(session, participant),
    )


def sex_named(text: str | None) -> Sex | None:
    """The sex as it is kept; None for anything else."""
    return Sex(text) if text in list(Sex) else None


def _consents(session: Session, participant: bytes) -> tuple[ConsentRow, ...]:
    row = tables.Consent
    query = select(row.version, row.given_on, row.manner, row.withdrawn_on)
    query = query.where(row.participant == participant, row.gone.is_not(True))
    found = session.execute(query.order_by(row.version).limit(LIMIT))
    return tuple(
        ConsentRow(version, given_on, manner or "", withdrawn)
        for version, given_on, manner, withdrawn in found
    )
