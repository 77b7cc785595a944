"""The heads behind rows: what a screen hands back, so that a change names exactly what its writer saw."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.journal.change import Ref
from app.journal.registry import BY_NAME
from app.storage.heads import heads_of, packed_row
from app.storage.logs import OPEN
from app.storage.present import RowKey
from app.storage.tables.journal import Log


def seen(session: Session, entity: str, keys: Collection[RowKey]) -> dict[RowKey, tuple[Ref, ...]]:
    """Others' changes that stand in these rows now; a row without any is left out.

    Those of our own open log need no naming: a later change of the same log replaces them anyway.
    """
    number = BY_NAME[entity].number
    packed = {packed_row(number, key): key for key in keys}
    ours = Log.own & (Log.state == OPEN)
    others = {row: log for row, log in session.execute(select(Log.id, Log.log).where(~ours))}
    found: dict[RowKey, set[Ref]] = {}
    for (row, _), standing in heads_of(session.connection(), packed).items():
        for head in standing:
            if head.log in others:
                ref = Ref(others[head.log], head.seq, head.hash[:4])
                found.setdefault(packed[row], set()).add(ref)
    return {key: tuple(sorted(refs)) for key, refs in found.items()}
