"""How actions write: only what differs from what is there, and corrections of facts only with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from app.domain.ids import CentreCode
from app.errors import Refused
from app.journal.change import Value
from app.journal.registry import BY_NAME, LIFE
from app.storage.journal import Draft, plain, record
from app.storage.present import RowKey, Shown, shown
from app.storage.store import Writer

Values = tuple[Value, ...]
Corrects = Callable[[Values, Values], bool]
"""Whether writing the second values over the first ones corrects a fact. The first are not all empty."""


def writer(session: Session) -> Writer:
    """Who writes in this session, where, and by which clock."""
    found: Writer = session.info["writer"]
    return found


def centre(session: Session) -> CentreCode:
    """The centre this database belongs to."""
    return CentreCode(writer(session).scope)


def touched(session: Session, table: str) -> None:
    """Have it announced that a table of this machine alone was written, as `record` does for changes."""
    session.info.setdefault("changed", set()).add(table)


def write(session: Session, drafts: Iterable[Draft], corrects: Mapping[str, Corrects] | None = None) -> int:
    """Write the groups that differ from the present ones, all at once; returns how many changes that took.

    `corrects` names the groups of facts and when overwriting them is a correction, which needs the
    draft's `reason`. Raises Refused("reason-missing"), ("row-gone") for a row that was deleted and is
    not brought back by the same draft.
    """
    wanted = list(drafts)
    present = _present(session, wanted)
    needed = [
        needs
        for draft in wanted
        if (needs := _needed(draft, present[draft.entity].get(plain(draft.key)), corrects or {})) is not None
    ]
    record(session, needed)
    return len(needed)


def overwrites(before: Values, after: Values) -> bool:
    """Whether a value that is there gets another one; filling in what was empty corrects nothing."""
    return any(old is not None and old != new for old, new in zip(before, after, strict=True))


def _present(session: Session, drafts: Iterable[Draft]) -> dict[str, dict[RowKey, Shown]]:
    keys: dict[str, set[RowKey]] = defaultdict(set)
    for draft in drafts:
        keys[draft.entity].add(plain(draft.key))
    return {name: shown(session.connection(), name, wanted) for name, wanted in keys.items()}


def _needed(draft: Draft, row: Shown | None, corrects: Mapping[str, Corrects]) -> Draft | None:
    """The draft with the groups that differ; None when there are none."""
    if row is not None and row[LIFE.name] == (True,) and LIFE.name not in draft.groups:
        raise Refused("row-gone")
    groups: dict[str, Values] = {}
    for name, values in draft.groups.items():
        after = plain(values)
        before = _before(draft.entity, name, row)
        if after == before:
            continue
        if any(v is not None for v in before) and name in corrects and corrects[name](before, after):
            _demand_reason(draft)
        groups[name] = after
    return replace(draft, groups=groups) if groups else None


def _before(entity: str, group: str, row: Shown | None) -> Values:
    if group == LIFE.name:
        return (row is not None and row[group] == (True,),)
    if row is None:
        return (None,) * len(BY_NAME[entity].named(group).fields)
    return row[group]


def _demand_reason(draft: Draft) -> None:
    if not (draft.reason or "").strip():
        raise Refused("reason-missing", field="reason")
