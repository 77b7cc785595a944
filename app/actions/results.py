"""Results of modules: one, or a whole pasted table in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.actions import changes
from app.domain.keys import ClassKey
from app.domain.results import ResultEntry, Values, corrects
from app.domain.text import LONGEST_REMARK, optional_line
from app.errors import NotFound
from app.journal.change import Ref
from app.queries import classes, programmes
from app.storage.journal import Draft, Plain
from app.storage.present import Shown, shown

_NONE: Values = (None, None, None)


def record(
    session: Session,
    key: ClassKey,
    entry: ResultEntry,
    reason: str | None = None,
    seen: tuple[Ref, ...] | None = None,
) -> int:
    """Write one result; returns how many changes it took: 0 where everything stands so already.

    Raises Refused("reason-missing") where a score gets another value, ("score-range"),
    NotFound("module-unknown"), ("participant-not-enrolled"), ("class-unknown").
    """
    return changes.write(session, _drafts(session, key, [entry], reason, seen), {"result": corrects})


def record_many(
    session: Session, key: ClassKey, entries: Sequence[ResultEntry], reason: str | None = None
) -> int:
    """Write many results, all or none; raises as `record`."""
    return changes.write(session, _drafts(session, key, entries, reason, None), {"result": corrects})


def _drafts(
    session: Session,
    key: ClassKey,
    entries: Sequence[ResultEntry],
    reason: str | None,
    seen: tuple[Ref, ...] | None,
) -> list[Draft]:
    head = classes.head(session, key)
    known = {m.code for m in programmes.programme(session, head.programme, head.version).modules}
    for entry in entries:
        if entry.module not in known:
            raise NotFound("module-unknown", field="module", module=entry.module)
    people = {entry.participant for entry in entries}
    if len(shown(session.connection(), "enrolment", [(*key, p) for p in people])) < len(people):
        raise NotFound("participant-not-enrolled", field="participant", code_of_class=key.code)
    rows = shown(session.connection(), "result", [(*key, e.participant, e.module) for e in entries])
    return [
        Draft(
            "result",
            (*key, entry.participant, entry.module),
            _groups(entry, rows.get((*key, entry.participant, entry.module))),
            reason,
            seen,
        )
        for entry in entries
    ]


def _groups(entry: ResultEntry, row: Shown | None) -> dict[str, tuple[Plain, ...]]:
    present: Values = _NONE if row is None else row["result"]  # type: ignore[assignment]  # by the registry
    groups: dict[str, tuple[Plain, ...]] = {"result": entry.over(present)}
    if entry.assessor is not None:
        groups["assessor"] = (entry.assessor,)
    if entry.remark is not None:
        groups["remark"] = (optional_line(entry.remark, "remark", LONGEST_REMARK),)
    return groups
