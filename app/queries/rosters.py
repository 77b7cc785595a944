"""Who is in a class, in the order of their places, and how to find one of them by what somebody typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import nik
from app.domain.enrolment import EnrolmentState
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.nik import Sex
from app.errors import NotFound, Refused
from app.queries.participants import sex_named
from app.storage import tables

LIMIT = 2_000
ENROLLED = (EnrolmentState.ENROLLED,)


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A participant in a class. `place` counts from 1; `nik` is masked, `name` empty for who was erased."""

    participant: ParticipantId
    place: int | None
    name: str
    nik: str
    sex: Sex | None
    birth_place: str | None
    birth_date: date | None
    phone: str | None
    business: str | None
    state: EnrolmentState
    moved_to: str | None


class Finder:
    """Finds people of a class by place, by NIK (all of it or its last four digits), or by name."""

    def __init__(self, people: Iterable[tuple[ParticipantId, int | None, str, str]]) -> None:
        self._found: dict[str, set[ParticipantId]] = defaultdict(set)
        for participant, place, name, number in people:
            for spelling in {str(place), number, number[-4:], _plain(name), participant.hex()} - {""}:
                self._found[spelling].add(participant)

    def find(self, text: str) -> ParticipantId:
        """The one meant; NotFound("participant-not-found") or Refused("participant-ambiguous")."""
        digits = nik.clean(text)
        if digits.isdecimal():  # a place may be written 007; what has four digits or more is of a NIK
            found = self._found.get(digits.lstrip("0") if len(digits) < 4 else digits, set())
        else:
            found = self._found.get(_plain(text), set())
        if not found:
            raise NotFound("participant-not-found", field="participant", typed=text.strip())
        if len(found) > 1:
            raise Refused("participant-ambiguous", field="participant", typed=text.strip())
        return next(iter(found))


def enrolled(
    session: Session, key: ClassKey, states: Collection[EnrolmentState] | None = ENROLLED
) -> list[EnrolmentRow]:
    """The people of a class with these states (None: everybody who ever was), by place and name."""
    row, person = tables.Enrolment, tables.Participant
    query = (
        select(
            row.participant, row.place, person.name, person.nik, person.sex, person.birth_place,
            person.birth_date, person.phone, person.business, row.state, row.moved_to,
        )
        .outerjoin(person, person.id == row.participant)
        .where(row.centre == key.centre, row.class_code == key.code, row.gone.is_not(True))
    )  # fmt: skip
    if states is not None:
        query = query.where(row.state.in_(list(states)))
    query = query.order_by(row.place.is_(None), row.place, person.name, row.participant).limit(LIMIT)
    return [
        EnrolmentRow(
            participant=ParticipantId(found.participant),
            place=found.place,
            name=found.name or "",
            nik=nik.mask(found.nik or ""),
            sex=sex_named(found.sex),
            birth_place=found.birth_place,
            birth_date=found.birth_date,
            phone=found.phone,
            business=found.business,
            state=_state(found.state),
            moved_to=found.moved_to,
        )
        for found in session.execute(query)
    ]


def finder(session: Session, key: ClassKey) -> Finder:
    """A finder for everybody who ever was in the class."""
    row, person = tables.Enrolment, tables.Participant
    query = (
        select(row.participant, row.place, person.name, person.nik)
        .outerjoin(person, person.id == row.participant)
        .where(row.centre == key.centre, row.class_code == key.code, row.gone.is_not(True))
    )
    found = session.execute(query.order_by(row.participant).limit(LIMIT))
    return Finder((ParticipantId(who), place, name or "", number or "") for who, place, name, number in found)


def _state(text: str | None) -> EnrolmentState:
    """What this version doesn't know counts as somebody who has only applied."""
    return EnrolmentState(text) if text in list(EnrolmentState) else EnrolmentState.APPLIED


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
