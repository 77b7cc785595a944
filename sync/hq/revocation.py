"""Revoking a certificate or a device, and releasing a device's changes that were held since."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.certificates.status import Reason
from app.errors import NotFound, Refused
from app.journal.device_certificate import EVERYBODY
from app.storage import logs
from app.storage.journal import Draft, record
from sync.hq import authority, devices
from sync.hq.headquarters import Headquarters
from sync.hq.intake import Door, Intake
from sync.hq.tables import ASIDE, DEVICE

HASH_BYTES = 8


def revoke_certificate(headquarters: Headquarters, session: Session, serial: int, reason: str) -> bytes:
    """Put a serial on the status list, for good; returns the new list.

    The certificate need not be known here yet. Raises Refused('revocation-reason-unknown').
    """
    if reason not in tuple(Reason):
        raise Refused("revocation-reason-unknown", field="reason", reasons=tuple(Reason))
    draft = Draft("revocation", (serial,), {"revocation": (reason, headquarters.today())})
    record(session, draft, scope=EVERYBODY)
    return authority.sign_status(headquarters, session)


def revoke_device(headquarters: Headquarters, session: Session, device: bytes, reason: str) -> None:
    """From now on the device gets nothing down and its new changes are held everywhere.

    What headquarters holds of its logs stays good: the line names each with its number and hash there.
    Raises NotFound('device-not-found').
    """
    row = devices.find(session, device)
    if row is None:
        raise NotFound("device-not-found", device=device.hex())
    good = [
        head.log + head.head_seq.to_bytes(8, "big") + head.head_hash[:HASH_BYTES]
        for head in logs.held(session.connection())
        if head.device == device
    ]
    session.execute(update(DEVICE).where(DEVICE.c.device == device).values(revoked_at=headquarters.now()))
    groups = {"revoked": (headquarters.today(), reason, tuple(good))}
    record(session, Draft("device", (device,), groups), scope=row.centre)
    authority.sign_status(headquarters, session)


def release_device(headquarters: Headquarters, device: bytes) -> Intake:
    """Take the revocation back: what was held is taken in the order in which it came.

    Raises NotFound('device-not-found').
    """
    with headquarters.take() as session:
        row = devices.find(session, device)
        if row is None:
            raise NotFound("device-not-found", device=device.hex())
        session.execute(update(DEVICE).where(DEVICE.c.device == device).values(revoked_at=None))
        held = ASIDE.c.device == device, ASIDE.c.why == "revoked"
        query = select(ASIDE.c.frame).where(*held).order_by(ASIDE.c.id)
        door = Door(session, headquarters.authority, None, headquarters.now())
        waiting = list(session.scalars(query))
        session.execute(delete(ASIDE).where(*held))
        for frame in waiting:
            door.take(frame)
    with headquarters.write() as session:
        record(session, Draft("device", (device,), {"revoked": (None, None, ())}), scope=row.centre)
        authority.sign_status(headquarters, session)
    return door.intake
