"""What a laptop remembers of headquarters: token, cursors, acknowledgements, whom to seal bundles for.

None of it is believed for longer than it takes to ask: headquarters says what it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.journal.device_certificate import EVERYBODY, DeviceKind
from app.storage import bulk, logs, settings
from app.storage.base import Base
from app.storage.logs import LogHead
from app.storage.tables import Device
from app.storage.tables.local import Acknowledged, Cursor
from sync.protocol import exchange
from sync.protocol.exchange import CURSOR_HASH_BYTES, HASH_BYTES, Head
from sync.protocol.reply import Beginning

TOKEN, HOST, RECIPIENTS = "sync-token", "sync-host", "sync-recipients"
RECOVERY, ROLE = "recovery-key", "role"
BEGUN = "sync-begun"  # a frame of which a cut line brought a part
FAILED = "sync-failed"  # how often in a row no sync got through, and when that was (Unix ms)
PACE = "sync-pace"  # bytes of a frame that the line carried well
CONTACT, SYNCED, OFFSET = "sync-contact", "sync-synced", "sync-clock-offset"
CURSORS = Base.metadata.tables["cursor"]
ACKNOWLEDGED = Base.metadata.tables["acknowledged"]
NOTHING_YET = exchange.Cursor(0, bytes(CURSOR_HASH_BYTES))


class Recipient(NamedTuple):
    """Somebody a bundle is sealed for: device kind and raw box key."""

    kind: int
    box: bytes


def scopes(centre: int) -> tuple[int, int]:
    """What a laptop of the centre holds."""
    return EVERYBODY, centre


def token(session: Session) -> bytes:
    """The token for the next request, empty when there is none."""
    found = settings.get(session, TOKEN, b"")
    return found if isinstance(found, bytes) else b""


def keep_token(session: Session, fresh: bytes) -> None:
    """Keep the token of a reply."""
    settings.put(session, TOKEN, fresh)


def pace(session: Session) -> int | None:
    """The size of frames that suited the line the last time, in bytes."""
    found = settings.get(session, PACE)
    return found if isinstance(found, int) else None


def begun(session: Session) -> Beginning | None:
    """What a cut line brought of a frame."""
    match settings.get(session, BEGUN):
        case (int(scope), int(number), bytes(data)) if data:
            return Beginning(scope, number, data)
    return None


def keep_begun(session: Session, beginning: Beginning | None) -> None:
    """Keep it for the next time."""
    settings.put(session, BEGUN, None if beginning is None else list(beginning))


def failed(session: Session) -> tuple[int, int]:
    """How many syncs in a row did not get through, and when the last of them was (Unix ms)."""
    match settings.get(session, FAILED):
        case [int(times), int(at)]:
            return times, at
    return 0, 0


def keep_failed(session: Session, times: int, at: int) -> None:
    """Remember it over restarts: a line that is down is not besieged by everybody's laptop each morning."""
    settings.put(session, FAILED, [times, at])


def cursors(session: Session, wanted: Sequence[int]) -> dict[int, exchange.Cursor]:
    """How far each scope was received."""
    rows = session.execute(select(Cursor.scope, Cursor.n, Cursor.hash4))
    known = {scope: exchange.Cursor(number, hash4) for scope, number, hash4 in rows}
    return {scope: known.get(scope, NOTHING_YET) for scope in wanted}


def keep_cursor(session: Session, scope: int, cursor: exchange.Cursor) -> None:
    """Remember how far a scope was received."""
    bulk.upsert(session.connection(), CURSORS, ("scope", "n", "hash4"), [(scope, *cursor)])


def acknowledged(session: Session) -> dict[bytes, Head]:
    """What headquarters said lies on its disk, by log."""
    rows = session.execute(select(Acknowledged.log, Acknowledged.seq, Acknowledged.hash8))
    return {log: Head(seq, hash8) for log, seq, hash8 in rows}


def reached(connection: Connection, head: LogHead, acknowledged: Mapping[bytes, Head]) -> int:
    """The last number of this branch of which headquarters said that it has it.

    Of a forked log it says one branch only: a word about another one says nothing of ours.
    """
    ack = acknowledged.get(head.log)
    if ack is None or not head.start <= ack.seq <= head.head_seq:
        return head.start - 1
    return ack.seq if logs.hash_at(connection, head, ack.seq)[:HASH_BYTES] == ack.hash8 else head.start - 1


def keep_acknowledged(session: Session, acks: Mapping[bytes, Head], at: int) -> None:
    """Remember what headquarters said, `at` Unix milliseconds."""
    rows = [(log, *head, at) for log, head in acks.items()]
    bulk.upsert(session.connection(), ACKNOWLEDGED, ("log", "seq", "hash8", "at"), rows)


def recipients(session: Session, own: bytes) -> list[Recipient]:
    """Headquarters, and the centre's other devices that are not revoked; `own` is this one's box key.

    Those that the enrolment named, and those that headquarters has published since.
    """
    stored = settings.get(session, RECIPIENTS, [])
    named = [Recipient(kind, box) for kind, box in stored] if isinstance(stored, list) else []
    rows = session.execute(select(Device.box, Device.revoked_on)).all()
    gone = {box for box, revoked_on in rows if revoked_on is not None}
    later = [Recipient(int(DeviceKind.CENTRE), box) for box, _ in rows if box is not None]
    return list({r.box: r for r in [*named, *later] if r.box != own and r.box not in gone}.values())
