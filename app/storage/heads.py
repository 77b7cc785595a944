"""The heads of rows: which changes nobody has superseded, before a run is applied and after.

docs/formats/sync.md, section 5. The result depends on the set of changes alone, not on the order in
which logs arrive. Within a log (and a branch of a forked one) changes arrive in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

import cbor2
from sqlalchemy import Connection, bindparam, select

from app.journal.change import Change, Ref
from app.storage import bulk, logs
from app.storage.base import Base
from app.storage.logs import LogHead
from app.storage.tables.journal import ChangeRow, Head, Log, Named

Part = tuple[bytes, int]  # a packed row, and the number of a group
HEAD = Base.metadata.tables["head"]
NAMED = Base.metadata.tables["named"]
HEAD_COLUMNS = ("row", "part", "log", "seq", "hash", "wall")
MAX_ROW = 1_024  # bytes; an index of PostgreSQL takes 2,700 at most
FEW = 16  # rows that are looked up without asking first whether there is anything near them


# Statements of every single mark are built once: building one takes longer than running it.
_OF_ROWS = select(Head.row, Head.part, Head.log, Head.seq, Head.hash, Head.wall).where(
    Head.row.in_(bindparam("rows", expanding=True))
)
_NAMES = select(Named.seq, Named.hash4, Named.row, Named.part).where(Named.log == bindparam("log"))


class Sealed(NamedTuple):
    """A change with its place in a log, its chain hash, and its row as packed bytes."""

    seq: int
    hash: bytes
    change: Change
    row: bytes


class HeadRow(NamedTuple):
    """A head: which log (row id), where in it, its hash and wall time (ms)."""

    log: int
    seq: int
    hash: bytes
    wall: int


def packed_row(entity: int, key: Sequence[object]) -> bytes:
    """The bytes that stand for a row in heads and reviews: CBOR of [entity, key].

    A key of more than MAX_ROW bytes, which no table of ours shows, is represented by its hash.
    """
    row = cbor2.dumps((entity, key))
    if len(row) > MAX_ROW:
        return cbor2.dumps((entity, (sha256(row).digest(),)))
    return row


def packed_start(entity: int, fields: int, key: Sequence[object]) -> bytes:
    """What all packed rows begin with whose keys, of that many fields (below 24), begin with these."""
    return cbor2.dumps((entity,)).replace(b"\x81", b"\x82", 1) + b"".join(
        [bytes([0x80 | fields]), *map(cbor2.dumps, key)]
    )


def heads_of(connection: Connection, rows: Iterable[bytes]) -> dict[Part, list[HeadRow]]:
    """The present heads of these rows, by row and group."""
    found: dict[Part, list[HeadRow]] = defaultdict(list)
    for wanted in _possible(connection, sorted(set(rows))):
        for row, part, log, seq, chain_hash, wall in connection.execute(_OF_ROWS, {"rows": wanted}):
            found[row, part].append(HeadRow(log, seq, chain_hash, wall))
    return found


def _possible(connection: Connection, rows: list[bytes]) -> Iterable[Sequence[bytes]]:
    """Lookups for the rows, leaving out stretches in which there is no head at all (a first push)."""
    if len(rows) <= FEW:
        yield rows
        return
    by_entity: dict[bytes, list[bytes]] = defaultdict(list)
    for row in rows:
        by_entity[row[:3]].append(row)
    for stretch in by_entity.values():
        within = select(Head.row).where(Head.row.between(stretch[0], stretch[-1])).limit(1)
        if connection.execute(within).first() is not None:
            yield from bulk.slices(stretch)


class Heads:
    """The heads of rows while a run of one log is applied.

    After `settle`, `won` holds the changes of the run whose values are shown from now on, by number, with
    the groups; `others` those (change of the run, group) where another head's values come to hold, or none.
    `projected` says, while all is projected anew, how far each log has been (by row id); a name of a
    change beyond that waits for it.
    """

    def __init__(
        self,
        connection: Connection,
        log: LogHead,
        arrived: Sequence[Sealed],
        known: Mapping[Part, list[HeadRow]],
        named: Mapping[Part, set[Ref]],
        projected: Mapping[int, int] | None = None,
    ) -> None:
        self.won: dict[int, tuple[Change, list[int]]] = {}
        self.others: list[tuple[Sealed, int, HeadRow | None]] = []
        self._connection = connection
        self._log = log
        self._known = known
        self._named = named
        self._projected = projected
        self._ends = logs.lineage(connection, log)
        self._ids = self._log_ids()
        self._awaited = self._find_awaited(arrived)
        self._removed: list[tuple[object, ...]] = []
        self._added: list[tuple[object, ...]] = []
        self._lacking: dict[Ref, list[Part]] = defaultdict(list)

    def settle(self, latest: Mapping[Part, Sealed]) -> None:
        """Supersede what the run's last changes of each row and group supersede."""
        awaited = {seq for seq, _, _ in self._awaited}
        mine, won = self._log.row, self.won
        for part, made in latest.items():
            old = self._known.get(part)
            if old or part in self._named or made.seq in awaited:
                self._weigh(part, made, old or [])
                continue
            seq, chain_hash, change, row = made
            self._added.append((row, part[1], mine, seq, chain_hash, change.wall))
            if seq in won:
                won[seq][1].append(part[1])
            else:
                won[seq] = change, [part[1]]

    def _weigh(self, part: Part, made: Sealed, old: list[HeadRow]) -> None:
        named = self._named.get(part, set())
        refs = {self._ref(head): head for head in old} if named else {}
        for ref in named - refs.keys():
            self._lacking[ref].append(part)
        gone = {refs[ref] for ref in named & refs.keys()} | {head for head in old if self._is_before(head)}
        self._removed += [(*part, head.log, head.seq) for head in gone]
        now = [head for head in old if head not in gone]
        mine = HeadRow(self._log.row, made.seq, made.hash, made.change.wall)
        if (made.seq, *part) not in self._awaited:
            now.append(mine)
            self._added.append((*part, *mine))
        best = max(now, key=_rank, default=None)
        if best == mine:
            self.won.setdefault(made.seq, (made.change, []))[1].append(part[1])
        elif best is None or not old or best != max(old, key=_rank):
            self.others.append((made, part[1], best))

    def write(self) -> None:
        """Write the heads as settled."""
        bulk.delete(self._connection, HEAD, ("row", "part", "log", "seq"), self._removed)
        bulk.insert(self._connection, HEAD, HEAD_COLUMNS, self._added)
        bulk.insert_missing(
            self._connection, NAMED, ("log", "seq", "hash4", "row", "part"), self._not_here_yet()
        )
        self._forget_awaited()

    def _is_before(self, head: HeadRow) -> bool:
        """Whether a head stands earlier in our own log, on our own branch."""
        return head.seq < self._ends.get(head.log, head.seq)

    def _log_ids(self) -> dict[int, bytes]:
        """The ids of the logs whose heads or names matter here, by row id."""
        if not self._named:
            return {}
        rows = {head.log for part in self._named for head in self._known.get(part, ())}
        ids = {ref.log for refs in self._named.values() for ref in refs}
        found: dict[int, bytes] = {}
        for column, wanted in ((Log.id, sorted(rows)), (Log.log, sorted(ids))):
            for some in bulk.slices(wanted):
                query = select(Log.id, Log.log).where(column.in_(some))
                found.update((row, log) for row, log in self._connection.execute(query))
        return found

    def _ref(self, head: HeadRow) -> Ref:
        return Ref(self._ids[head.log], head.seq, head.hash[:4])

    def _find_awaited(self, arrived: Sequence[Sealed]) -> dict[tuple[int, bytes, int], bytes]:
        """Those of the arrived changes that others had named before they came: (seq, row, part) -> hash4."""
        names = self._connection.execute(_NAMES, {"log": self._log.log}).all()
        hashes = {made.seq: made.hash[:4] for made in arrived} if names else {}
        return {(seq, row, part): hash4 for seq, hash4, row, part in names if hashes.get(seq) == hash4}

    def _forget_awaited(self) -> None:
        names = [(self._log.log, seq, hash4, row, part) for (seq, row, part), hash4 in self._awaited.items()]
        bulk.delete(self._connection, NAMED, ("log", "seq", "hash4", "row", "part"), names)

    def _not_here_yet(self) -> list[tuple[object, ...]]:
        """The names of changes that are still to come."""
        here: set[Ref] = set()
        for log in {ref.log for ref in self._lacking}:
            rows = [row for row, name in self._ids.items() if name == log]
            seqs = sorted({ref.seq for ref in self._lacking if ref.log == log})
            here |= set(self._present(log, rows, seqs))
        return [(*ref, *part) for ref, parts in self._lacking.items() if ref not in here for part in parts]

    def _present(self, log: bytes, rows: Collection[int], seqs: Sequence[int]) -> Iterable[Ref]:
        """The changes with these numbers that are here, on any branch of a log."""
        query = select(ChangeRow.log, ChangeRow.seq, ChangeRow.hash).where(ChangeRow.log.in_(rows))
        for wanted in bulk.slices(seqs) if rows else ():
            for row, seq, chain_hash in self._connection.execute(query.where(ChangeRow.seq.in_(wanted))):
                if self._projected is None or seq <= self._projected.get(row, -1):
                    yield Ref(log, seq, chain_hash[:4])


def _rank(head: HeadRow) -> tuple[int, bytes]:
    return head.wall, head.hash
