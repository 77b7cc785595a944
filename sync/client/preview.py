"""What a sync or a bundle would bring, found by taking it in and undoing that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.journal.change import Change, Value
from app.journal.registry import BY_NAME, ENTITIES
from app.storage.store import Store
from app.storage.tables.journal import Head
from sync.client import state, taking

PARTICIPANT = BY_NAME["participant"].number


@dataclass(slots=True)
class Preview:
    """What would come: changes by the name of their table, people they concern, bytes of frames.

    `reviews` is how many groups of rows would then have more than one head.
    """

    changes: int = 0
    by_table: Counter[str] = field(default_factory=Counter)
    people: int = 0
    reviews: int = 0
    bytes: int = 0
    refused: set[str] = field(default_factory=set)


class _Undo(Exception):
    """Ends the transaction without keeping anything."""


def of_frames(store: Store, frames: Iterable[bytes]) -> Preview:
    """What these frames would bring; the database stays as it is."""
    if store.identity is None:
        raise Refused("read-only-copy")
    found, people = Preview(), set[Value]()
    try:
        with store.write() as session:
            before = _divided(session)
            for frame in frames:
                brought = taking.take(session, frame, store.identity.authority, state.scopes(store.scope))
                _count(found, people, brought, len(frame))
            found.reviews = max(0, _divided(session) - before)
            raise _Undo
    except _Undo:
        found.people = len(people)
        return found


def _count(found: Preview, people: set[Value], brought: taking.Brought, size: int) -> None:
    found.changes += brought.changes
    found.bytes += size
    if brought.refused is not None:
        found.refused.add(brought.refused)
    found.by_table.update(_tables(brought.new))
    people.update(person for change in brought.new if change is not None for person in _people(change))


def _tables(changes: Sequence[Change | None]) -> list[str]:
    known = (ENTITIES.get(change.entity) for change in changes if change is not None and change.entity)
    return [entity.name for entity in known if entity is not None]


def _people(change: Change) -> list[Value]:
    """The participants a change is about, by its key."""
    entity = ENTITIES.get(change.entity)
    if entity is None:
        return []
    if entity.number == PARTICIPANT:
        return list(change.key[:1])
    names = [field.name for field in entity.key]
    return [value for name, value in zip(names, change.key, strict=False) if name == "participant"]


def _divided(session: Session) -> int:
    """How many groups of rows have more than one head."""
    groups = select(Head.row).group_by(Head.row, Head.part).having(func.count() > 1).subquery()
    return session.scalar(select(func.count()).select_from(groups)) or 0
