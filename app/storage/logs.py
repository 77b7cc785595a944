"""The logs in a database: opening our own, appending, signing, handing out runs, taking others' in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, func, insert, select, update

from app.journal import chain, change, device_certificate
from app.journal.chain import Entry, Point
from app.journal.change import Change
from app.storage import bulk
from app.storage.base import Base
from app.storage.identity import Identity
from app.storage.tables.journal import ChangeRow, Log, PointRow

CHANGE = Base.metadata.tables["change"]
POINT = Base.metadata.tables["point"]
OPEN, STOPPED = "open", "stopped"


@dataclass(frozen=True, slots=True)
class LogHead:
    """A log and how far it goes here; `row` is its row id, `signed_seq` -1 when nothing is signed."""

    row: int
    log: bytes
    branch: bytes
    scope: int
    device: bytes
    public_key: bytes
    kind: int
    own: bool
    state: str
    head_seq: int
    head_hash: bytes
    signed_seq: int


def held(connection: Connection, scopes: Sequence[int] | None = None) -> list[LogHead]:
    """The logs that this database holds, in ascending order of their ids."""
    query = select(
        Log.id.label("row"), Log.log, Log.branch, Log.scope, Log.device, Log.public_key, Log.kind,
        Log.own, Log.state, Log.head_seq, Log.head_hash, Log.signed_seq,
    )  # fmt: skip
    if scopes is not None:
        query = query.where(Log.scope.in_(scopes))
    return [LogHead(**row) for row in connection.execute(query.order_by(Log.log, Log.branch)).mappings()]


def digest(connection: Connection, scopes: Sequence[int]) -> bytes:
    """8 bytes, equal at two ends that hold the same signed logs of these scopes (sync.md, section 6)."""
    state = sha256()
    for head in held(connection, scopes):
        if head.signed_seq >= 0:
            state.update(
                head.log + head.signed_seq.to_bytes(8, "big") + hash_at(connection, head, head.signed_seq)
            )
    return state.digest()[:8]


def hash_at(connection: Connection, head: LogHead, seq: int) -> bytes:
    """The chain hash at `seq`; 32 zero bytes before the first change."""
    if seq == head.head_seq:
        return head.head_hash
    if seq < 0:
        return chain.GENESIS
    found = connection.scalar(select(ChangeRow.hash).where(ChangeRow.log == head.row, ChangeRow.seq == seq))
    assert found is not None, "a log has no gaps"
    return found


def own(connection: Connection, identity: Identity, scope: int, wall: int) -> LogHead:
    """Our open log in the scope; opened now when there is none yet. Raises Refused('device-expired')."""
    for head in held(connection, [scope]):
        if head.own and head.state == OPEN and head.device == identity.device_id:
            return head
    return open_log(connection, identity, scope, wall)


def open_log(connection: Connection, identity: Identity, scope: int, wall: int) -> LogHead:
    """Begin a new log of ours; earlier ones of the same scope are stopped and named as its predecessor."""
    before = [head for head in held(connection, [scope]) if head.own]
    opening = change.pack(
        Change(
            0,
            (),
            {1: (identity.certificate, scope, before[-1].log if before else None, secrets.token_bytes(16))},
            (),
            None,
            wall,
        )
    )
    connection.execute(update(Log).where(Log.scope == scope, Log.own).values(state=STOPPED))
    entry = chain.entry(b"", opening)
    (head_hash,) = chain.walk(chain.GENESIS, [entry])
    values = {
        "log": chain.log_id(head_hash), "branch": b"", "scope": scope, "device": identity.device_id,
        "public_key": identity.signing.public_key().public_bytes_raw(),
        "kind": int(device_certificate.parse(identity.certificate).kind),
        "own": True, "state": OPEN, "head_seq": 0, "head_hash": head_hash, "signed_seq": -1,
    }  # fmt: skip
    row = connection.execute(insert(Log).values(values).returning(Log.id)).scalar_one()
    store(connection, row, 0, [entry], [head_hash])
    return next(head for head in held(connection, [scope]) if head.row == row)


def append(connection: Connection, head: LogHead, entries: Sequence[Entry]) -> list[bytes]:
    """Append our own changes; returns their chain hashes. Projecting them is the caller's next step."""
    hashes = chain.walk(head.head_hash, entries)
    store(connection, head.row, head.head_seq + 1, entries, hashes)
    connection.execute(
        update(Log)
        .where(Log.id == head.row, Log.head_seq == head.head_seq)
        .values(head_seq=head.head_seq + len(entries), head_hash=hashes[-1])
    )
    return hashes


def sign(connection: Connection, identity: Identity, scopes: Sequence[int] | None = None) -> int:
    """Sign the heads of our own logs where they have grown since the last point; returns how many."""
    grown = [h for h in held(connection, scopes) if h.own and h.device == identity.device_id]
    grown = [head for head in grown if head.signed_seq < head.head_seq]
    for head in grown:
        point = chain.sign_point(identity.signing, head.log, head.head_seq, head.head_hash)
        keep_points(connection, head.row, [point])
    return len(grown)


def sign_at(connection: Connection, identity: Identity, head: LogHead, seq: int) -> Point:
    """Sign our log at `seq`, where a frame is to end; the point that is there already otherwise."""
    found = connection.scalar(select(PointRow.signature).where(PointRow.log == head.row, PointRow.seq == seq))
    if found is not None:
        return Point(seq, found)
    point = chain.sign_point(identity.signing, head.log, seq, hash_at(connection, head, seq))
    keep_points(connection, head.row, [point])
    return point


def points(connection: Connection, head: LogHead, after: int) -> list[Point]:
    """The log's signed points beyond `after`, ascending."""
    query = select(PointRow.seq, PointRow.signature).where(PointRow.log == head.row, PointRow.seq > after)
    return [Point(*row) for row in connection.execute(query.order_by(PointRow.seq))]


def entries(connection: Connection, head: LogHead, first: int, last: int) -> list[Entry]:
    """The entries first..last (inclusive) of a log."""
    query = select(ChangeRow.salt, ChangeRow.body, ChangeRow.inner).where(
        ChangeRow.log == head.row, ChangeRow.seq.between(first, last)
    )
    return [
        chain.entry(salt, body) if body is not None else chain.erased(inner or b"")
        for salt, body, inner in connection.execute(query.order_by(ChangeRow.seq))
    ]


def store(
    connection: Connection, row: int, first: int, links: Sequence[Entry], hashes: Sequence[bytes]
) -> None:
    """Put entries into the journal as they are; moving the log's head is the caller's."""
    bulk.insert(
        connection,
        CHANGE,
        ("log", "seq", "hash", "salt", "body", "inner"),
        [
            (row, seq, h, link.salt, link.body, link.inner if link.body is None else None)
            for seq, (h, link) in enumerate(zip(hashes, links, strict=True), first)
        ],
    )


def keep_points(connection: Connection, row: int, good: Sequence[Point]) -> None:
    """Keep signed points of a log (row id); those that are there stay, for a run may come twice."""
    listed = select(PointRow.seq).where(PointRow.log == row, PointRow.seq.in_([p.seq for p in good]))
    there = set(connection.scalars(listed))
    new = [(row, *point) for point in good if point.seq not in there]
    bulk.insert(connection, POINT, ("log", "seq", "signature"), new)
    highest = func.max(PointRow.seq)
    signed = connection.scalar(select(highest).where(PointRow.log == row))
    connection.execute(
        update(Log).where(Log.id == row).values(signed_seq=signed if signed is not None else -1)
    )
