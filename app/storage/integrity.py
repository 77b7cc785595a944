"""Is the database what its journal says? Chains, points, and the tables rebuilt from nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Table, func, select

from app.errors import Refused
from app.journal import chain, change, device_certificate
from app.storage import logs, rebuilding
from app.storage.base import Base
from app.storage.logs import LogHead
from app.storage.projection import VISIBLE
from app.storage.store import Store, troubles_named
from app.storage.tables.journal import ChangeRow


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
    with troubles_named(), engine.connect() as connection, connection.begin() as transaction:
        sound = _pages_sound(connection)
        heads = logs.held(connection, branches=True)
        changes = sum(head.head_seq + 1 - head.start for head in heads)
        broken = tuple(head.log for head in heads if not chain_holds(connection, head))
        strays = changes != connection.scalar(select(func.count()).select_from(ChangeRow))
        live = _state(connection)
        rebuilding.rebuild(connection)
        equal = _state(connection) == live
        transaction.rollback()
    return Report(changes, len(heads), broken, equal and not strays, sound)


def chain_holds(connection: Connection, head: LogHead) -> bool:
    """Whether each hash of the log follows from the one before, and its opening and points hold."""
    previous = logs.hash_at(connection, head, head.start - 1) if head.start else chain.GENESIS
    made: dict[int, bytes] = {}
    query = select(ChangeRow.seq, ChangeRow.hash, ChangeRow.salt, ChangeRow.body, ChangeRow.inner)
    rows = connection.execute(query.where(ChangeRow.log == head.row).order_by(ChangeRow.seq))
    for expected, (seq, stored, salt, body, inner) in enumerate(rows, head.start):
        link = chain.entry(salt, body) if body is not None else chain.erased(inner or b"")
        (previous,) = chain.walk(previous, [link])
        if seq != expected or stored != previous or (seq == 0 and not _opens(head, body, previous)):
            return False
        made[seq] = previous
    key = Ed25519PublicKey.from_public_bytes(head.public_key)
    signed = logs.points(connection, head, head.start - 1)
    whole = head.start + len(made) == head.head_seq + 1 and previous == head.head_hash
    return whole and all(chain.point_holds(key, head.log, p, made.get(p.seq, b"")) for p in signed)


def _opens(head: LogHead, body: bytes | None, chain_hash: bytes) -> bool:
    """Whether the log bears the name of its first change, and the key of the certificate in there."""
    try:
        vouched = change.parse(body or b"").groups[1][0]
        certificate = device_certificate.parse(vouched if isinstance(vouched, bytes) else b"")
    except (Refused, LookupError):
        return False
    return chain.log_id(chain_hash) == head.log and certificate.public_key == head.public_key


def tables_hash(connection: Connection) -> str:
    """A hash (hex) over every visible table, ordered by key; equal on SQLite and PostgreSQL."""
    return _hash(connection, [VISIBLE[number] for number in sorted(VISIBLE)])


def _state(connection: Connection) -> str:
    """A hash over all that is a function of the journal."""
    return _hash(connection, [*VISIBLE.values(), *(Base.metadata.tables[n] for n in rebuilding.DERIVED)])


def _hash(connection: Connection, tables: Iterable[Table]) -> str:
    state = sha256()
    for table in tables:
        for row in rows_in_order(connection, table):
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
