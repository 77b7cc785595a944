"""What the certificates page of a class shows: who has one, who gets one, what went to paper."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.certificates import CertificateState
from app.domain.completion import Outcome
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.queries import certificates, classes, completion, print_runs, rosters
from app.queries.certificates import CertificateRow
from app.queries.classes import ClassRow


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One person who passed or holds a certificate of the class.

    `certificate` is the one that stands, None as long as there is none. `copy` is the number the next print
    would bear: 0 as long as it never went to paper. `birth_date_missing`: nothing can be issued without it.
    """

    participant: ParticipantId
    name: str
    certificate: CertificateRow | None
    copy: int
    birth_date_missing: bool


@dataclass(frozen=True, slots=True)
class CertificateBoard:
    """A class, its people with certificates, and how many of it have not passed."""

    head: ClassRow
    lines: tuple[CertificateLine, ...]
    not_passed: int


def of(session: Session, key: ClassKey) -> CertificateBoard:
    """The board of a class, by name as certificates are issued; NotFound("class-unknown")."""
    head = classes.head(session, key)
    standing = {
        row.participant: row
        for row in certificates.register(session, key)
        if row.state is CertificateState.ISSUED
    }
    decided = completion.decisions(session, key)
    passed = {who for who, row in decided.items() if row.outcome is Outcome.PASSED}
    copies = print_runs.next_copies(session, [row.serial for row in standing.values()])
    people = rosters.enrolled(session, key)
    lines = [
        CertificateLine(
            person.participant,
            person.name,
            row := standing.get(person.participant),
            0 if row is None else copies[row.serial],
            person.birth_date is None,
        )
        for person in people
        if person.participant in standing or person.participant in passed
    ]
    lines.sort(key=lambda line: line.name.casefold())
    return CertificateBoard(head, tuple(lines), len(people) - len(lines))
