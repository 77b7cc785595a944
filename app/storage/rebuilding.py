"""Projecting the tables again from the journal alone: after an upgrade, and to check them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, delete, select

from app.journal import change
from app.storage import bulk, door, logs
from app.storage.base import Base
from app.storage.heads import Sealed, packed_row
from app.storage.projection import VISIBLE, project
from app.storage.tables.journal import ChangeRow

DERIVED = ("head", "named", "parked")
AT_ONCE = 20_000  # changes projected in one go


@bulk.without_collector()
def rebuild(connection: Connection) -> None:
    """Empty every table that is a function of the journal, and project all logs again."""
    with door.opened(connection, door.REBUILD):
        for table in (*VISIBLE.values(), *(Base.metadata.tables[name] for name in DERIVED)):
            connection.execute(delete(table))
    projected: dict[int, int] = {}
    # A branch comes after the log it leaves: its row was made later.
    for head in sorted(logs.held(connection, branches=True), key=lambda head: head.row):
        for run in _runs(connection, head):
            project(connection, head, run, projected=projected)
        projected[head.row] = head.head_seq


def _runs(connection: Connection, head: logs.LogHead) -> Iterator[list[Sealed]]:
    for first in range(head.start, head.head_seq + 1, AT_ONCE):
        query = select(ChangeRow.seq, ChangeRow.hash, ChangeRow.body).where(
            ChangeRow.log == head.row, ChangeRow.seq.between(first, first + AT_ONCE - 1)
        )
        rows = connection.execute(query.order_by(ChangeRow.seq)).all()
        yield [_sealed(seq, chain_hash, body) for seq, chain_hash, body in rows if body is not None]


def _sealed(seq: int, chain_hash: bytes, body: bytes) -> Sealed:
    made = change.parse(body)
    return Sealed(seq, chain_hash, made, packed_row(made.entity, made.key))
