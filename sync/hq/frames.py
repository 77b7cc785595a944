"""The frame store: what headquarters hands down, numbered densely within each scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, and_, false, func, insert, or_, select, update

from app.storage import logs
from app.storage.identity import Identity
from app.storage.logs import LogHead
from sync import runs
from sync.hq.tables import FRAME, SCOPE
from sync.protocol.exchange import CURSOR_HASH_BYTES, Cursor, Head, Heads, Sent

MAX_PAGE = 500  # frames of one reply
MAX_LOGS = 300  # terms of one lookup; SQLite refuses expressions deeper than 1000
OWN_LOGS = -1
"""Not a scope: the row that whoever writes headquarters' own logs locks, before any scope's."""


@dataclass(frozen=True, slots=True)
class Page:
    """Frames of a scope for one device; `cursor` is where it stands after them, `more` if others follow."""

    frames: tuple[Sent, ...]
    cursor: Cursor | None
    more: bool


def lock(connection: Connection, scope: int) -> int:
    """Hold the scope until the transaction ends; returns its last number.

    On PostgreSQL the row is the lock; on SQLite the writing transaction already is one.
    """
    for _ in range(2):
        touched = (
            update(SCOPE).where(SCOPE.c.scope == scope).values(last=SCOPE.c.last).returning(SCOPE.c.last)
        )
        found = connection.execute(touched).scalar()
        if found is not None:
            return int(found)
        _begin(connection, scope)
    raise AssertionError("a scope that was just begun is there")


def append(connection: Connection, head: LogHead, first: int, last: int, data: bytes) -> int:
    """Keep a frame of a log under the next number of its scope, which it returns."""
    number = lock(connection, head.scope) + 1
    connection.execute(update(SCOPE).where(SCOPE.c.scope == head.scope).values(last=number))
    connection.execute(
        insert(FRAME).values(
            scope=head.scope,
            number=number,
            log=head.log,
            device=head.device,
            first=first,
            last=last,
            hash4=sha256(data).digest()[:CURSOR_HASH_BYTES],
            size=len(data),
            frame=data,
        )
    )
    return number


def append_from_journal(connection: Connection, head: LogHead, after: int) -> None:
    """Keep what the journal holds of a log beyond `after`, in frames cut anew."""
    while (cut := runs.next_frame(connection, head, after)) is not None:
        append(connection, head, cut.first, cut.last, cut.data)
        after = cut.last


def publish(connection: Connection, identity: Identity) -> None:
    """Sign headquarters' own logs and keep what was written since as frames."""
    runs.sign(connection, identity)
    own = [head for head in logs.held(connection) if head.own]
    for head in sorted(own, key=lambda h: (h.scope, h.row)):
        framed = connection.scalar(select(func.max(FRAME.c.last)).where(FRAME.c.log == head.log))
        append_from_journal(connection, head, -1 if framed is None else framed)


def page(
    connection: Connection, scope: int, cursor: Cursor, device: bytes, heads: Heads | None, most: int
) -> Page:
    """What a device lacks of a scope, up to `most` bytes but at least one frame.

    By its cursor, without frames of its own logs; by its heads where it sent them.
    """
    if heads is None:
        chosen = _by_cursor(connection, scope, cursor, device)
    else:
        chosen = _by_heads(logs.held(connection, [scope], branches=True), heads)
    rows = select(FRAME.c.number, FRAME.c.size).where(FRAME.c.scope == scope, chosen)
    numbers: list[int] = []
    room, more = most, False
    for number, size in connection.execute(rows.order_by(FRAME.c.number).limit(MAX_PAGE)):
        if numbers and size > room:
            more = True
            break
        numbers.append(number)
        room -= size
    more = more or len(numbers) == MAX_PAGE
    return Page(tuple(_sent(connection, scope, numbers)), _end(connection, scope, numbers, more), more)


def holds(connection: Connection, scope: int, cursor: Cursor) -> bool:
    """Whether the frame at the cursor is the one the device received."""
    if cursor.number == 0:
        return True
    at = select(FRAME.c.hash4).where(FRAME.c.scope == scope, FRAME.c.number == cursor.number)
    return connection.scalar(at) == cursor.hash4


def _begin(connection: Connection, scope: int) -> None:
    """Make the scope's row. Two servers may try at once: the one that comes second finds it there."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    connection.exec_driver_sql(
        f"INSERT INTO hq_scope (scope, last) VALUES ({mark}, 0) ON CONFLICT (scope) DO NOTHING", (scope,)
    )


def _by_cursor(connection: Connection, scope: int, cursor: Cursor, device: bytes) -> ColumnElement[bool]:
    if not holds(connection, scope, cursor):
        return FRAME.c.number > 0
    return and_(FRAME.c.number > cursor.number, FRAME.c.device != device)


def _by_heads(here: Sequence[LogHead], heads: Heads) -> ColumnElement[bool]:
    """Frames that go beyond the device's heads; of very many logs the first ones, the others next time.

    Of a forked log it may hold either branch, so all of it is sent; it skips what it has.
    """
    none = Head(-1, b"")
    forked = {head.log for head in here if head.branch}
    known = {head.log: -1 if head.log in forked else heads.get(head.log, none).seq for head in here}
    behind = {head.log: known[head.log] for head in here if head.head_seq > known[head.log]}
    beyond = [and_(FRAME.c.log == log, FRAME.c.last > seq) for log, seq in list(behind.items())[:MAX_LOGS]]
    return or_(false(), *beyond)


def _sent(connection: Connection, scope: int, numbers: Sequence[int]) -> Iterator[Sent]:
    query = select(FRAME.c.number, FRAME.c.frame).where(FRAME.c.scope == scope, FRAME.c.number.in_(numbers))
    for number, frame in connection.execute(query.order_by(FRAME.c.number)):
        yield Sent(scope, number, frame)


def _end(connection: Connection, scope: int, numbers: Sequence[int], more: bool) -> Cursor | None:
    """Where the device's cursor may go: over all that is left out, unless frames are still to come."""
    query = select(FRAME.c.number, FRAME.c.hash4).where(FRAME.c.scope == scope)
    if more:
        query = query.where(FRAME.c.number == numbers[-1])
    row = connection.execute(query.order_by(FRAME.c.number.desc()).limit(1)).first()
    return None if row is None else Cursor(*row)
