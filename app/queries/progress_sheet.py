"""What the progress page of a class shows: the results, and which of them two machines disagree on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.ids import ModuleCode, ParticipantId
from app.domain.keys import ClassKey
from app.journal.change import Ref
from app.journal.registry import BY_NAME
from app.queries import classes, heads, results, standing
from app.queries.classes import ClassRow
from app.queries.results import ResultGrid
from app.storage.heads import packed_start

Place = tuple[ParticipantId, ModuleCode]
"""One person in one module."""

_RESULT = BY_NAME["result"]


@dataclass(frozen=True, slots=True)
class ProgressSheet:
    """A class with its results. `disputed` are the places under review; `seen` are others' changes behind
    the results, to be handed back to `results.record`."""

    head: ClassRow
    grid: ResultGrid
    disputed: frozenset[Place]
    seen: Mapping[Place, tuple[Ref, ...]]


def of(session: Session, key: ClassKey) -> ProgressSheet:
    """The sheet of a class; NotFound("class-unknown" | "programme-unknown")."""
    grid = results.grid(session, key)
    rows = [(*key, who, module) for who, cells in grid.cells.items() for module in cells]
    seen = {
        (ParticipantId(who), ModuleCode(module)): refs  # type: ignore[arg-type]  # by the registry
        for (_, _, who, module), refs in heads.seen(session, _RESULT.name, rows).items()
    }
    return ProgressSheet(classes.head(session, key), grid, _disputed(session, key), seen)


def _disputed(session: Session, key: ClassKey) -> frozenset[Place]:
    """Results of the class with two values that stand against each other."""
    part = _RESULT.named("result").number
    found = set()
    of_class = packed_start(_RESULT.number, len(_RESULT.key), key)
    for (_, group), standing_there in standing.disputed(session, of_class).items():
        first = standing_there[0].change
        if group != part:
            continue
        if len({head.values(part) for head in standing_there}) > 1:
            found.add((ParticipantId(first.key[2]), ModuleCode(first.key[3])))  # type: ignore[arg-type]  # as above
    return frozenset(found)
