"""What somebody chooses from who opens a class or changes one: programmes, and who teaches."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.keys import ClassKey
from app.domain.programme import Programme
from app.errors import Refused
from app.queries import classes, persons, programmes
from app.queries.classes import ClassRow
from app.queries.persons import PersonRow


@dataclass(frozen=True, slots=True)
class ClassChoices:
    """`programmes` by code, the newest version first; one whose rule this program cannot read is not among
    them. `people` are those at work, and whoever teaches the class already. `head` is the class, or None."""

    programmes: tuple[Programme, ...]
    people: tuple[PersonRow, ...]
    head: ClassRow | None


def of(session: Session, key: ClassKey | None = None) -> ClassChoices:
    """The choices for a class, or for a new one; NotFound("class-unknown")."""
    head = None if key is None else classes.head(session, key)
    teaching = () if head is None else head.instructors
    people = [person for person in persons.listed(session) if person.active or person.id in teaching]
    return ClassChoices(_programmes(session), tuple(people), head)


def _programmes(session: Session) -> tuple[Programme, ...]:
    found = []
    for row in programmes.listed(session):
        try:
            found.append(programmes.programme(session, row.code, row.version))
        except Refused:  # published for a newer program than this one
            continue
    return tuple(found)
