"""From changes to tables: the winning values of each row and group, in the rows people see.

docs/formats/sync.md, section 5. Which change wins is app/storage/heads.py's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import cbor2
from sqlalchemy import Connection, Table, select

from app.journal import change as changes
from app.journal.change import Change, Ref
from app.journal.registry import ENTITIES
from app.journal.understanding import LISTS, Misfits, not_understood, row_understood
from app.storage import bulk, door, tables
from app.storage.base import Base
from app.storage.heads import HeadRow, Heads, Part, Sealed, heads_of
from app.storage.logs import LogHead
from app.storage.tables.journal import ChangeRow

PARKED = Base.metadata.tables["parked"]
VISIBLE: dict[int, Table] = {n: Base.metadata.tables[e.name] for n, e in ENTITIES.items() if n}
assert tables.__all__, "the visible tables must be mapped before they are looked up"

_LISTED = {f.name for e in ENTITIES.values() for g in e.groups for f in g.fields if f.type in LISTS}

Batches = dict[tuple[int, tuple[int, ...]], list[tuple[object, ...]]]
"""Rows to write, by entity and the groups they bring."""


def project(
    connection: Connection,
    log: LogHead,
    arrived: Sequence[Sealed],
    known: Mapping[Part, list[HeadRow]] | None = None,
    projected: Mapping[int, int] | None = None,
) -> None:
    """Bring heads and tables up to date with changes that were just stored in a log.

    `known` are the heads of the rows concerned where the caller has them already; `projected` is for
    a rebuilding (see `Heads`). Never fails on what a change says: what is not understood is parked.
    """
    latest, named = _latest(log, arrived)
    if known is None:
        known = heads_of(connection, (row for row, _ in latest))
    heads = Heads(connection, log, arrived, known, named, projected)
    heads.settle(latest)
    misfits = {made.seq: why for made in arrived if (why := not_understood(made.change))}
    with door.opened(connection):
        heads.write()
        _park(connection, log, misfits)
        _show(connection, _won(heads.won, misfits))
        _show(connection, _back(connection, heads.others))


def _latest(log: LogHead, arrived: Sequence[Sealed]) -> tuple[dict[Part, Sealed], dict[Part, set[Ref]]]:
    """The last change of each row and group in the run, and all others' changes that it names there."""
    latest: dict[Part, Sealed] = {}
    named: dict[Part, set[Ref]] = {}
    for made in arrived:
        _, _, change, row = made
        if change.entity == 0:
            continue
        for number in change.groups:
            latest[row, number] = made
        if change.replaces:
            others = {ref for ref in change.replaces if ref.log != log.log}
            for number in change.groups if others else ():
                named.setdefault((row, number), set()).update(others)
    return latest, named


def _park(connection: Connection, log: LogHead, misfits: Mapping[int, Misfits]) -> None:
    """Note what this version does not understand."""
    rows = [(log.row, seq, part, why) for seq, found in misfits.items() for part, why in found.items()]
    bulk.insert_missing(connection, PARKED, ("log", "seq", "part", "why"), rows)


def _won(won: Mapping[int, tuple[Change, list[int]]], misfits: Mapping[int, Misfits]) -> Batches:
    """The rows that changes of the run bring: one for each of them, with the groups it wins."""
    batches: Batches = defaultdict(list)
    for seq, (change, numbers) in won.items():
        groups = change.groups
        if seq in misfits:
            _add(batches, change, misfits[seq], numbers, change, misfits[seq])
            continue
        row = list(change.key)
        for number in numbers:
            row += groups[number]  # type: ignore[arg-type]  # lists are packed below
        batches[change.entity, tuple(numbers)].append(tuple(row))
    return batches


def _back(connection: Connection, others: Sequence[tuple[Sealed, int, HeadRow | None]]) -> Batches:
    """The rows in which the values of another head come to hold again, or none at all."""
    batches: Batches = defaultdict(list)
    for made, number, head in others:
        source = _read(connection, head) if head is not None else None
        wrong = not_understood(source) if source is not None else {}
        _add(batches, made.change, not_understood(made.change), [number], source, wrong)
    return batches


def _add(
    batches: Batches,
    touched: Change,
    misfits: Misfits,
    numbers: Sequence[int],
    source: Change | None,
    wrong: Misfits,
) -> None:
    """A row of the batches: the key of the change that touched it, the values of the one that holds.

    A group of which the values are not understood is empty.
    """
    if not row_understood(misfits):
        return
    known = tuple(n for n in numbers if _width(touched.entity, n) is not None)
    if not known:
        return
    row: list[object] = list(touched.key)
    for number in known:
        if source is None or number in wrong:
            row += [None] * (_width(touched.entity, number) or 0)
        else:
            row += source.groups[number]
    batches[touched.entity, known].append(tuple(row))


def _show(connection: Connection, batches: Batches) -> None:
    """Write rows into the visible tables, one statement for each entity and set of groups."""
    for (entity, numbers), rows in batches.items():
        show(connection, entity, numbers, rows)


def show(
    connection: Connection, entity: int, numbers: tuple[int, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    """Write rows of a key and the values of these groups into the entity's visible table."""
    columns = _columns(entity, numbers)
    if _LISTED & set(columns):
        rows = [tuple(map(_cell, row)) for row in rows]
    bulk.upsert(connection, VISIBLE[entity], columns, rows)


@cache
def _columns(entity: int, numbers: tuple[int, ...]) -> list[str]:
    known = ENTITIES[entity]
    groups = [group for number in numbers if (group := known.group(number)) is not None]
    return [field.name for fields in (known.key, *(g.fields for g in groups)) for field in fields]


@cache
def _width(entity: int, number: int) -> int | None:
    """How many columns a group has; None for one that this version does not know."""
    group = ENTITIES[entity].group(number)
    return None if group is None else len(group.fields)


def _cell(value: object) -> object:
    return cbor2.dumps(value) if type(value) is tuple else value


def _read(connection: Connection, head: HeadRow) -> Change | None:
    """A head's change; None once it is erased."""
    query = select(ChangeRow.body).where(ChangeRow.log == head.log, ChangeRow.seq == head.seq)
    body = connection.scalar(query)
    return None if body is None else changes.parse(body)
