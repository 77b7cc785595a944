"""Taking one frame in: whose log, may it be here, does it continue the chain, is it signed.

What is in order goes into journal, tables and frame store in one transaction, a fork's second branch
too. What is not is either refused, or kept aside so that nothing is lost: frames of revoked devices,
and what this version could not take for a reason of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.journal import chain
from app.storage.logs import LogHead
from sync import runs
from sync.hq import devices, frames, incidents
from sync.hq.tables import ASIDE
from sync.protocol import frame as framing
from sync.protocol.exchange import Fault, Head, Refusal
from sync.protocol.frame import DecodedFrame
from sync.protocol.limits import FrameInvalid

HEAD_BYTES = 8


@dataclass(slots=True)
class Intake:
    """What came of the frames of one request or bundle."""

    logs: dict[bytes, LogHead] = field(default_factory=dict)
    held: dict[bytes, Head] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    entities: set[int] = field(default_factory=set)
    changes: int = 0

    def add(self, other: Intake) -> None:
        """Count another intake in."""
        self.logs |= other.logs
        self.held |= other.held
        self.refused += other.refused
        self.entities |= other.entities
        self.changes += other.changes


class Door:
    """Takes frames in one transaction, for logs of these scopes (None: every scope)."""

    def __init__(self, session: Session, authority: bytes, scopes: Sequence[int] | None, now: int) -> None:
        self._session = session
        self._authority = authority
        self._scopes = scopes
        self._now = now
        self.intake = Intake()

    def take(self, data: bytes) -> None:
        """Take one frame; whatever is wrong with it ends up in the intake, never as an exception."""
        try:
            decoded = framing.decode(data)
        except FrameInvalid:
            self._refuse(*_named(data), Fault.FRAME)
            return
        frame = decoded.frame
        known = runs.known(self._session.connection(), frame.log)
        try:
            owner, scope = _owner(known, decoded)
        except Refused:
            self._refuse(frame.log, frame.first, Fault.GAP if frame.first else Fault.SIGNATURE)
            return
        if self._scopes is not None and scope not in self._scopes:
            self._refuse(frame.log, frame.first, Fault.SCOPE)
            return
        row = devices.find(self._session, owner)
        if row is not None and row.revoked_at is not None:
            self._hold(decoded, data, row, known)
            return
        self._store(decoded, data, owner, scope)

    def _store(self, decoded: DecodedFrame, data: bytes, owner: bytes, scope: int) -> None:
        frame = decoded.frame
        frames.lock(self._session.connection(), scope)
        try:
            taken = runs.take_decoded(self._session, decoded, self._authority, (scope,))
        except Refused as refusal:
            known = refusal.code if refusal.code in tuple(Fault) else Fault.SIGNATURE
            self._refuse(frame.log, frame.first, Fault(known))
            return
        except runs.BUGS:
            self._aside(decoded, data, owner, "failed")
            self._refuse(frame.log, frame.first, Fault.FRAME)
            return
        self.intake.logs[frame.log] = taken.head
        if not taken.changes:
            return
        self.intake.changes += taken.changes
        self.intake.entities |= taken.entities
        if taken.whole:
            frames.append(self._session.connection(), taken.head, frame.first, taken.head.head_seq, data)
        else:
            frames.append_from_journal(self._session.connection(), taken.head, taken.first_new - 1)

    def _hold(
        self, decoded: DecodedFrame, data: bytes, owner: devices.DeviceRow, known: LogHead | None
    ) -> None:
        """A revoked device's changes are kept, acknowledged, and shown to nobody until it is released."""
        frame = decoded.frame
        seq, chain_hash = self._held_head(frame.log, known)
        hashes = chain.walk(frame.previous, frame.entries)
        last = frame.first + len(hashes) - 1
        if last <= seq:
            self.intake.held[frame.log] = Head(seq, chain_hash[:HEAD_BYTES])
        elif frame.first != seq + 1 or frame.previous != chain_hash:
            self._refuse(frame.log, frame.first, Fault.GAP)
        elif not _signed_at(decoded, last, hashes[-1], owner.signing):
            self._refuse(frame.log, frame.first, Fault.SIGNATURE)
        else:
            self._aside(decoded, data, owner.device, "revoked")
            self.intake.held[frame.log] = Head(last, hashes[-1][:HEAD_BYTES])

    def _held_head(self, log: bytes, known: LogHead | None) -> tuple[int, bytes]:
        held = select(ASIDE.c.last, ASIDE.c.hash).where(ASIDE.c.log == log, ASIDE.c.why == "revoked")
        row = self._session.execute(held.order_by(ASIDE.c.last.desc()).limit(1)).first()
        if row is not None:
            return row.last, row.hash
        return (known.head_seq, known.head_hash) if known is not None else (-1, chain.GENESIS)

    def _aside(self, decoded: DecodedFrame, data: bytes, owner: bytes, why: str) -> None:
        """Keep a frame, once, and say so to whoever looks after headquarters."""
        frame = decoded.frame
        chain_hash = chain.walk(frame.previous, frame.entries)[-1]
        same = (ASIDE.c.log == frame.log, ASIDE.c.first == frame.first, ASIDE.c.hash == chain_hash)
        if self._session.scalar(select(func.count()).select_from(ASIDE).where(*same)):
            return
        self._session.execute(
            insert(ASIDE).values(
                log=frame.log,
                device=owner,
                first=frame.first,
                last=frame.first + len(frame.entries) - 1,
                hash=chain_hash,
                why=str(why),
                at=self._now,
                frame=data,
            )
        )
        incidents.note(
            self._session, f"frame-{why}", owner, self._now, log=frame.log.hex(), first=frame.first
        )

    def _refuse(self, log: bytes, first: int, fault: Fault) -> None:
        self.intake.refused.append(Refusal(log, first, fault.value))


def _owner(known: LogHead | None, decoded: DecodedFrame) -> tuple[bytes, int]:
    """The owner's device id and the scope of a log, by what is here or by its opening."""
    if known is not None:
        return known.device, known.scope
    certificate, scope = runs.opening(decoded)
    return certificate.device_id, scope


def _signed_at(decoded: DecodedFrame, seq: int, chain_hash: bytes, public: bytes) -> bool:
    key = Ed25519PublicKey.from_public_bytes(public)
    log = decoded.frame.log
    return any(p.seq == seq and chain.point_holds(key, log, p, chain_hash) for p in decoded.frame.points)


def _named(data: bytes) -> tuple[bytes, int]:
    """The log and first number a broken frame names, as far as that can be read."""
    try:
        head = framing.head(data)
    except FrameInvalid:
        return bytes(HEAD_BYTES), 0
    return head.log, head.first
