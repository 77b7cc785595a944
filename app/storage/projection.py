"""From changes to tables: heads per row and group, and the winning values in the visible rows.

The result depends on the set of changes alone, not on their order of arrival across logs. Within a
log changes arrive in order. docs/formats/sync.md, section 5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import cbor2
from sqlalchemy import Connection, Table, select

from app.journal import change as changes
from app.journal.change import Change, Ref, Value
from app.journal.registry import ENTITIES, GONE, Entity
from app.journal.understanding import group_understood, key_understood
from app.storage import bulk, door, tables
from app.storage.base import Base
from app.storage.tables.journal import ChangeRow, Head, Log, Named

Part = tuple[bytes, int]  # a packed row, and the number of a group
HEAD = Base.metadata.tables["head"]
NAMED = Base.metadata.tables["named"]
PARKED = Base.metadata.tables["parked"]
VISIBLE: dict[int, Table] = {n: Base.metadata.tables[e.name] for n, e in ENTITIES.items() if n}
assert tables.__all__, "the visible tables must be mapped before they are looked up"


class Sealed(NamedTuple):
    """A change with its place in a log and its chain hash."""

    seq: int
    hash: bytes
    change: Change


class HeadRow(NamedTuple):
    """A head: which log (row id), where in it, its hash and wall time (ms)."""

    log: int
    seq: int
    hash: bytes
    wall: int


def packed_row(entity: int, key: Sequence[object]) -> bytes:
    """The bytes that stand for a row in heads and reviews: CBOR of [entity, key]."""
    return cbor2.dumps([entity, list(key)])


def heads_of(connection: Connection, rows: Iterable[bytes]) -> dict[Part, list[HeadRow]]:
    """The present heads of these rows, by row and group."""
    found: dict[Part, list[HeadRow]] = defaultdict(list)
    for wanted in _possible(connection, sorted(set(rows))):
        query = select(Head.row, Head.part, Head.log, Head.seq, Head.hash, Head.wall)
        for row, part, log, seq, chain_hash, wall in connection.execute(query.where(Head.row.in_(wanted))):
            found[row, part].append(HeadRow(log, seq, chain_hash, wall))
    return found


def _possible(connection: Connection, rows: list[bytes]) -> Iterable[Sequence[object]]:
    """Lookups for the rows, leaving out stretches in which there is no head at all (a first push)."""
    by_entity: dict[bytes, list[bytes]] = defaultdict(list)
    for row in rows:
        by_entity[row[:3]].append(row)
    for stretch in by_entity.values():
        within = select(Head.row).where(Head.row.between(stretch[0], stretch[-1])).limit(1)
        if connection.execute(within).first() is not None:
            yield from bulk.slices(stretch)


def project(
    connection: Connection,
    log: int,
    arrived: Sequence[Sealed],
    known: dict[Part, list[HeadRow]] | None = None,
) -> None:
    """Bring heads and tables up to date with changes that were just stored in a log (row id).

    `known` are the heads of the rows concerned where the caller has them already. Never fails on
    what a change says: what is not understood is parked.
    """
    latest, names = _latest(arrived)
    if known is None:
        known = heads_of(connection, (row for row, _ in latest))
    heads = _Heads(connection, log, known, names, arrived)
    winners = {part: heads.settle(part, sealed) for part, sealed in latest.items()}
    with door.opened(connection):
        heads.write()
        _park(connection, log, arrived)
        _show(connection, {part: won for part, won in winners.items() if won is not None})


def _latest(arrived: Sequence[Sealed]) -> tuple[dict[Part, Sealed], dict[Part, set[Ref]]]:
    """The last change of each row and group in the run, and all that the run names there."""
    latest: dict[Part, Sealed] = {}
    names: dict[Part, set[Ref]] = {}
    for sealed in arrived:
        change = sealed.change
        if change.entity == 0:
            continue
        row = packed_row(change.entity, change.key)
        for number in change.groups:
            latest[row, number] = sealed
            if change.replaces:
                names.setdefault((row, number), set()).update(change.replaces)
    return latest, names


class _Heads:
    """The heads while a run is applied, and what must be written of them."""

    def __init__(
        self,
        connection: Connection,
        log: int,
        known: dict[Part, list[HeadRow]],
        names: dict[Part, set[Ref]],
        arrived: Sequence[Sealed],
    ) -> None:
        self._connection = connection
        self._log = log
        self._known = known
        self._names = names
        self._logs: dict[int, bytes] = {i: b for i, b in connection.execute(select(Log.id, Log.log))}
        self._awaited = self._find_awaited(arrived)
        self._removed: list[tuple[object, ...]] = []
        self._added: list[tuple[object, ...]] = []
        self._dangling: list[tuple[object, ...]] = []

    def settle(self, part: Part, sealed: Sealed) -> Sealed | None:
        """The change whose values now hold there; None when the shown values stay as they are."""
        old = self._known.get(part, [])
        named = self._names.get(part, set())
        present = {self._ref(head): head for head in old}
        stay = [h for ref, h in present.items() if ref not in named and h.log != self._log]
        self._removed += [(*part, head.log, head.seq) for head in old if head not in stay]
        self._dangling += [(*ref, *part) for ref in named - present.keys() if not self._here(ref)]
        mine = HeadRow(self._log, sealed.seq, sealed.hash, sealed.change.wall)
        now = list(stay)
        if (*self._ref(mine), *part) not in self._awaited:
            now.append(mine)
            self._added.append((*part, *mine))
        return self._winner(old, now, mine, sealed)

    def _winner(self, old: list[HeadRow], now: list[HeadRow], mine: HeadRow, sealed: Sealed) -> Sealed | None:
        if not now:
            return None  # named by a change that has arrived before: that one's values hold elsewhere
        best = max(now, key=_rank)
        if best == mine:
            return sealed
        if old and best == max(old, key=_rank):
            return None
        return self._read(best)

    def write(self) -> None:
        """Write the heads as settled."""
        bulk.delete(self._connection, HEAD, ("row", "part", "log", "seq"), self._removed)
        bulk.insert(self._connection, HEAD, ("row", "part", "log", "seq", "hash", "wall"), self._added)
        bulk.upsert(self._connection, NAMED, ("log", "seq", "hash4", "row", "part"), self._dangling)
        bulk.delete(self._connection, NAMED, ("log", "seq", "hash4", "row", "part"), list(self._awaited))

    def _ref(self, head: HeadRow) -> Ref:
        return Ref(self._logs[head.log], head.seq, head.hash[:4])

    def _find_awaited(self, arrived: Sequence[Sealed]) -> set[tuple[object, ...]]:
        """Those of the arrived changes that others had named before they came."""
        query = select(Named.log, Named.seq, Named.hash4, Named.row, Named.part)
        awaited = {
            tuple(r) for r in self._connection.execute(query.where(Named.log == self._logs[self._log]))
        }
        if not awaited:
            return awaited
        here = {(sealed.seq, sealed.hash[:4]) for sealed in arrived}
        return {name for name in awaited if (name[1], name[2]) in here}

    def _here(self, ref: Ref) -> bool:
        ids = [i for i, name in self._logs.items() if name == ref.log]
        query = select(ChangeRow.hash).where(ChangeRow.log.in_(ids), ChangeRow.seq == ref.seq)
        return any(found[:4] == ref.hash4 for found in self._connection.scalars(query))

    def _read(self, head: HeadRow) -> Sealed | None:
        query = select(ChangeRow.body).where(ChangeRow.log == head.log, ChangeRow.seq == head.seq)
        body = self._connection.scalar(query)
        return None if body is None else Sealed(head.seq, head.hash, changes.parse(body))


def _rank(head: HeadRow) -> tuple[int, bytes]:
    return head.wall, head.hash


def _park(connection: Connection, log: int, arrived: Sequence[Sealed]) -> None:
    """Note what this version does not understand."""
    rows: list[tuple[object, ...]] = []
    for seq, _, change in arrived:
        if change.entity == 0:
            continue
        if not key_understood(change):
            rows.append((log, seq, GONE, "entity" if change.entity not in ENTITIES else "key"))
            continue
        rows += [
            (log, seq, number, "group") for number in change.groups if not group_understood(change, number)
        ]
    bulk.upsert(connection, PARKED, ("log", "seq", "part", "why"), rows)


def _show(connection: Connection, winners: dict[Part, Sealed]) -> None:
    """Write winning values into the visible tables, one statement per entity and set of groups."""
    by_row: dict[bytes, dict[int, Change]] = defaultdict(dict)
    for (row, number), (_, _, change) in winners.items():
        entity = ENTITIES.get(change.entity)
        if entity is not None and entity.group(number) is not None and key_understood(change):
            by_row[row][number] = change
    batches: dict[tuple[int, tuple[int, ...]], list[tuple[object, ...]]] = defaultdict(list)
    for groups in by_row.values():
        numbers = tuple(sorted(groups))
        first = groups[numbers[0]]
        values: list[object] = list(first.key)
        for number in numbers:
            values += _stored(ENTITIES[first.entity], number, groups[number])
        batches[first.entity, numbers].append(tuple(values))
    for (kind, numbers), rows in batches.items():
        bulk.upsert(connection, VISIBLE[kind], _columns(ENTITIES[kind], numbers), rows)


def _columns(entity: Entity, numbers: tuple[int, ...]) -> list[str]:
    names = [field.name for field in entity.key]
    for number in numbers:
        group = entity.group(number)
        assert group is not None
        names += [field.name for field in group.fields]
    return names


def _stored(entity: Entity, number: int, change: Change) -> list[object]:
    """A group's values as a table holds them; empty ones where they are not understood."""
    group = entity.group(number)
    assert group is not None
    if not group_understood(change, number):
        return [None] * len(group.fields)
    return [_cell(value) for value in change.groups[number]]


def _cell(value: Value) -> object:
    return cbor2.dumps(list(value)) if isinstance(value, tuple) else value
