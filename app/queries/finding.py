"""Finds people and classes by what somebody types into the one search field."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.queries import classes, participants
from app.queries.classes import ClassRow
from app.queries.participants import ParticipantRow

LIMIT = 8
_CLASSES = 3  # of them at most, so that people have room


@dataclass(frozen=True, slots=True)
class Found:
    """A class or a person; one of the two is None."""

    head: ClassRow | None = None
    person: ParticipantRow | None = None


def by_text(session: Session, centre: int, text: str, limit: int = LIMIT) -> list[Found]:
    """Classes whose title, code or intake has all the words, then people as `participants.search` finds them;
    nothing for an empty text."""
    wanted = text.casefold().split()
    if not wanted:
        return []
    heads = [head for head in classes.listed(session, centre) if _fits(head, wanted)][:_CLASSES]
    people = participants.search(session, text, limit - len(heads))
    return [*(Found(head=head) for head in heads), *(Found(person=person) for person in people)]


def _fits(head: ClassRow, wanted: list[str]) -> bool:
    said = f"{head.title} {head.key.code} {head.intake}".casefold()
    return all(word in said for word in wanted)
