"""The door for actions: `record` writes a change and, in the same transaction, the rows it shows.

Nothing else writes the tables people see (storage/door.py holds that with triggers).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.journal import chain, change
from app.journal.change import Change, Ref, Value
from app.journal.registry import BY_NAME, ENTITIES, Entity
from app.journal.understanding import group_understood, key_understood
from app.storage import logs
from app.storage.base import days, milliseconds
from app.storage.projection import HeadRow, Part, Sealed, heads_of, packed_row, project
from app.storage.store import Writer
from app.storage.tables.journal import Log

Plain = int | str | bytes | bool | date | datetime | None | Sequence[object]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an action wants to write: a row, by the name of its entity, and whole groups by name.

    `seen` are the heads that stood on the screen and are overwritten; None means those that are
    there now. `reason` is the words given for a correction.
    """

    entity: str
    key: tuple[Plain, ...]
    groups: Mapping[str, tuple[Plain, ...]]
    reason: str | None = None
    seen: tuple[Ref, ...] | None = field(default=None)


def record(session: Session, drafts: Draft | Iterable[Draft], scope: int | None = None) -> None:
    """Write drafts as changes of our log and show them, all in the session's transaction.

    `scope` is whose log they go to; by default the store's own. Raises Refused('read-only-copy')
    on a database without its anchor, Refused('change-too-big') for content over 16 KiB.
    """
    wanted = [drafts] if isinstance(drafts, Draft) else list(drafts)
    if not wanted:
        return
    writer: Writer = session.info["writer"]
    if writer.identity is None:
        raise Refused("read-only-copy")
    connection = session.connection()
    wall = writer.clock()
    head = logs.own(connection, writer.identity, writer.scope if scope is None else scope, wall)
    known = heads_of(connection, (packed_row(BY_NAME[d.entity].number, plain(d.key)) for d in wanted))
    logged = _Logged(connection, head, known)
    changes = [_change(draft, logged, writer, wall) for draft in wanted]
    links = [_entry(made) for made in changes]
    hashes = logs.append(connection, head, links)
    arrived = [
        Sealed(seq, h, made)
        for seq, (h, made) in enumerate(zip(hashes, changes, strict=True), head.head_seq + 1)
    ]
    project(connection, head.row, arrived, known)


class _Logged:
    """The heads that a draft overwrites, as references."""

    def __init__(self, connection: Connection, mine: logs.LogHead, known: dict[Part, list[HeadRow]]) -> None:
        self._mine = mine
        self._known = known
        self._logs: dict[int, bytes] = {}
        if any(head.log != mine.row for heads in known.values() for head in heads):
            self._logs = {i: b for i, b in connection.execute(select(Log.id, Log.log))}

    def refs(self, parts: Iterable[Part]) -> tuple[Ref, ...]:
        """The heads of other logs there, in a fixed order."""
        heads = {head for part in parts for head in self._known.get(part, ()) if head.log != self._mine.row}
        return tuple(sorted(Ref(self._logs[head.log], head.seq, head.hash[:4]) for head in heads))

    def all_of(self, row: bytes) -> list[Part]:
        """Every part of the row that has a head."""
        return [part for part in self._known if part[0] == row]


def _change(draft: Draft, logged: _Logged, writer: Writer, wall: int) -> Change:
    entity = BY_NAME[draft.entity]
    key = plain(draft.key)
    groups = {entity.named(name).number: plain(values) for name, values in draft.groups.items()}
    groups = dict(sorted(groups.items()))
    made = Change(entity.number, key, groups, (), writer.author, wall, draft.reason)  # type: ignore[arg-type]  # scalars by _understood
    _understood(made, entity)
    row = packed_row(entity.number, key)
    parts = logged.all_of(row) if 0 in groups else [(row, number) for number in groups]
    refs = logged.refs(parts) if draft.seen is None else draft.seen
    return made._replace(replaces=refs)


def _understood(made: Change, entity: Entity) -> None:
    """Our own changes always fit the registry; anything else is a bug of the action."""
    if not key_understood(made) or not all(group_understood(made, number) for number in made.groups):
        raise TypeError(f"a change of {entity.name} does not fit the registry")


def _entry(made: Change) -> chain.Entry:
    personal = ENTITIES[made.entity].personal(made.groups)
    return chain.entry(secrets.token_bytes(chain.SALT_BYTES) if personal else b"", change.pack(made))


def plain(values: Sequence[Plain]) -> tuple[Value, ...]:
    """The values as a change carries them: days and milliseconds as numbers, text in NFC, lists as tuples."""
    return tuple(_plain(value) for value in values)


def _plain(value: Plain) -> Value:
    if isinstance(value, datetime):
        return milliseconds(value)
    if isinstance(value, date):
        return days(value)
    return change.normalised(value)  # type: ignore[arg-type]  # lists hold scalars by the registry
