"""What is not yet at headquarters: how much, of what kind, since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.journal import change
from app.journal.registry import ENTITIES
from app.storage import logs, settings
from app.storage.logs import LogHead
from app.storage.tables.journal import ChangeRow
from app.storage.tables.local import Draft
from sync.client import state

HEAD_BYTES = 8  # enough of a change to see its entity's number
MAP_OF_SIX, MAP_OF_SEVEN = 0x86, 0x87


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """`waiting` changes are not acknowledged; the oldest was written at `oldest` (Unix ms, writer's clock).

    `by_table` counts them by table; `drafts` are marks of roll calls not finalised. `contact` and
    `synced` are when headquarters last answered and when both ends last held the same (Unix ms, None:
    never); `offset` is headquarters' clock minus ours in milliseconds.
    """

    waiting: int
    oldest: int | None
    by_table: Mapping[str, int] = field(default_factory=dict)
    drafts: int = 0
    contact: int | None = None
    synced: int | None = None
    offset: int | None = None


def status(session: Session) -> SyncStatus:
    """The truth at the foot of the window."""
    connection = session.connection()
    acknowledged = state.acknowledged(session)
    by_table: Counter[str] = Counter()
    oldest: list[int] = []
    for head in logs.held(connection):
        if not head.own:
            continue
        after = state.reached(connection, head, acknowledged)
        counted = Counter(_tables(connection, head, after))
        by_table.update(counted)
        if counted:
            oldest += _wall(connection, head, after)
    return SyncStatus(
        waiting=by_table.total(),
        oldest=min(oldest, default=None),
        by_table=dict(by_table),
        drafts=session.scalar(select(func.count()).select_from(Draft)) or 0,
        contact=_instant(session, state.CONTACT),
        synced=_instant(session, state.SYNCED),
        offset=_instant(session, state.OFFSET),
    )


def _tables(connection: Connection, head: LogHead, after: int) -> Iterator[str]:
    """The table of each waiting change, without unpacking it; a log's opening counts for nothing."""
    start = func.substr(ChangeRow.body, 1, HEAD_BYTES)
    query = select(start).where(ChangeRow.log == head.row, ChangeRow.seq > max(after, 0))
    for found in connection.scalars(query):
        number = _entity(bytes(found)) if found is not None else None
        entity = ENTITIES.get(number) if number is not None else None
        yield entity.name if entity is not None else "unknown"


def _entity(start: bytes) -> int | None:
    """The number of the entity, from the first bytes of a change (CBOR, an array of six or seven)."""
    if start[0] not in (MAP_OF_SIX, MAP_OF_SEVEN):
        return None
    low = start[1]
    return low if low < 24 else start[2] if low == 24 else int.from_bytes(start[2:4], "big")


def _wall(connection: Connection, head: LogHead, after: int) -> list[int]:
    query = select(ChangeRow.body).where(ChangeRow.log == head.row, ChangeRow.seq > max(after, 0))
    body = connection.scalar(query.where(ChangeRow.body.is_not(None)).order_by(ChangeRow.seq).limit(1))
    try:
        return [] if body is None else [change.parse(body).wall]
    except Refused:
        return []


def _instant(session: Session, name: str) -> int | None:
    found = settings.get(session, name)
    return found if isinstance(found, int) else None
