"""Participants, found and shown. NIKs come masked to their last four digits (UU PDP 27/2022), but for the
one form in which they are corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import nik
from app.domain.enterprise import Classification, classify, is_existing
from app.domain.ids import ParticipantId
from app.domain.nik import Sex
from app.errors import NotFound
from app.storage import tables

LIMIT = 100
_LAST_DIGITS = 4
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


def search(session: Session, text: str, limit: int = LIMIT) -> list[ParticipantRow]:
    """People by a part of the name, the last four digits of the NIK, or all sixteen; everybody for ""."""
    wanted = " ".join(text.split())
    digits = nik.clean(wanted)
    query = select(_ROW.id, _ROW.name, _ROW.nik, _ROW.sex, _ROW.birth_date, _ROW.phone, _ROW.business)
    query = query.where(_ROW.gone.is_not(True))
    if digits.isdecimal() and len(digits) in (_LAST_DIGITS, nik.LENGTH):
        query = query.where(_ROW.nik.endswith(digits, autoescape=True))
    elif wanted:
        query = query.where(_ROW.name.icontains(wanted, autoescape=True))
    return [
        ParticipantRow(
            id=ParticipantId(found.id),
            name=found.name or "",
            nik=nik.mask(found.nik or ""),
            sex=sex_named(found.sex),
            birth_date=found.birth_date,
            phone=found.phone,
            business=found.business,
        )
        for found in session.execute(query.order_by(_ROW.name, _ROW.id).limit(limit))
    ]


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
