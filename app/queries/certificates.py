"""The register of certificates, what was issued in each, and which serials this device may still use."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from app.domain import numbering
from app.domain import serial as serials
from app.domain.certificates import CertificateState
from app.domain.ids import CentreCode, ClassCode, ParticipantId, Serial
from app.domain.keys import ClassKey
from app.domain.serial import SEQUENCES, Lease
from app.errors import NotFound, Refused
from app.queries import templates
from app.storage import bulk
from app.storage.tables import Certificate, Delegation, Participant, Revocation

LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A line of the register. `other` is the serial that replaced this one, or that this one replaces."""

    serial: Serial
    key: ClassKey
    participant: ParticipantId
    name: str
    official_number: str
    state: CertificateState
    reason: str | None
    other: Serial | None
    signed_on: date | None
    state_on: date | None


@dataclass(frozen=True, slots=True)
class Power:
    """A block of serials leased to a device, with the delegation that lets it sign for them."""

    lease: Lease
    delegation: bytes


def register(session: Session, key: ClassKey | None = None) -> list[CertificateRow]:
    """The certificates of a class, or all of them, by serial."""
    query = _rows()
    if key is not None:
        query = query.where(Certificate.centre == key.centre, Certificate.class_code == key.code)
    return [_row(found) for found in session.execute(query.order_by(Certificate.serial).limit(LIMIT))]


def one(session: Session, serial: int) -> CertificateRow:
    """One line of the register; NotFound('certificate-unknown')."""
    found = session.execute(_rows().where(Certificate.serial == serial)).one_or_none()
    if found is None:
        raise NotFound("certificate-unknown", field="serial", serial=serial)
    return _row(found)


def contents(session: Session, serials: Sequence[int]) -> dict[Serial, bytes]:
    """What was issued, frozen, by serial; without those whose content was erased.

    Their templates are laid ready, where headquarters sent them, so that they can be printed.
    """
    columns = Certificate.serial, Certificate.content, Certificate.template
    query = select(*columns).order_by(Certificate.serial)
    rows = [
        row
        for some in bulk.slices(sorted(set(serials)))
        for row in session.execute(query.where(Certificate.serial.in_(some)))
        if row.content is not None
    ]
    templates.lay_ready(session, {row.template for row in rows})
    return {Serial(row.serial): row.content for row in rows}


def certified(session: Session, key: ClassKey) -> frozenset[ParticipantId]:
    """Who has a certificate of this class that stands."""
    return frozenset(
        row.participant for row in register(session, key) if row.state is CertificateState.ISSUED
    )


def certified_in(session: Session, keys: Collection[ClassKey]) -> Mapping[ClassKey, set[ParticipantId]]:
    """The same of several classes, at one go: the register has no index by class, and is read once."""
    found: dict[ClassKey, set[ParticipantId]] = {key: set() for key in keys}
    query = _rows().where(Certificate.class_code.in_(sorted({key.code for key in keys})))
    for row in map(_row, session.execute(query)):
        if row.key in found and row.state is CertificateState.ISSUED:
            found[row.key].add(row.participant)
    return found


def powers(session: Session, device: bytes) -> list[Power]:
    """The blocks leased to a device, in order of their numbers."""
    query = select(Delegation.first, Delegation.count, Delegation.delegation).where(
        Delegation.device == device, Delegation.delegation.is_not(None), Delegation.count.is_not(None)
    )
    return [
        Power(Lease(first, count or 0), delegation or b"")
        for first, count, delegation in session.execute(query.order_by(Delegation.first))
    ]


def highest_used(session: Session, centre: int, leases: Sequence[Lease]) -> int:
    """The highest sequence of these blocks in the register, 0 for none."""
    first = centre * SEQUENCES
    query = select(Certificate.serial).where(Certificate.serial.between(first, first + SEQUENCES - 1))
    used = [serial - first for serial in session.scalars(query)]
    return max((n for n in used if any(lease.first <= n <= lease.last for lease in leases)), default=0)


def number_is_free(session: Session, number: str) -> None:
    """Refused("number-taken") where a certificate of this centre, in whatever state, bears the number."""
    wanted = numbering.clash_key(number)
    query = select(Certificate.serial, Certificate.official_number).order_by(Certificate.serial)
    for held, official in session.execute(query):
        if official and numbering.clash_key(official) == wanted:
            raise Refused("number-taken", field="number", serial=serials.format(Serial(held)))


def _rows() -> Select[Any]:
    columns: Sequence[Any] = (
        Certificate.serial, Certificate.centre, Certificate.class_code, Certificate.participant,
        Participant.name, Certificate.official_number, Certificate.state, Certificate.reason,
        Certificate.other, Certificate.signed_on, Certificate.state_on,
        Revocation.reason.label("revoked_for"), Revocation.revoked_on,
    )  # fmt: skip
    return (
        select(*columns)
        .outerjoin(Participant, Participant.id == Certificate.participant)
        .outerjoin(Revocation, Revocation.serial == Certificate.serial)
        .where(Certificate.gone.is_not(True))
    )


def _row(row: Row[Any]) -> CertificateRow:
    revoked = row.revoked_for is not None
    state = row.state if row.state in list(CertificateState) else CertificateState.ISSUED
    return CertificateRow(
        Serial(row.serial),
        ClassKey(CentreCode(row.centre or 0), ClassCode(row.class_code or "")),
        ParticipantId(row.participant or b""),
        row.name or "",
        row.official_number or "",
        CertificateState.REVOKED if revoked else CertificateState(state),
        row.revoked_for if revoked else row.reason,
        None if row.other is None else Serial(row.other),
        row.signed_on,
        row.revoked_on if revoked else row.state_on,
    )
