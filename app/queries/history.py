"""What was written about a row, or about a person in all tables: who, when, where, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import cbor2
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.journal import change
from app.journal.change import Change, Value
from app.journal.registry import BY_NAME
from app.queries import readable
from app.queries.authorship import Authorship, instant
from app.queries.readable import Readable
from app.storage.heads import packed_row
from app.storage.tables.journal import ChangeRow

LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One group of one row getting values. `before` is what the change written last before it had said, by
    the machines' clocks; None for the first. `at` by the clock of the machine that wrote it.
    """

    at: datetime | None
    author: str
    machine: str
    entity: str
    key: Readable
    group: str
    before: Readable | None
    after: Readable
    reason: str | None


def of_row(session: Session, entity: str, key: Sequence[Value], limit: int = LIMIT) -> list[HistoryLine]:
    """Everything written about one row, the newest first."""
    packed = packed_row(BY_NAME[entity].number, tuple(key))[1:]  # a change begins with the same two items
    begins = func.substr(ChangeRow.body, 2, len(packed)) == packed
    return _lines(session, _written(session, begins))[:limit]


def of_participant(session: Session, participant: bytes, limit: int = LIMIT) -> list[HistoryLine]:
    """Everything written about a participant in any table, the newest first."""
    found = [
        entry for entry in _written(session, _holds(session, participant)) if _concerns(entry, participant)
    ]
    return _lines(session, found)[:limit]


def changes_written(session: Session) -> int:
    """How many changes the journal holds."""
    return session.scalar(select(func.count()).select_from(ChangeRow)) or 0


@dataclass(frozen=True, slots=True)
class _Entry:
    log: int
    hash: bytes
    change: Change


def _written(session: Session, condition: ColumnElement[bool]) -> list[_Entry]:
    """The changes that meet a condition, in the order of the machines' clocks; erased ones say nothing."""
    query = select(ChangeRow.log, ChangeRow.hash, ChangeRow.body).where(
        ChangeRow.body.is_not(None), condition
    )
    found = [
        _Entry(log, chain_hash, change.parse(body))
        for log, chain_hash, body in session.execute(query)
        if body is not None
    ]
    return sorted(found, key=lambda entry: (entry.change.wall, entry.hash))


def _holds(session: Session, piece: bytes) -> ColumnElement[bool]:
    """Whether a change's bytes hold a piece; the two databases call it differently."""
    if session.get_bind().dialect.name == "sqlite":
        return func.instr(ChangeRow.body, piece) > 0
    return func.pg_catalog.position(ChangeRow.body, piece) > 0


def _concerns(entry: _Entry, participant: bytes) -> bool:
    """Whether the bytes found are a value of their own, and no part of another."""
    return participant in entry.change.key or any(
        participant in values for values in entry.change.groups.values()
    )


def _lines(session: Session, entries: Sequence[_Entry]) -> list[HistoryLine]:
    """One line for each group, the newest first."""
    who = Authorship(session)
    lines = list(_in_time(entries, who))
    lines.reverse()
    return lines


def _in_time(entries: Sequence[_Entry], who: Authorship) -> Iterator[HistoryLine]:
    last: dict[tuple[bytes, int], tuple[Value, ...]] = {}
    for entry in entries:
        made = entry.change
        row = cbor2.dumps([made.entity, made.key])
        for number, values in made.groups.items():
            before = last.get((row, number))
            last[row, number] = values
            yield HistoryLine(
                at=instant(made.wall),
                author=who.person(made.author),
                machine=who.machine(entry.log),
                entity=readable.entity_name(made.entity),
                key=readable.key_of(made.entity, made.key),
                group=readable.group_name(made.entity, number),
                before=None if before is None else readable.group_of(made.entity, number, before),
                after=readable.group_of(made.entity, number, values),
                reason=made.reason,
            )
