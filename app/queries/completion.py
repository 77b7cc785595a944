"""Who of a class has completed: how each person stands, what is missing, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.completion import Judgement, Outcome, Standing, judge
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.queries import attendance, results
from app.queries.rosters import EnrolmentRow
from app.storage import tables


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided; an `override` goes against the rule and has a reason."""

    outcome: Outcome
    override: bool
    reason: str | None
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class CompletionLine:
    """One person: how they stand, what the rule makes of it, and the decision, None until there is one."""

    person: EnrolmentRow
    standing: Standing
    judgement: Judgement
    decision: DecisionRow | None


def standings(session: Session, key: ClassKey) -> list[CompletionLine]:
    """Everybody enrolled, by place; NotFound("class-unknown")."""
    grid = results.grid(session, key)
    marks = attendance.matrix(session, key)
    decided = decisions(session, key)
    lines = []
    for person in grid.people:
        who = person.participant
        standing = Standing(marks.tally(who, grid.programme.rule.policy), grid.of(who))
        lines.append(CompletionLine(person, standing, judge(standing, grid.programme), decided.get(who)))
    return lines


def decisions(session: Session, key: ClassKey) -> Mapping[ParticipantId, DecisionRow]:
    """The decisions of a class, by person."""
    row = tables.Decision
    query = select(row.participant, row.outcome, row.override, row.reason, row.decided_on)
    query = query.where(row.centre == key.centre, row.class_code == key.code, row.gone.is_not(True))
    return {
        ParticipantId(who): DecisionRow(Outcome(outcome), bool(override), reason, day)
        for who, outcome, override, reason, day in session.execute(query)
        if outcome in list(Outcome)
    }
