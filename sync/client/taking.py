"""Taking a frame from elsewhere into a laptop's database, whatever it turns out to be.

Nothing in one frame may hold up the others: what can't be taken is noted as an incident and skipped.
Headquarters, or the stick, still has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.journal.change import Change
from app.journal.registry import ENTITIES
from app.storage import incidents
from app.storage.tables import Device
from sync import runs
from sync.protocol import frame as framing
from sync.protocol.frame import DecodedFrame
from sync.protocol.limits import FrameInvalid

LOG_BYTES, SEQ_BYTES = 8, 8


@dataclass(frozen=True, slots=True)
class Brought:
    """What a frame brought: how many changes were new, to which tables, and the changes themselves.

    `refused` says why not.
    """

    changes: int = 0
    tables: frozenset[str] = frozenset()
    refused: str | None = None
    new: Sequence[Change | None] = ()


def take(session: Session, data: bytes, authority: bytes, scopes: tuple[int, ...]) -> Brought:
    """Take a frame, or note why not."""
    try:
        decoded = framing.decode(data)
        if _held_back(session, decoded):
            raise Refused("device-revoked")
        taken = runs.take_decoded(session, decoded, authority, scopes)
    except FrameInvalid:
        return _skipped(session, "frame", None)
    except Refused as refusal:
        return _skipped(session, refusal.code, decoded)
    except runs.BUGS:
        return _skipped(session, "failed", decoded)
    tables = frozenset(ENTITIES[number].name for number in taken.entities if number in ENTITIES)
    return Brought(taken.changes, tables, new=taken.new)


def _skipped(session: Session, why: str, decoded: DecodedFrame | None) -> Brought:
    log = decoded.frame.log.hex() if decoded is not None else ""
    incidents.note(session, "frame-not-taken", why=why, log=log)
    return Brought(refused=why)


def _held_back(session: Session, decoded: DecodedFrame) -> bool:
    """Whether a revoked device wrote this after headquarters' word on it (`device.revoked.logs`)."""
    known = runs.known(session.connection(), decoded.frame.log)
    device = known.device if known is not None else runs.opening(decoded)[0].device_id
    query = select(Device.revoked_on, Device.logs).where(Device.id == device)
    row = session.execute(query).first()
    if row is None or row.revoked_on is None:
        return False
    last = decoded.frame.first + len(decoded.frame.entries) - 1
    return last > _good_until(row.logs or (), decoded.frame.log)


def _good_until(lines: tuple[object, ...], log: bytes) -> int:
    """The last number of the log that stays good; -1 when the log is not named."""
    for line in lines:
        if isinstance(line, bytes) and line[:LOG_BYTES] == log:
            return int.from_bytes(line[LOG_BYTES : LOG_BYTES + SEQ_BYTES], "big")
    return -1
