"""What the completion page of a class shows: everybody's standing, the rule, who has a certificate."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.programme import Programme
from app.queries import certificates, classes, completion, programmes
from app.queries.classes import ClassRow
from app.queries.completion import CompletionLine


@dataclass(frozen=True, slots=True)
class CompletionBoard:
    """A class, its programme, everybody enrolled, and who holds a certificate that stands."""

    head: ClassRow
    programme: Programme
    lines: tuple[CompletionLine, ...]
    certified: frozenset[ParticipantId]


def of(session: Session, key: ClassKey) -> CompletionBoard:
    """The board of a class; NotFound("class-unknown" | "programme-unknown")."""
    head = classes.head(session, key)
    return CompletionBoard(
        head,
        programmes.programme(session, head.programme, head.version),
        tuple(completion.standings(session, key)),
        certificates.certified(session, key),
    )
