"""Delegations: which block of a centre's serials a device may issue, and when it gets the next one.

Blocks of one centre never overlap, so two laptops without a network cannot give the same number.
docs/formats/certificate.md has the bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.certificates import delegation
from app.certificates.delegation import SEQUENCES
from app.errors import Refused
from app.journal import device_certificate
from app.storage.journal import Draft, record
from app.storage.tables import Certificate, Delegation
from sync.hq.devices import DeviceRow
from sync.hq.headquarters import EARLIER, Headquarters

USED_UP = 80  # percent of a block, from which the next one is given
RENEW_DAYS = 30


@dataclass(frozen=True, slots=True)
class Lease:
    """A block of serials: first sequence number, how many, and its last day (days since 1970)."""

    first: int
    count: int
    expires: int
    delegation: bytes


def give(headquarters: Headquarters, session: Session, device: DeviceRow) -> Lease:
    """The next block of the centre's serials for the device, recorded in the centre's scope.

    Raises Refused('centre-serials-exhausted') when the centre's seven digits are used up.
    """
    settings, today = headquarters.config, headquarters.today()
    first = _next(session, device.centre)
    count = min(settings.block, SEQUENCES - first)
    if count < 1:
        raise Refused("centre-serials-exhausted", centre=device.centre)
    expires = min(today + settings.delegation_days, device_certificate.parse(device.certificate).expires)
    signed = delegation.issue(
        headquarters.keys.authority,
        device.issuing,
        device.centre,
        device.number,
        today - EARLIER,
        expires,
        first,
        count,
    )
    draft = Draft(
        "delegation", (device.centre, first), {"delegation": (device.device, count, signed)}, seen=None
    )
    record(session, draft, scope=device.centre)
    return Lease(first, count, expires, signed)


def due(headquarters: Headquarters, session: Session, device: DeviceRow) -> bool:
    """Whether the device's latest block is 80 % used, as far as headquarters knows, or about to expire."""
    latest = current(session, device)
    if latest is None:
        return True
    if latest.expires - headquarters.today() < min(RENEW_DAYS, headquarters.config.delegation_days // 2):
        return True
    start = device.centre * SEQUENCES + latest.first
    used = select(func.count()).select_from(Certificate)
    issued = session.scalar(used.where(Certificate.serial.between(start, start + latest.count - 1))) or 0
    return issued * 100 >= latest.count * USED_UP


def current(session: Session, device: DeviceRow) -> Lease | None:
    """The device's latest block."""
    query = (
        select(Delegation.first, Delegation.count, Delegation.delegation)
        .where(Delegation.centre == device.centre, Delegation.device == device.device)
        .order_by(Delegation.first.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    first, count, raw = row if row is not None else (0, None, None)
    if count is None or raw is None:
        return None
    return Lease(first, count, delegation.read(raw).content.expires, raw)


def _next(session: Session, centre: int) -> int:
    last = session.scalar(
        select(func.max(Delegation.first + Delegation.count)).where(Delegation.centre == centre)
    )
    return 1 if last is None else int(last)
