"""The door for actions: `record` writes a change and, in the same transaction, the rows it shows.

Nothing else writes the tables people see (storage/door.py holds that with triggers).
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.journal import chain, change
from app.journal.change import Change, Ref, Value
from app.journal.registry import BY_NAME, ENTITIES, GONE
from app.journal.understanding import not_understood
from app.storage import bulk, logs
from app.storage.base import days, milliseconds
from app.storage.heads import HeadRow, Part, Sealed, heads_of, packed_row
from app.storage.logs import LogHead
from app.storage.projection import project
from app.storage.store import Writer
from app.storage.tables.journal import Log

_AS_IT_IS = frozenset({int, bytes, bool, type(None)})

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


@bulk.without_collector()
def record(session: Session, drafts: Draft | Iterable[Draft], scope: int | None = None) -> None:
    """Write drafts as changes of our log and show them, all in the session's transaction.

    `scope` is whose log they go to; by default the store's own. Raises Refused('read-only-copy')
    on a database without its anchor, Refused('change-too-big') for content over 16 KiB. The names of
    the tables touched are added to session.info["changed"], for whoever announces them.
    """
    wanted = [_prepared(draft) for draft in ([drafts] if isinstance(drafts, Draft) else drafts)]
    if not wanted:
        return
    writer: Writer = session.info["writer"]
    if writer.identity is None:
        raise Refused("read-only-copy")
    connection = session.connection()
    wall = writer.clock()
    head = logs.own(connection, writer.identity, writer.scope if scope is None else scope, wall)
    known = heads_of(connection, (row for _, row, _ in wanted))
    seen = _Seen(connection, head, known)
    made = [
        change._replace(replaces=seen.by(draft, row, change.groups), author=writer.author, wall=wall)
        for draft, row, change in wanted
    ]
    hashes = logs.append(connection, head, [_entry(change) for change in made])
    arrived = [
        Sealed(seq, chain_hash, change, row)
        for seq, (chain_hash, change, (_, row, _)) in enumerate(
            zip(hashes, made, wanted, strict=True), head.head_seq + 1
        )
    ]
    project(connection, head, arrived, known)
    session.info.setdefault("changed", set()).update(ENTITIES[change.entity].name for change in made)


def _prepared(draft: Draft) -> tuple[Draft, bytes, Change]:
    """The draft with its packed row and the change it makes, but for who, when and what it replaces."""
    entity = BY_NAME[draft.entity]
    groups = {entity.named(name).number: plain(values) for name, values in draft.groups.items()}
    made = Change(entity.number, plain(draft.key), groups, (), None, 0, draft.reason)  # type: ignore[arg-type]  # scalars by the next lines
    if not_understood(made):
        raise TypeError(f"a change of {entity.name} does not fit the registry")
    return draft, packed_row(entity.number, made.key), made


class _Seen:
    """What a draft overwrites: the heads of other logs that its writer saw, as references."""

    def __init__(
        self, connection: Connection, mine: LogHead, known: Mapping[Part, Sequence[HeadRow]]
    ) -> None:
        self._mine = mine
        self._heads: dict[bytes, dict[int, list[HeadRow]]] = defaultdict(dict)
        for (row, number), heads in known.items():
            others = [head for head in heads if head.log != mine.row]
            if others:
                self._heads[row][number] = others
        self._logs: dict[int, bytes] = {}
        if self._heads:
            self._logs = {row: log for row, log in connection.execute(select(Log.id, Log.log))}

    def by(self, draft: Draft, row: bytes, groups: Container[int]) -> tuple[Ref, ...]:
        """What the draft names, in a fixed order: its `seen`, or all heads there; never our own log's."""
        if draft.seen is not None:
            return tuple(sorted({ref for ref in draft.seen if ref.log != self._mine.log}))
        parts = self._heads.get(row)
        if not parts:
            return ()
        touched = (heads for number, heads in parts.items() if GONE in groups or number in groups)
        refs = {Ref(self._logs[head.log], head.seq, head.hash[:4]) for heads in touched for head in heads}
        return tuple(sorted(refs))


def _entry(made: Change) -> chain.Entry:
    personal = ENTITIES[made.entity].personal(made.groups)
    return chain.entry(secrets.token_bytes(chain.SALT_BYTES) if personal else b"", change.pack(made))


def plain(values: Sequence[Plain]) -> tuple[Value, ...]:
    """The values as a change carries them: days and milliseconds as numbers, text in NFC, lists as tuples."""
    return tuple([_plain(value) for value in values])


def _plain(value: Plain) -> Value:
    if type(value) in _AS_IT_IS:
        return value  # type: ignore[return-value]  # by its type
    if isinstance(value, datetime):
        return milliseconds(value)
    if isinstance(value, date):
        return days(value)
    return change.normalised(value)  # type: ignore[arg-type]  # lists hold scalars by the registry
