"""Taking in a run of somebody's log: who may write it, does it continue what is here, is it signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, insert, update
from sqlalchemy.orm import Session

from app.errors import Refused
from app.journal import chain, device_certificate, registry
from app.journal.alike import Alike
from app.journal.chain import Entry, Point
from app.journal.change import Change
from app.journal.device_certificate import DeviceKind
from app.journal.registry import ENTITIES
from app.storage import bulk, columns, incidents, logs
from app.storage.logs import LogHead
from app.storage.tables.journal import Log


@dataclass(frozen=True, slots=True)
class Run:
    """A run of one log's changes as it arrives: entries from seq `first` on, after the hash `previous`.

    `changes` are what the entries' bodies spell, None for the erased ones. `alike` has those of them as
    columns that come in great numbers; nothing but the others is asked of `changes` then.
    """

    log: bytes
    first: int
    previous: bytes
    entries: Sequence[Entry]
    changes: Sequence[Change | None]
    points: Sequence[Point]
    alike: Sequence[Alike] = ()

    def until(self, stop: int) -> Run:
        """The first `stop` of its changes."""
        return replace(self, entries=self.entries[:stop], changes=self.changes[:stop], alike=())

    def entities(self) -> frozenset[int]:
        """The kinds of rows that its changes touch."""
        known = {place for some in self.alike for place in some.places}
        others = (self.changes[place] for place in range(len(self.entries)) if place not in known)
        return frozenset(some.entity for some in self.alike) | {
            one.entity for one in others if one is not None
        }


@dataclass(frozen=True, slots=True)
class Owner:
    """The device that writes a log, by its opening, and the log's scope."""

    device: bytes
    public_key: bytes
    kind: int
    scope: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run continues what is here: the branch that holds all before its entry number `index`.

    `leaves` says that the branch goes on differently there: the log is forked.
    """

    head: LogHead
    index: int
    leaves: bool = False


@bulk.without_collector()
def receive(session: Session, run: Run, authority: bytes, scopes: Sequence[int]) -> LogHead:
    """Take another's (or an old own) run in: verified up to its last good point, stored, projected.

    `authority` is headquarters' public enrolment key, `scopes` what this database may hold. What is
    here already is skipped. A signed run that differs from what is here becomes a branch of its own.
    Returns the log (or branch) as it stands afterwards. Raises Refused, and then nothing was taken:
    `gap` (`seq`: the last number here), `fork` (what comes before the run is not here: send from
    further back), `scope`, `signature`, `entity`.
    """
    connection = session.connection()
    here = logs.find(connection, run.log)
    hashes = chain.walk(run.previous, run.entries)
    owner = _known_owner(here[0], scopes) if here else _vouched(run, hashes, authority, scopes)
    if run.first > max((head.head_seq for head in here), default=-1) + 1:
        raise Refused("gap", seq=here[0].head_seq)
    last = _last_good_point(run, hashes, owner.public_key)
    signed = hashes[: last.seq - run.first + 1]
    if len(signed) < len(hashes):
        run = run.until(len(signed))
    _owner_may_write(owner, run.entities())
    place = _place(connection, here, run, signed) if here else Place(_new_log(connection, run, owner), 0)
    with bulk.roomy(connection, len(signed)):
        head = _take(connection, place, run, signed)
    if last.seq >= head.start:
        logs.keep_points(connection, head.row, [last])
    if here:
        _note_second_writer(session, here[0], place, head, run)
    return logs.at_row(connection, head.row)


def _take(connection: Connection, place: Place, run: Run, hashes: Sequence[bytes]) -> LogHead:
    """Store and project what is new; returns the branch it went to, as it was or further on."""
    if place.index == len(hashes):
        return place.head
    head, first = place.head, run.first + place.index
    if place.leaves:
        head = _new_branch(connection, head, first, hashes[place.index])
    new = hashes[place.index :]
    logs.store(connection, head.row, first, run.entries[place.index :], new)
    logs.advance(connection, head, first + len(new) - 1, new[-1])
    if place.index:
        columns.project(connection, head, first, new, run.changes[place.index :], ())
    else:
        columns.project(connection, head, first, new, run.changes, run.alike)
    return replace(head, head_seq=first + len(new) - 1, head_hash=new[-1])


def _place(connection: Connection, here: Sequence[LogHead], run: Run, hashes: Sequence[bytes]) -> Place:
    """Where the run belongs; raises Refused('fork') when what precedes it is on no branch here."""
    best: Place | None = None
    for head in here:
        if run.first > head.head_seq + 1 or logs.hash_at(connection, head, run.first - 1) != run.previous:
            continue
        index, shared = _agreement(connection, head, run, hashes)
        if index == shared:
            return Place(head, index)
        if best is None or index > best.index:
            best = Place(head, index, leaves=True)
    if best is None:
        raise Refused("fork", seq=run.first)
    return best


def _agreement(connection: Connection, head: LogHead, run: Run, hashes: Sequence[bytes]) -> tuple[int, int]:
    """How many of the run's changes are on this branch from its first on, and of how many that could be."""
    shared = min(head.head_seq - run.first + 1, len(hashes))
    if not shared or logs.hash_at(connection, head, run.first + shared - 1) == hashes[shared - 1]:
        return shared, shared
    there = logs.hashes(connection, head, run.first, run.first + shared - 1)
    same = (mine == theirs for mine, theirs in zip(hashes, there, strict=False))
    return next(number for number, equal in enumerate(same) if not equal), shared


def _known_owner(head: LogHead, scopes: Sequence[int]) -> Owner:
    """Who writes a log that is here; raises Refused('scope')."""
    if head.scope not in scopes:
        raise Refused("scope", scope=head.scope)
    return Owner(head.device, head.public_key, head.kind, head.scope)


def _vouched(run: Run, hashes: Sequence[bytes], authority: bytes, scopes: Sequence[int]) -> Owner:
    """Whose log the run opens, and in which scope; refuses what headquarters did not vouch for."""
    if run.first != 0 or not hashes:
        raise Refused("gap", seq=-1)
    opening = run.changes[0]
    values = opening.groups.get(1, ()) if opening is not None and opening.entity == 0 else ()
    if [type(value) for value in values[:2]] != [bytes, int] or chain.log_id(hashes[0]) != run.log:
        raise Refused("signature")
    try:
        certificate = device_certificate.verify(values[0], authority)  # type: ignore[arg-type]  # bytes, see above
    except Refused as fault:
        raise Refused("signature") from fault
    scope = values[1]
    if scope not in scopes or not certificate.may_write(scope):  # type: ignore[arg-type]  # an int, see above
        raise Refused("scope", scope=scope)
    return Owner(certificate.device_id, certificate.public_key, int(certificate.kind), scope)  # type: ignore[arg-type]  # as above


def _new_log(connection: Connection, run: Run, owner: Owner) -> LogHead:
    values = {
        "log": run.log, "branch": b"", "start": 0, "scope": owner.scope, "device": owner.device,
        "public_key": owner.public_key, "kind": owner.kind,
        "own": False, "state": logs.OPEN, "head_seq": -1, "head_hash": chain.GENESIS, "signed_seq": -1,
    }  # fmt: skip
    row = connection.execute(insert(Log).values(values).returning(Log.id)).scalar_one()
    return logs.at_row(connection, row)


def _new_branch(connection: Connection, left: LogHead, start: int, chain_hash: bytes) -> LogHead:
    """A row for the branch that leaves another one at the number `start`."""
    values = {
        "log": left.log, "branch": chain_hash, "parent": left.row, "start": start, "scope": left.scope,
        "device": left.device, "public_key": left.public_key, "kind": left.kind,
        "own": False, "state": logs.STOPPED, "head_seq": start - 1,
        "head_hash": logs.hash_at(connection, left, start - 1), "signed_seq": -1,
    }  # fmt: skip
    row = connection.execute(insert(Log).values(values).returning(Log.id)).scalar_one()
    return logs.at_row(connection, row)


def _note_second_writer(session: Session, first: LogHead, place: Place, head: LogHead, run: Run) -> None:
    """Two have written one log (a clone, a restored copy): an incident, and our own is written no further."""
    if place.leaves:
        incidents.note(session, "log-forked", log=first.log.hex(), seq=run.first + place.index)
    elif first.own and first.state == logs.OPEN and head != place.head:
        incidents.note(session, "log-continued-elsewhere", log=first.log.hex(), seq=head.head_seq)
    else:
        return
    if first.own:
        session.connection().execute(update(Log).where(Log.log == first.log).values(state=logs.STOPPED))


def _last_good_point(run: Run, hashes: Sequence[bytes], public_key: bytes) -> Point:
    """The last point that holds; everything after it is left for later. Raises Refused('signature')."""
    key = Ed25519PublicKey.from_public_bytes(public_key)
    for point in sorted(run.points, reverse=True):
        index = point.seq - run.first
        if 0 <= index < len(hashes) and chain.point_holds(key, run.log, point, hashes[index]):
            return point
    raise Refused("signature")


def _owner_may_write(owner: Owner, entities: Iterable[int]) -> None:
    """A centre's devices write a centre's entities; what this version does not know is kept.

    Headquarters may write anything. Raises Refused('entity').
    """
    if owner.kind == DeviceKind.HEADQUARTERS:
        return
    for entity in entities:
        known = ENTITIES.get(entity)
        if known is not None and known.owner is registry.Owner.HEADQUARTERS:
            raise Refused("entity", entity=entity)
