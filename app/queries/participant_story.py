"""One person's story: the classes and what came of them, and everything that was written."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from app.domain import completion as rules
from app.domain.completion import Standing
from app.domain.ids import ParticipantId
from app.errors import NotFound
from app.queries import (
    attendance,
    certificates,
    completion,
    disclosures,
    history,
    participants,
    participations,
    results,
)
from app.queries.certificates import CertificateRow
from app.queries.completion import DecisionRow
from app.queries.disclosures import Disclosure
from app.queries.history import HistoryLine
from app.queries.participants import ParticipantDetail
from app.queries.participations import Participation

LINES = 500


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody's time in a class: sessions present among those that count, the attendance rate so far (None
    before anything counts), modules with a result among all, their average in hundredths, the decision, and
    the certificates in the order of their serials. Nothing is counted where the programme is not here."""

    participation: Participation
    present: int = 0
    counted: int = 0
    rate: Fraction | None = None
    modules: int = 0
    of_modules: int = 0
    average: int | None = None
    decision: DecisionRow | None = None
    certificates: tuple[CertificateRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A person and their classes, the latest first."""

    person: ParticipantDetail
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written about a person on all machines, and when the NIK was shown in full on this one."""

    lines: tuple[HistoryLine, ...]
    shown: tuple[Disclosure, ...]


def of(session: Session, participant: bytes) -> Story:
    """The story of somebody; NotFound("participant-unknown")."""
    who = ParticipantId(participant)
    person = participants.one(session, who)
    return Story(person, tuple(_stay(session, who, one) for one in participations.of(session, who)))


def written(session: Session, participant: bytes, limit: int = LINES) -> Written:
    """Everything on record about somebody, the newest first. It looks through the whole journal."""
    lines = history.of_participant(session, participant, limit)
    return Written(tuple(lines), tuple(disclosures.listed(session, participant, limit)))


def _stay(session: Session, who: ParticipantId, there: Participation) -> Stay:
    key = there.key
    decision = completion.decisions(session, key).get(who)
    papers = tuple(row for row in certificates.register(session, key) if row.participant == who)
    try:
        grid = results.grid(session, key, None)
    except NotFound:
        return Stay(there, decision=decision, certificates=papers)
    counted = attendance.matrix(session, key, None).tally(who, grid.programme.rule.policy)
    found = grid.of(who)
    return Stay(
        there,
        counted.present,
        counted.present + counted.absent,
        counted.rate,
        len(found),
        len(grid.programme.modules),
        rules.judge(Standing(counted, found), grid.programme).average,
        decision,
        papers,
    )
