"""What the tables show now, for many rows at once, in the units and shapes of changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import cbor2
from sqlalchemy import Connection, Select, column, select, table

from app.journal.change import Value
from app.journal.registry import BY_NAME, LIFE, Entity, Group, Type
from app.storage import bulk

RowKey = tuple[Value, ...]
Shown = dict[str, tuple[Value, ...]]
"""The values of a row by the name of the group; `gone` is a group too."""

_LISTS = (Type.TEXTS, Type.IDS, Type.INTS)


def shown(connection: Connection, name: str, keys: Collection[RowKey]) -> dict[RowKey, Shown]:
    """The rows of an entity that are there, by key."""
    entity = BY_NAME[name]
    groups = (LIFE, *entity.groups)
    width = len(entity.key)
    found: dict[RowKey, Shown] = {}
    wanted = set(keys)
    for query in _lookups(entity, groups, list(wanted)):
        for row in connection.execute(query):
            key = tuple(row[:width])
            if key in wanted:
                found[key] = _grouped(groups, row[width:])
    return found


def _lookups(entity: Entity, groups: Sequence[Group], keys: list[RowKey]) -> Iterator[Select[Any]]:
    """Lookups that hold all the keys: by the column in which they differ most, narrowed by the others."""
    if not keys:
        return
    names = [field.name for field in entity.key]
    read = table(entity.name, *(column(n) for n in [*names, *(f.name for g in groups for f in g.fields)]))
    values = [sorted({key[i] for key in keys}) for i in range(len(names))]  # type: ignore[type-var]  # one type a column
    longest = max(range(len(names)), key=lambda i: len(values[i]))
    query: Select[Any] = select(*read.c)
    for i, name in enumerate(names):
        if i != longest and len(values[i]) <= bulk.LOOKUP // 10:
            query = query.where(read.c[name].in_(values[i]))
    for part in bulk.slices(values[longest]):
        yield query.where(read.c[names[longest]].in_(part))


def _grouped(groups: Sequence[Group], cells: Sequence[Value]) -> Shown:
    values: Shown = {}
    at = 0
    for group in groups:
        width = len(group.fields)
        kinds = [field.type for field in group.fields]
        values[group.name] = tuple(map(_value, kinds, cells[at : at + width]))
        at += width
    return values


def _value(kind: Type, cell: Value) -> Value:
    if cell is None:
        return None
    if kind in _LISTS:
        assert isinstance(cell, bytes)
        return tuple(cbor2.loads(cell))
    return bool(cell) if kind is Type.BOOL else cell
