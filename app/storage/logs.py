"""The logs in a database: opening our own, appending, signing, handing out runs, taking others' in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, insert, or_, select, update

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
    """A log and how far it goes here; `row` is its row id, `signed_seq` -1 when nothing is signed.

    A fork's second branch has a row of its own: `branch` is the hash of its first divergent change,
    which stands at `start`; what comes before is that of the row `parent`.
    """

    row: int
    log: bytes
    branch: bytes
    parent: int | None
    start: int
    scope: int
    device: bytes
    public_key: bytes
    kind: int
    own: bool
    state: str
    head_seq: int
    head_hash: bytes
    signed_seq: int


_HEAD = (
    Log.id.label("row"), Log.log, Log.branch, Log.parent, Log.start, Log.scope, Log.device, Log.public_key,
    Log.kind, Log.own, Log.state, Log.head_seq, Log.head_hash, Log.signed_seq,
)  # fmt: skip
# Statements of every single mark are built once: building one takes longer than running it.
_OWN = select(*_HEAD).where(
    Log.own,
    Log.state == OPEN,
    Log.branch == b"",
    Log.scope == bindparam("scope"),
    Log.device == bindparam("device"),
)
_ADVANCE = (
    update(Log)
    .where(Log.id == bindparam("row"), Log.head_seq == bindparam("before"))
    .values(head_seq=bindparam("seq"), head_hash=bindparam("hash"))
)
_FOUND = select(*_HEAD).where(Log.log == bindparam("log")).order_by(Log.id)


def _all(of_scopes: bool, branches: bool) -> Any:
    query = select(*_HEAD).order_by(Log.log, Log.branch)
    if of_scopes:
        query = query.where(Log.scope.in_(bindparam("scopes", expanding=True)))
    return query if branches else query.where(Log.branch == b"")


_HELD = {(some, branches): _all(some, branches) for some in (True, False) for branches in (True, False)}
FOREVER = 1 << 63


def held(
    connection: Connection, scopes: Sequence[int] | None = None, branches: bool = False
) -> list[LogHead]:
    """The logs that this database holds, in ascending order of their ids.

    `branches` gives the second branches of forked logs too, each after the log's first.
    """
    query = _HELD[scopes is not None, branches]
    wanted = {} if scopes is None else {"scopes": list(scopes)}
    return [_head(row) for row in connection.execute(query, wanted)]


def find(connection: Connection, log: bytes) -> list[LogHead]:
    """One log, as it stands here: its first branch, then those of a fork as they came; [] without it."""
    return [_head(row) for row in connection.execute(_FOUND, {"log": log})]


def at_row(connection: Connection, row: int) -> LogHead:
    """The log (or branch) with this row id."""
    return _head(connection.execute(select(*_HEAD).where(Log.id == row)).one())


def _head(row: Any) -> LogHead:
    return LogHead(*row)


def lineage(connection: Connection, head: LogHead) -> dict[int, int]:
    """The rows whose changes come before the head's next one, each with the first number that does not."""
    ends = {head.row: FOREVER}
    parent, end = head.parent, head.start
    while parent is not None:
        ends[parent] = end
        parent, end = connection.execute(select(Log.parent, Log.start).where(Log.id == parent)).one()
    return ends


def hash_at(connection: Connection, head: LogHead, seq: int) -> bytes:
    """The chain hash at `seq`, on the head's branch; 32 zero bytes before the first change."""
    if seq == head.head_seq:
        return head.head_hash
    if seq < 0:
        return chain.GENESIS
    (found,) = hashes(connection, head, seq, seq)
    return found


def hashes(connection: Connection, head: LogHead, first: int, last: int) -> list[bytes]:
    """The chain hashes of the changes first..last (inclusive), on the head's branch."""
    query = select(ChangeRow.hash).where(_on_branch(connection, head, first, last))
    return list(connection.scalars(query.order_by(ChangeRow.seq)))


def _on_branch(connection: Connection, head: LogHead, first: int, last: int) -> ColumnElement[bool]:
    """Which changes are first..last of the log, on the head's branch."""
    if first >= head.start:
        return and_(ChangeRow.log == head.row, ChangeRow.seq.between(first, last))
    pieces = []
    for row, end in lineage(connection, head).items():
        pieces.append(and_(ChangeRow.log == row, ChangeRow.seq.between(first, min(last, end - 1))))
    return or_(*pieces)


def own(connection: Connection, identity: Identity, scope: int, wall: int) -> LogHead:
    """Our open log in the scope; opened now when there is none yet."""
    found = connection.execute(_OWN, {"scope": scope, "device": identity.device_id}).first()
    return _head(found) if found is not None else open_log(connection, identity, scope, wall)


def open_log(connection: Connection, identity: Identity, scope: int, wall: int) -> LogHead:
    """Begin a new log of ours; earlier ones of the same scope are stopped and named as its predecessor."""
    mine = [head for head in held(connection, [scope]) if head.own]
    before = max(mine, key=lambda head: head.row).log if mine else None
    opening = change.pack(
        Change(
            0,
            (),
            {1: (identity.certificate, scope, before, secrets.token_bytes(16))},
            (),
            None,
            wall,
        )
    )
    connection.execute(update(Log).where(Log.scope == scope, Log.own).values(state=STOPPED))
    entry = chain.entry(b"", opening)
    (head_hash,) = chain.walk(chain.GENESIS, [entry])
    values = {
        "log": chain.log_id(head_hash), "branch": b"", "start": 0, "scope": scope,
        "device": identity.device_id,
        "public_key": identity.signing.public_key().public_bytes_raw(),
        "kind": int(device_certificate.parse(identity.certificate).kind),
        "own": True, "state": OPEN, "head_seq": 0, "head_hash": head_hash, "signed_seq": -1,
    }  # fmt: skip
    row = connection.execute(insert(Log).values(values).returning(Log.id)).scalar_one()
    store(connection, row, 0, [entry], [head_hash])
    return at_row(connection, row)


def append(connection: Connection, head: LogHead, links: Sequence[Entry]) -> list[bytes]:
    """Append to a log (or branch); returns the chain hashes. Projecting them is the caller's next step."""
    made = chain.walk(head.head_hash, links)
    store(connection, head.row, head.head_seq + 1, links, made)
    advance(connection, head, head.head_seq + len(links), made[-1])
    return made


def advance(connection: Connection, head: LogHead, seq: int, chain_hash: bytes) -> None:
    """Move a log's head from where the caller saw it."""
    moved = connection.execute(
        _ADVANCE, {"row": head.row, "before": head.head_seq, "seq": seq, "hash": chain_hash}
    )
    assert moved.rowcount == 1, "writers queue, so nobody else moved it"


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
    """The entries first..last (inclusive) of a log, on the head's branch."""
    query = select(ChangeRow.salt, ChangeRow.body, ChangeRow.inner)
    rows = connection.execute(query.where(_on_branch(connection, head, first, last)).order_by(ChangeRow.seq))
    return [
        chain.entry(salt, body) if body is not None else chain.erased(inner or b"")
        for salt, body, inner in rows
    ]


def store(
    connection: Connection, row: int, first: int, links: Sequence[Entry], hashes: Sequence[bytes]
) -> None:
    """Put entries into the journal as they are; moving the log's head is the caller's."""
    rows = [
        (row, seq, h, salt, body, inner if body is None else None)
        for seq, (h, (salt, body, inner)) in enumerate(zip(hashes, links, strict=True), first)
    ]
    bulk.insert(connection, CHANGE, ("log", "seq", "hash", "salt", "body", "inner"), rows)


def keep_points(connection: Connection, row: int, good: Sequence[Point]) -> None:
    """Keep signed points of a log (row id)."""
    if not good:
        return
    bulk.insert_missing(connection, POINT, ("log", "seq", "signature"), [(row, *point) for point in good])
    highest = max(point.seq for point in good)
    connection.execute(update(Log).where(Log.id == row, Log.signed_seq < highest).values(signed_seq=highest))
