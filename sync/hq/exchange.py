"""Headquarters' rules of `POST /v1/sync`: who asks, what is taken, what goes down.

First what came is on the disk, then it is acknowledged: the reply is made from what the database
holds after the commit. docs/formats/sync.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.errors import SyncTrouble
from app.journal.registry import BY_NAME
from app.storage import chunks, logs
from app.storage.logs import LogHead
from sync import runs
from sync.hq import authority, devices, enrolment, frames, leases
from sync.hq.devices import DeviceRow
from sync.hq.headquarters import Headquarters
from sync.hq.intake import Door, Intake
from sync.protocol import chunks as chunk_messages
from sync.protocol import exchange, signing
from sync.protocol.exchange import (
    CURSOR_HASH_BYTES,
    DIGEST_BYTES,
    HASH_BYTES,
    Begun,
    Cursor,
    Head,
    Heads,
    ReplyHead,
    Request,
    Sent,
    Status,
)
from sync.protocol.tokens import Verdict

MOST = 4 * 1024 * 1024
LEAST = 16 * 1024
NOTHING_YET = Cursor(0, bytes(CURSOR_HASH_BYTES))
CERTIFICATE = BY_NAME["certificate"].number


class LocalExchange:
    """Headquarters in this process, as one of the two implementations of `sync.protocol.link.Exchange`."""

    def __init__(self, headquarters: Headquarters, host: str | None = None) -> None:
        self._headquarters = headquarters
        self.host = headquarters.config.host if host is None else host

    def sync(self, body: bytes) -> Iterable[bytes]:
        """The reply in pieces; raises SyncTrouble."""
        return answer(self._headquarters, self.host, body)

    def chunks(self, request: bytes) -> Iterable[bytes]:
        """The chunks asked for, as far as they are here; raises Malformed."""
        return [chunks_of(self._headquarters, request)]

    def enrol(self, request: bytes) -> bytes:
        """The answer; raises SyncTrouble."""
        return enrolment.answer(self._headquarters, request)


def answer(headquarters: Headquarters, host: str, body: bytes) -> list[bytes]:
    """The reply to a signed request, in pieces.

    Raises Malformed, SyncTrouble('sync-device-unknown' | 'sync-signature'); nothing was looked at then.
    """
    _, payload = signing.split_request(body)
    request = exchange.parse_request(payload)
    with headquarters.read() as session:
        device = devices.find(session, request.device)
    if device is None:
        raise SyncTrouble("sync-device-unknown")
    if not signing.request_holds(device.signing, "POST", host, exchange.PATH, body):
        raise SyncTrouble("sync-signature")
    with headquarters.take() as session:
        verdict, token = devices.admit(session, device, request.token, headquarters.now())
        door = Door(session, headquarters.authority, device.scopes, headquarters.now())
        for frame in request.frames if verdict is Verdict.TAKEN else ():
            door.take(frame)
    if verdict is not Verdict.TAKEN:
        return _challenge(headquarters, token)
    follow_up(headquarters, device, door.intake)
    with headquarters.read() as session:
        return _reply(headquarters, session, device, request, token, door.intake)


def chunks_of(headquarters: Headquarters, body: bytes) -> bytes:
    """The reply to a request for chunks, whoever asks: they are published. Raises Malformed."""
    names = chunk_messages.parse_request(body)
    with headquarters.read() as session:
        found = [chunks.one(session.connection(), name) for name in names]
    return chunk_messages.pack_reply([chunk for chunk in found if chunk is not None])


def follow_up(headquarters: Headquarters, device: DeviceRow, intake: Intake) -> None:
    """What headquarters writes in answer: the device's next block of serials, a new status list.

    A status list is also signed anew before it gets stale, so that a quiet month does no harm.
    """
    if not intake.changes:
        return
    with headquarters.read() as session:
        open_to = device.gets_downlink(headquarters.today())
        lease = open_to and leases.due(headquarters, session, device)
        listed = CERTIFICATE in intake.entities or authority.status_due(headquarters, session)
    if not (lease or listed):
        return
    with headquarters.write() as session:
        if lease and leases.due(headquarters, session, device):
            leases.give(headquarters, session, device)
        if listed:
            authority.sign_status(headquarters, session)


def _challenge(headquarters: Headquarters, token: bytes) -> list[bytes]:
    head = ReplyHead(Status.CHALLENGE, headquarters.now(), token, bytes(DIGEST_BYTES))
    return [exchange.pack_head(head), exchange.pack_more(False)]


def _reply(
    headquarters: Headquarters,
    session: Session,
    device: DeviceRow,
    request: Request,
    token: bytes,
    intake: Intake,
) -> list[bytes]:
    connection = session.connection()
    open_to = device.gets_downlink(headquarters.today())
    head = ReplyHead(
        Status.TAKEN if open_to else Status.UPLINK_ONLY,
        headquarters.now(),
        token,
        runs.digest(connection, device.scopes),
        {**_stand(intake.logs), **intake.held},
        None if request.heads is None or not open_to else _compared(connection, device, request.heads),
        tuple(intake.refused),
    )
    sent, more = _downlink(session, device, request) if open_to else ([], False)
    frames = [_packed(one, request.begun) for one in sent]
    return [exchange.pack_head(head), *frames, exchange.pack_more(more)]


def _packed(sent: Sent, begun: Begun | None) -> bytes:
    """A frame of the reply; only the rest of one that the device says it has the beginning of."""
    if begun is None or begun[:2] != sent[:2] or begun.length >= len(sent.frame):
        return exchange.pack_sent(sent)
    same = sha256(sent.frame[: begun.length]).digest()[:HASH_BYTES] == begun.hash8
    return exchange.pack_rest(sent, begun.length) if same else exchange.pack_sent(sent)


def _downlink(session: Session, device: DeviceRow, request: Request) -> tuple[list[Sent], bool]:
    """The frames the device lacks, up to what it asked for; a frame of 4 bytes moves its cursor only."""
    sent: list[Sent] = []
    room = min(max(request.most, LEAST), MOST)
    for scope in device.scopes:
        if room <= 0:
            return sent, True
        cursor = request.cursors.get(scope, NOTHING_YET)
        page = frames.page(session.connection(), scope, cursor, device.device, request.heads, room)
        sent += page.frames
        if page.cursor is not None and page.cursor != cursor and not _ends_at(page):
            sent.append(Sent(scope, page.cursor.number, page.cursor.hash4))
        if page.more:
            return sent, True
        room -= sum(len(frame.frame) for frame in page.frames)
    return sent, False


def _ends_at(page: frames.Page) -> bool:
    """Whether the last frame sent brings the cursor there by itself."""
    return bool(page.frames) and page.cursor is not None and page.frames[-1].number == page.cursor.number


def _stand(heads: Mapping[bytes, LogHead]) -> Heads:
    return {log: Head(head.head_seq, head.head_hash[:HASH_BYTES]) for log, head in heads.items()}


def _compared(connection: Connection, device: DeviceRow, theirs: Heads) -> Heads:
    """Where all logs of the device's scopes stand here; of a forked one the branch the device is on."""
    found: dict[bytes, LogHead] = {}
    for head in logs.held(connection, device.scopes, branches=True):
        there = theirs.get(head.log)
        first = head.log not in found
        if first or (there is not None and _on(connection, head, there)):
            found[head.log] = head
    return _stand(found)


def _on(connection: Connection, head: LogHead, there: Head) -> bool:
    inside = 0 <= there.seq <= head.head_seq
    return inside and logs.hash_at(connection, head, there.seq)[:HASH_BYTES] == there.hash8
