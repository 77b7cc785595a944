"""The devices headquarters knows: who they are, whether they may still get anything, their tokens."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import RowMapping, func, select, update
from sqlalchemy.orm import Session

from app.journal import device_certificate
from app.journal.device_certificate import EVERYBODY
from sync.hq import incidents
from sync.hq.tables import DEVICE
from sync.protocol import tokens
from sync.protocol.exchange import TOKEN_BYTES
from sync.protocol.tokens import Tokens, Verdict


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device as headquarters knows it; times in Unix milliseconds, None where it has not happened."""

    device: bytes
    centre: int
    number: int
    name: str
    role: str
    certificate: bytes
    signing: bytes
    issuing: bytes
    box: bytes
    enrolled_at: int
    seen_at: int | None
    revoked_at: int | None

    @property
    def scopes(self) -> tuple[int, int]:
        """What it may hold: everybody's and its centre's."""
        return EVERYBODY, self.centre

    def gets_downlink(self, today: int) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and device_certificate.parse(self.certificate).alive(today)


_COLUMNS = [DEVICE.c[name] for name in DeviceRow.__slots__]


def find(session: Session, device: bytes) -> DeviceRow | None:
    """The device with this id."""
    row = session.execute(select(*_COLUMNS).where(DEVICE.c.device == device)).mappings().first()
    return None if row is None else _row(row)


def listed(session: Session, centre: int | None = None) -> list[DeviceRow]:
    """The devices (of a centre), by centre and number."""
    query = select(*_COLUMNS).order_by(DEVICE.c.centre, DEVICE.c.number).limit(10_000)
    if centre is not None:
        query = query.where(DEVICE.c.centre == centre)
    return [_row(row) for row in session.execute(query).mappings()]


def admit(session: Session, device: DeviceRow, token: bytes, now: int) -> tuple[Verdict, bytes]:
    """Judge the token of a request and give the device its next one; a strange one is noted.

    The device's row stays locked until the transaction ends, so that two requests of one device
    are taken one after the other.
    """
    row = session.execute(
        select(DEVICE.c.token, DEVICE.c.token_used).where(DEVICE.c.device == device.device).with_for_update()
    ).one()
    held, fresh = Tokens(*row), secrets.token_bytes(TOKEN_BYTES)
    verdict = tokens.judge(held, token)
    newest, used = tokens.after(held, token, fresh)
    mine = update(DEVICE).where(DEVICE.c.device == device.device)
    session.execute(mine.values(token=newest, token_used=used, seen_at=now))
    if verdict is Verdict.STRANGE:
        incidents.note(session, "device-cloned", device.device, now)
    return verdict, fresh


def next_number(session: Session, centre: int) -> int:
    """The number of the next device of a centre."""
    return 1 + (session.scalar(select(func.max(DEVICE.c.number)).where(DEVICE.c.centre == centre)) or 0)


def _row(row: RowMapping) -> DeviceRow:
    return DeviceRow(**row)
