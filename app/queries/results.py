"""Results of a class: people by modules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.enrolment import EnrolmentState
from app.domain.ids import ModuleCode, ParticipantId
from app.domain.keys import ClassKey
from app.domain.programme import Programme
from app.domain.progress import ModuleState, Result
from app.queries import classes, programmes, rosters
from app.queries.rosters import ENROLLED, EnrolmentRow
from app.storage import tables


@dataclass(frozen=True, slots=True)
class ResultCell:
    """What one person has in one module, who assessed it, and a remark."""

    result: Result
    assessor: bytes | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class ResultGrid:
    """People, the programme with its modules, and the results there are."""

    key: ClassKey
    programme: Programme
    people: tuple[EnrolmentRow, ...]
    cells: Mapping[ParticipantId, Mapping[ModuleCode, ResultCell]]

    def of(self, participant: ParticipantId) -> tuple[Result, ...]:
        """One person's results, in the order of the modules; a module without one is left out."""
        found = self.cells.get(participant, {})
        return tuple(found[m.code].result for m in self.programme.modules if m.code in found)


def grid(session: Session, key: ClassKey, states: Collection[EnrolmentState] | None = ENROLLED) -> ResultGrid:
    """The results of a class; `states` as `rosters.enrolled` takes them. NotFound("class-unknown")."""
    head = classes.head(session, key)
    row = tables.Result
    query = select(row.participant, row.module, row.state, row.pre, row.post, row.assessor, row.remark).where(
        row.centre == key.centre, row.class_code == key.code, row.gone.is_not(True)
    )
    cells: dict[ParticipantId, dict[ModuleCode, ResultCell]] = defaultdict(dict)
    for participant, module, state, pre, post, assessor, remark in session.execute(query):
        code = ModuleCode(module)
        result = Result(code, _STATES.get(state, ModuleState.NOT_STARTED), pre, post)
        cells[ParticipantId(participant)][code] = ResultCell(result, assessor, remark)
    programme = programmes.programme(session, head.programme, head.version)
    return ResultGrid(key, programme, tuple(rosters.enrolled(session, key, states)), cells)


_STATES: Mapping[str | None, ModuleState] = {state.value: state for state in ModuleState}
