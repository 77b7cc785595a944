"""The list of participants as the window shows it: who fits, the class each is in now, their consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.domain.enrolment import EnrolmentState
from app.domain.ids import CentreCode, ClassCode, ParticipantId
from app.domain.keys import ClassKey
from app.queries import participants
from app.queries.participants import ParticipantRow
from app.storage import bulk, tables

LIMIT = 300
"""So many are read at once: what a person looks through before typing a part of the name instead."""

_PERSON, _ENROLMENT, _CLASS = tables.Participant, tables.Enrolment, tables.TrainingClass
_THERE = (EnrolmentState.ENROLLED, EnrolmentState.WAITING, EnrolmentState.APPLIED)


class Choice(StrEnum):
    """Which participants are wanted."""

    ALL = "all"
    NO_CONSENT = "no-consent"
    NO_CLASS = "no-class"
    NO_NIK = "no-nik"


class Agreed(StrEnum):
    """Whether there is proof of consent."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ClassNow:
    """The class somebody is in: one that goes on or is to come before one that is `over`."""

    key: ClassKey
    title: str
    state: EnrolmentState
    over: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A participant in the list."""

    person: ParticipantRow
    now: ClassNow | None
    agreed: Agreed


@dataclass(frozen=True, slots=True)
class ParticipantsBoard:
    """The lines read, how many there are of that choice and text, and how many of each choice in all."""

    lines: tuple[PersonLine, ...]
    found: int
    counts: Mapping[Choice, int]


def of(
    session: Session, today: date, text: str = "", choice: Choice = Choice.ALL, limit: int = LIMIT
) -> ParticipantsBoard:
    """Those who fit the text (`participants.matching`) and the choice, by name."""
    condition = _condition(choice)
    rows = participants.search(session, text, limit, condition)
    ids = [row.id for row in rows]
    now, agreed = classes_now(session, ids, today), consents_of(session, ids)
    lines = tuple(PersonLine(row, now.get(row.id), agreed.get(row.id, Agreed.MISSING)) for row in rows)
    found = len(rows) if len(rows) < limit else _count(session, text, condition)
    return ParticipantsBoard(lines, found, {one: _count(session, "", _condition(one)) for one in Choice})


def classes_now(
    session: Session, people: Sequence[ParticipantId], today: date
) -> dict[ParticipantId, ClassNow]:
    """The class each of them is in; whoever is in none is left out."""
    columns = (
        _ENROLMENT.participant, _ENROLMENT.centre, _ENROLMENT.class_code, _ENROLMENT.state,
        _CLASS.title, _CLASS.first_day, _CLASS.last_day,
    )  # fmt: skip
    same = (_CLASS.centre == _ENROLMENT.centre) & (_CLASS.code == _ENROLMENT.class_code)
    query = select(*columns).join(_CLASS, same).where(_CLASS.gone.is_not(True), _is_there())
    found: dict[ParticipantId, ClassNow] = {}
    for some in bulk.slices(sorted(set(people))):
        rows = session.execute(query.where(_ENROLMENT.participant.in_(some)).order_by(_CLASS.first_day))
        for who, centre, code, state, title, _, last in rows:
            over = last is not None and last < today
            key = ClassKey(CentreCode(centre), ClassCode(code))
            before = found.get(ParticipantId(who))
            if before is None or before.over:
                found[ParticipantId(who)] = ClassNow(key, title or code, EnrolmentState(state or ""), over)
    return found


def consents_of(session: Session, people: Sequence[ParticipantId]) -> dict[ParticipantId, Agreed]:
    """Whether those who were asked have consented: one consent that stands is enough."""
    row = tables.Consent
    query = select(row.participant, row.withdrawn_on).where(row.gone.is_not(True))
    found: dict[ParticipantId, Agreed] = {}
    for some in bulk.slices(sorted(set(people))):
        for who, withdrawn in session.execute(query.where(row.participant.in_(some))):
            if withdrawn is None:
                found[ParticipantId(who)] = Agreed.GIVEN
            else:
                found.setdefault(ParticipantId(who), Agreed.WITHDRAWN)
    return found


def _condition(choice: Choice) -> ColumnElement[bool] | None:
    """The choice as a condition on a participant's row; each inner list is read once, not once a person."""
    if choice is Choice.NO_CONSENT:
        consent = tables.Consent
        given = select(consent.participant).where(consent.withdrawn_on.is_(None), consent.gone.is_not(True))
        return _PERSON.id.not_in(given)
    if choice is Choice.NO_CLASS:
        return _PERSON.id.not_in(select(_ENROLMENT.participant).where(_is_there()))
    return _PERSON.nik.is_(None) if choice is Choice.NO_NIK else None


def _is_there() -> ColumnElement[bool]:
    return _ENROLMENT.state.in_(_THERE) & _ENROLMENT.gone.is_not(True)


def _count(session: Session, text: str, condition: ColumnElement[bool] | None) -> int:
    query = select(func.count()).select_from(_PERSON).where(participants.matching(text))
    return session.scalar(query if condition is None else query.where(condition)) or 0
