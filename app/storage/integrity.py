"""Is the database what its journal says? Chains, points, and the tables rebuilt from nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Table, delete, select

from app.journal import chain, change
from app.storage import door, logs
from app.storage.base import Base
from app.storage.projection import VISIBLE, Sealed, project
from app.storage.store import Store
from app.storage.tables.journal import ChangeRow

DERIVED = ("head", "named", "parked")
AT_ONCE = 20_000  # changes projected in one go while rebuilding


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `broken` are ids of logs whose chain or point does not hold."""

    changes: int
    logs: int
    broken: tuple[bytes, ...]
    tables_equal: bool
    pages_sound: bool

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.broken and self.tables_equal and self.pages_sound


def check(store: Store) -> Report:
    """Verify every chain and point, and that the tables rebuilt from the journal equal the live ones.

    Nothing is changed: the rebuilding is rolled back.
    """
    engine = store.engine.execution_options(balai_writes=True)
    with engine.connect() as connection, connection.begin() as transaction:
        sound = _pages_sound(connection)
        heads = logs.held(connection)
        broken = tuple(head.log for head in heads if not chain_holds(connection, head))
        live = tables_hash(connection)
        rebuild(connection)
        equal = tables_hash(connection) == live
        transaction.rollback()
    return Report(sum(head.head_seq + 1 for head in heads), len(heads), broken, equal, sound)


def chain_holds(connection: Connection, head: logs.LogHead) -> bool:
    """Whether each hash of the log follows from the one before, and its signed points hold."""
    previous = chain.GENESIS
    hashes: dict[int, bytes] = {}
    query = select(ChangeRow.seq, ChangeRow.hash, ChangeRow.salt, ChangeRow.body, ChangeRow.inner)
    rows = connection.execute(query.where(ChangeRow.log == head.row).order_by(ChangeRow.seq))
    for expected, (seq, stored, salt, body, inner) in enumerate(rows):
        link = chain.entry(salt, body) if body is not None else chain.erased(inner or b"")
        (previous,) = chain.walk(previous, [link])
        if seq != expected or stored != previous:
            return False
        hashes[seq] = previous
    key = Ed25519PublicKey.from_public_bytes(head.public_key)
    signed = logs.points(connection, head, -1)
    whole = len(hashes) == head.head_seq + 1 and previous == head.head_hash
    return whole and all(chain.point_holds(key, head.log, p, hashes[p.seq]) for p in signed)


def rebuild(connection: Connection) -> None:
    """Project the tables again from the journal alone, as after an upgrade."""
    with door.opened(connection, door.REBUILD):
        for table in (*VISIBLE.values(), *(Base.metadata.tables[name] for name in DERIVED)):
            connection.execute(delete(table))
    for head in logs.held(connection):
        for run in _runs(connection, head):
            project(connection, head.row, run)


def _runs(connection: Connection, head: logs.LogHead) -> Iterator[list[Sealed]]:
    for first in range(0, head.head_seq + 1, AT_ONCE):
        query = select(ChangeRow.seq, ChangeRow.hash, ChangeRow.body).where(
            ChangeRow.log == head.row, ChangeRow.seq.between(first, first + AT_ONCE - 1)
        )
        rows = connection.execute(query.order_by(ChangeRow.seq)).all()
        yield [Sealed(seq, h, change.parse(body)) for seq, h, body in rows if body is not None]


def tables_hash(connection: Connection) -> str:
    """A hash (hex) over every visible table, ordered by key; equal on SQLite and PostgreSQL."""
    state = sha256()
    for number in sorted(VISIBLE):
        for row in rows_in_order(connection, VISIBLE[number]):
            state.update(row)
    return state.hexdigest()


def rows_in_order(connection: Connection, table: Table) -> list[bytes]:
    """A table's rows as CBOR, sorted, whatever collation the database sorts by."""
    rows = connection.execute(select(table))
    return sorted(cbor2.dumps([table.name, [_plain(value) for value in row]]) for row in rows)


def _plain(value: object) -> object:
    return str(value) if hasattr(value, "isoformat") else value


def _pages_sound(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return True
    return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
