"""Who works here."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.storage.tables import Person
from app.storage.tables.local import Pin

LIMIT = 500


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who signs in; `has_pin` says whether a PIN was set on this laptop."""

    id: bytes
    name: str
    login: str
    role: str
    active: bool
    has_pin: bool


def listed(session: Session, only_active: bool = False) -> list[PersonRow]:
    """The centre's people, by name."""
    query = select(Person.id, Person.name, Person.login, Person.role, Person.active, Pin.person).outerjoin(
        Pin, Pin.person == Person.id
    )
    if only_active:
        query = query.where(Person.active.is_(True))
    query = query.where(Person.gone.is_not(True)).order_by(Person.name, Person.id).limit(LIMIT)
    return [
        PersonRow(row, name or "", login or "", role or "", bool(active), pin is not None)
        for row, name, login, role, active, pin in session.execute(query)
    ]


def with_login(session: Session, login: str) -> PersonRow:
    """The active person who signs in by this name; NotFound('person-unknown')."""
    wanted = login.strip().casefold()
    for row in listed(session, only_active=True):
        if row.login == wanted:
            return row
    raise NotFound("person-unknown", field="login", login=wanted)


def failures(session: Session, person: bytes) -> int:
    """How many wrong PINs there were since the last right one, on this laptop."""
    return session.scalar(select(Pin.failures).where(Pin.person == person)) or 0
