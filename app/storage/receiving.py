"""Taking in a run of somebody's log: who may write it, does it continue what is here, is it signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, insert, update

from app.errors import Refused
from app.journal import chain, device_certificate
from app.journal.chain import Entry, Point
from app.journal.change import Change
from app.journal.registry import ENTITIES, Owner
from app.storage import logs
from app.storage.projection import Sealed, project
from app.storage.tables.journal import Log


@dataclass(frozen=True, slots=True)
class Run:
    """A run of one log's changes as it arrives: entries from seq `first` on, after the hash `previous`."""

    log: bytes
    first: int
    previous: bytes
    entries: Sequence[Entry]
    changes: Sequence[Change | None]
    points: Sequence[Point]


def receive(connection: Connection, run: Run, authority: bytes, scopes: Sequence[int]) -> logs.LogHead:
    """Take another's (or an old own) run in: verified up to its last good point, stored, projected.

    `authority` is headquarters' public enrolment key, `scopes` what this database may hold. What is
    here already is skipped. Returns the log's head afterwards. Raises Refused with `gap`, `fork`,
    `scope`, `signature`, `entity`, or `opening`, and then nothing was taken.
    """
    head = next((h for h in logs.held(connection) if h.log == run.log and not h.branch), None)
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
    logs.keep_points(connection, head.row, good)
    return next(h for h in logs.held(connection, [head.scope]) if h.row == head.row)


def _take(
    connection: Connection,
    head: logs.LogHead | None,
    run: Run,
    hashes: Sequence[bytes],
    known: int,
    last: int,
) -> logs.LogHead:
    skip = known + 1 - run.first
    stop = last + 1 - run.first
    if head is None:
        head = _new_log(connection, run)
    _owner_may_write(head.kind, run.changes[skip:stop])
    logs.store(connection, head.row, known + 1, run.entries[skip:stop], hashes[skip:stop])
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


def _new_log(connection: Connection, run: Run) -> logs.LogHead:
    certificate, scope = _opening(run)
    values = {
        "log": run.log, "branch": b"", "scope": scope, "device": certificate.device_id,
        "public_key": certificate.public_key, "kind": int(certificate.kind),
        "own": False, "state": logs.OPEN, "head_seq": -1, "head_hash": chain.GENESIS, "signed_seq": -1,
    }  # fmt: skip
    row = connection.execute(insert(Log).values(values).returning(Log.id)).scalar_one()
    return next(head for head in logs.held(connection, [scope]) if head.row == row)


def _agree_on_overlap(
    connection: Connection, head: logs.LogHead | None, run: Run, hashes: Sequence[bytes]
) -> None:
    """The run must continue the very chain that is here: at its start, and where both end."""
    if head is None:
        return
    if logs.hash_at(connection, head, run.first - 1) != run.previous:
        raise Refused("fork", seq=run.first)
    shared = min(head.head_seq, run.first + len(hashes) - 1)
    if shared >= run.first and logs.hash_at(connection, head, shared) != hashes[shared - run.first]:
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
