"""The logs in a database: opening our own, appending, signing, handing out runs, taking others' in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, func, insert, select, update

from app.errors import Refused
from app.journal import chain, change, device_certificate
from app.journal.chain import Entry, Point
from app.journal.change import Change
from app.journal.registry import ENTITIES, Owner
from app.storage import bulk
from app.storage.base import Base
from app.storage.identity import Identity
from app.storage.projection import Sealed, project
from app.storage.tables.journal import ChangeRow, Log, PointRow

CHANGE = Base.metadata.tables["change"]
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
        Log.id, Log.log, Log.branch, Log.scope, Log.device, Log.public_key, Log.kind,
        Log.own, Log.state, Log.head_seq, Log.head_hash, Log.signed_seq,
    )  # fmt: skip
    if scopes is not None:
        query = query.where(Log.scope.in_(scopes))
    return [LogHead(*row) for row in connection.execute(query.order_by(Log.log, Log.branch))]


def digest(connection: Connection, scopes: Sequence[int]) -> bytes:
    """8 bytes that are equal at two ends that hold the same signed logs of these scopes (sync.md, section 6)."""
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
    _store(connection, row, 0, [entry], [head_hash])
    return next(head for head in held(connection, [scope]) if head.row == row)


def append(connection: Connection, head: LogHead, entries: Sequence[Entry]) -> list[bytes]:
    """Append our own changes; returns their chain hashes. Projecting them is the caller's next step."""
    hashes = chain.walk(head.head_hash, entries)
    _store(connection, head.row, head.head_seq + 1, entries, hashes)
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
        _keep_points(connection, head.row, [point])
    return len(grown)


def sign_at(connection: Connection, identity: Identity, head: LogHead, seq: int) -> Point:
    """Sign our log at `seq`, where a frame is to end; the point that is there already otherwise."""
    found = connection.scalar(select(PointRow.signature).where(PointRow.log == head.row, PointRow.seq == seq))
    if found is not None:
        return Point(seq, found)
    point = chain.sign_point(identity.signing, head.log, seq, hash_at(connection, head, seq))
    _keep_points(connection, head.row, [point])
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
        chain.erased(inner) if body is None else chain.entry(salt, body)
        for salt, body, inner in connection.execute(query.order_by(ChangeRow.seq))
    ]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of one log's changes as it arrives: entries from seq `first` on, after the hash `previous`."""

    log: bytes
    first: int
    previous: bytes
    entries: Sequence[Entry]
    changes: Sequence[Change | None]
    points: Sequence[Point]


def receive(connection: Connection, run: Run, authority: bytes, scopes: Sequence[int]) -> LogHead:
    """Take another's (or an old own) run in: verified up to its last good point, stored, projected.

    `authority` is headquarters' public enrolment key, `scopes` what this database may hold. What is
    here already is skipped. Returns the log's head afterwards. Raises Refused with `gap`, `fork`,
    `scope`, `signature`, `entity`, or `opening`, and then nothing was taken.
    """
    head = next((h for h in held(connection) if h.log == run.log and not h.branch), None)
    hashes = chain.walk(run.previous, run.entries)
    public_key = head.public_key if head else _opening_key(run, hashes, authority, scopes)
    known = head.head_seq if head else -1
    if run.first > known + 1:
        raise Refused("gap", seq=known)
    _agree_on_overlap(connection, head, run, hashes)
    last = _last_good_point(run, hashes, public_key)
    good = _good_points(run, hashes, last)
    if last > known:
        head = _take(connection, head, run, hashes, known, last)
    assert head is not None, "a log without an opening was refused above"
    _keep_points(connection, head.row, good)
    return next(h for h in held(connection, [head.scope]) if h.row == head.row)


def _take(
    connection: Connection, head: LogHead | None, run: Run, hashes: Sequence[bytes], known: int, last: int
) -> LogHead:
    skip = known + 1 - run.first
    stop = last + 1 - run.first
    if head is None:
        head = _new_log(connection, run)
    _owner_may_write(head.kind, run.changes[skip:stop])
    _store(connection, head.row, known + 1, run.entries[skip:stop], hashes[skip:stop])
    connection.execute(
        update(Log).where(Log.id == head.row).values(head_seq=last, head_hash=hashes[stop - 1])
    )
    arrived = [
        Sealed(seq, hashes[seq - run.first], body)
        for seq in range(known + 1, last + 1)
        if (body := run.changes[seq - run.first]) is not None
    ]
    project(connection, head.row, arrived)
    return head


def _opening(run: Run) -> tuple[device_certificate.DeviceCertificate, int]:
    first = run.changes[0] if run.first == 0 and run.changes else None
    if first is None:
        raise Refused("gap", seq=-1)
    values = first.groups.get(1, ())
    if (
        first.entity != 0
        or len(values) != 4
        or not isinstance(values[0], bytes)
        or type(values[1]) is not int
    ):
        raise Refused("opening")
    return device_certificate.parse(values[0]), values[1]


def _opening_key(run: Run, hashes: Sequence[bytes], authority: bytes, scopes: Sequence[int]) -> bytes:
    """The owner's key from a log's first change; refuses what headquarters did not vouch for."""
    certificate, scope = _opening(run)
    first = run.changes[0]
    assert first is not None
    vouched = first.groups[1][0]
    assert isinstance(vouched, bytes)
    device_certificate.verify(vouched, authority)
    if chain.log_id(hashes[0]) != run.log:
        raise Refused("opening")
    if scope not in scopes or not certificate.may_write(scope):
        raise Refused("scope", scope=scope)
    return certificate.public_key


def _new_log(connection: Connection, run: Run) -> LogHead:
    certificate, scope = _opening(run)
    values = {
        "log": run.log, "branch": b"", "scope": scope, "device": certificate.device_id,
        "public_key": certificate.public_key, "kind": int(certificate.kind),
        "own": False, "state": OPEN, "head_seq": -1, "head_hash": chain.GENESIS, "signed_seq": -1,
    }  # fmt: skip
    row = connection.execute(insert(Log).values(values).returning(Log.id)).scalar_one()
    return next(head for head in held(connection, [scope]) if head.row == row)


def _agree_on_overlap(
    connection: Connection, head: LogHead | None, run: Run, hashes: Sequence[bytes]
) -> None:
    """The run must continue the very chain that is here: at its start, and where both end."""
    if head is None:
        return
    if hash_at(connection, head, run.first - 1) != run.previous:
        raise Refused("fork", seq=run.first)
    shared = min(head.head_seq, run.first + len(hashes) - 1)
    if shared >= run.first and hash_at(connection, head, shared) != hashes[shared - run.first]:
        raise Refused("fork", seq=run.first)


def _last_good_point(run: Run, hashes: Sequence[bytes], public_key: bytes) -> int:
    """The seq of the last point that holds; everything after it is left for later."""
    key = Ed25519PublicKey.from_public_bytes(public_key)
    for point in sorted(run.points, reverse=True):
        index = point.seq - run.first
        if 0 <= index < len(hashes) and chain.point_holds(key, run.log, point, hashes[index]):
            return point.seq
    raise Refused("signature")


def _good_points(run: Run, hashes: Sequence[bytes], last: int) -> list[Point]:
    return [point for point in run.points if point.seq == last]


def _owner_may_write(kind: int, changes: Sequence[Change | None]) -> None:
    """A centre's devices write a centre's entities; what this version does not know is kept.

    Headquarters may write anything. Raises Refused('entity').
    """
    if kind == device_certificate.DeviceKind.HEADQUARTERS:
        return
    for entity in {made.entity for made in changes if made is not None}:
        known = ENTITIES.get(entity)
        if known is not None and known.owner is Owner.HEADQUARTERS:
            raise Refused("entity", entity=entity)


def _store(
    connection: Connection, row: int, first: int, links: Sequence[Entry], hashes: Sequence[bytes]
) -> None:
    bulk.insert(
        connection,
        CHANGE,
        ("log", "seq", "hash", "salt", "body", "inner"),
        [
            (row, seq, h, link.salt, link.body, link.inner if link.body is None else None)
            for seq, (h, link) in enumerate(zip(hashes, links, strict=True), first)
        ],
    )


def _keep_points(connection: Connection, row: int, good: Sequence[Point]) -> None:
    bulk.upsert(
        connection, PointRow.__table__, ("log", "seq", "signature"), [(row, *point) for point in good]
    )  # type: ignore[arg-type]  # a mapped class's table is a Table
    highest = func.max(PointRow.seq)
    signed = connection.scalar(select(highest).where(PointRow.log == row))
    connection.execute(
        update(Log).where(Log.id == row).values(signed_seq=signed if signed is not None else -1)
    )
