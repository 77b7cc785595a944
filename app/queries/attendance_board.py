"""What the attendance of a class shows: everybody's marks, and how each person stands towards the rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.attendance import Allowance, Policy, Tally, allowance
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.queries import attendance, classes
from app.queries.attendance import AttendanceMatrix
from app.queries.classes import ClassRow


@dataclass(frozen=True, slots=True)
class AttendanceBoard:
    """A class with its matrix; by the rule, `policy` is what a mark counts for, and `minimum` the least
    attendance in hundredths of a percent."""

    head: ClassRow
    matrix: AttendanceMatrix
    tallies: Mapping[ParticipantId, Tally]
    allowances: Mapping[ParticipantId, Allowance]
    minimum: int
    policy: Policy


def of(session: Session, key: ClassKey) -> AttendanceBoard:
    """The board of a class; NotFound("class-unknown" | "programme-unknown")."""
    head = classes.head(session, key)
    rule = attendance.rule(session, key)
    matrix = attendance.matrix(session, key)
    tallies = {p.participant: matrix.tally(p.participant, rule.policy) for p in matrix.people}
    may = {who: allowance(counted, rule.min_attendance) for who, counted in tallies.items()}
    return AttendanceBoard(head, matrix, tallies, may, rule.min_attendance, rule.policy)
