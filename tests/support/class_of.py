"""A class with people and sessions, ready to be taught."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import classes, enrolments, participants
from app.actions.participants import ParticipantForm
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.row_ids import participant_id
from app.domain.timetable import SessionPlan
from app.storage.tables import Participant
from tests.support.laptop import TODAY, Laptop, Office, hand_over, publish, woman


def class_of(
    laptop: Laptop, people: int, sessions: int, code: str = "KWU-9"
) -> tuple[ClassKey, list[ParticipantId]]:
    """A class of the made-up programme with so many people (Orang 0, Orang 1, …) and sessions."""
    with laptop.write() as session:
        key = classes.create(
            session,
            code=code,
            title="Kewirausahaan",
            programme="KWU",
            version=1,
            first_day=TODAY,
            last_day=TODAY + timedelta(days=sessions),
            intake="VIII",
        )
        days = [SessionPlan(TODAY + timedelta(days=n), 480, 660, 4) for n in range(sessions)]
        classes.schedule(session, key, days)
        made = [_person(session, laptop, n) for n in range(people)]
        enrolments.enrol(session, key, made)
    return key, made


def two_laptops(folder: Path) -> tuple[Laptop, Laptop]:
    """Two laptops of one centre that have what headquarters publishes."""
    office = Office(folder)
    headquarters = office.headquarters()
    publish(headquarters)
    pair = office.laptop(), office.laptop()
    for laptop in pair:
        hand_over(headquarters, laptop)
    return pair


def fresh_code() -> str:
    """A class code that no other example has used."""
    return f"KELAS-{next(_codes)}"


_codes = itertools.count()


def _person(session: Session, laptop: Laptop, number: int) -> ParticipantId:
    """The person with this number, registered if they are not there yet."""
    nik = woman(number)
    known = participant_id(laptop.centre, laptop.secret, nik)
    if session.get(Participant, known) is not None:
        return known
    form = ParticipantForm(f"Orang {number}", nik, birth_place="Ternate")
    return participants.register(session, form, laptop.secret, TODAY)
