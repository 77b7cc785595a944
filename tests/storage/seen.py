"""What a database really shows, in the words of the oracle."""

from __future__ import annotations

import cbor2
from sqlalchemy import Connection

from app.journal.registry import ENTITIES, Field, Type
from tests.storage.oracle import State

LISTS = (Type.TEXTS, Type.IDS, Type.INTS)


def state(connection: Connection) -> State:
    """The database's heads, names to come, parked groups and tables."""
    found = State()
    for row, part, chain_hash in connection.exec_driver_sql("SELECT row, part, hash FROM head"):
        found.heads.setdefault((row, part), set()).add(chain_hash)
    names = connection.exec_driver_sql("SELECT log, seq, hash4, row, part FROM named")
    found.named = {tuple(name) for name in names}
    parked = "SELECT change.hash, parked.part, parked.why FROM parked JOIN change USING (log, seq)"
    found.parked = {tuple(one) for one in connection.exec_driver_sql(parked)}
    for number, entity in ENTITIES.items():
        if number:
            fields = [field for group in entity.groups for field in group.fields]
            life = entity.group(0)
            assert life is not None, "every entity can be deleted"
            rows = _rows(connection, entity.name, entity.key, (*fields, *life.fields))
            if rows:
                found.tables[entity.name] = rows
    return found


def _rows(
    connection: Connection, table: str, key: tuple[Field, ...], fields: tuple[Field, ...]
) -> dict[tuple[object, ...], dict[str, object]]:
    names = ", ".join(f'"{field.name}"' for field in (*key, *fields))
    found = {}
    for row in connection.exec_driver_sql(f"SELECT {names} FROM {table}"):
        cells = {field.name: _plain(field, cell) for field, cell in zip(fields, row[len(key) :], strict=True)}
        found[tuple(row[: len(key)])] = cells
    return found


def _plain(field: Field, cell: object) -> object:
    if cell is None:
        return None
    if field.type in LISTS:
        assert isinstance(cell, bytes)
        return tuple(cbor2.loads(cell))
    return bool(cell) if field.type is Type.BOOL else cell
