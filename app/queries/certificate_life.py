"""The life of one certificate: what it says, what happened to it, by whom and where, and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certificates import credential
from app.domain.certificates import CertificateState
from app.domain.ids import Serial
from app.journal.registry import BY_NAME
from app.queries import certificates, print_runs, standing
from app.queries.authorship import Authorship, instant
from app.queries.certificates import CertificateRow
from app.storage.heads import packed_row
from app.storage.tables import Certificate

_CERTIFICATE, _RUN = BY_NAME["certificate"].number, BY_NAME["print_run"].number
_REGISTER, _STATE = 1, 3


class Turn(StrEnum):
    """What can happen to a certificate."""

    ISSUED = "issued"
    PRINTED = "printed"
    COPIED = "copied"
    VOID = "void"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, by the clock of the machine it was noted on; `author` and `machine` are empty
    where nobody knows. `copy` and `printer` are those of a print."""

    turn: Turn
    at: datetime | None
    author: str
    machine: str
    reason: str = ""
    copy: int = 0
    printer: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """A certificate with the name it bears (None where its content was erased), the serial it replaces and
    the one that replaces it, the number its next print would bear, and what happened, the latest first."""

    row: CertificateRow
    printed_name: str | None
    replaces: Serial | None
    replaced_by: Serial | None
    copy: int
    events: tuple[Event, ...]


def of(session: Session, serial: int) -> Life:
    """The life of this certificate; NotFound("certificate-unknown")."""
    row = certificates.one(session, serial)
    raw, state, other = session.execute(
        select(Certificate.credential, Certificate.state, Certificate.other).where(
            Certificate.serial == serial
        )
    ).one()
    replaced = CertificateState.REPLACED.value
    earlier = select(Certificate.serial).where(Certificate.other == serial, Certificate.state == replaced)
    before = session.scalars(earlier.order_by(Certificate.serial)).first()
    events = [*_turns(session, row), *_prints(session, row.serial)]
    events.sort(key=lambda event: (event.at is not None, event.at), reverse=True)
    return Life(
        row,
        None if raw is None else credential.read(raw).content.name,
        None if before is None else Serial(before),
        Serial(other) if state == replaced and other is not None else None,
        print_runs.next_copies(session, [row.serial])[row.serial],
        tuple(events),
    )


def _turns(session: Session, row: CertificateRow) -> Iterator[Event]:
    """Issue, and the end of it where it was void or replaced here at the centre."""
    packed, who = packed_row(_CERTIFICATE, (row.serial,)), Authorship(session)
    found = standing.of_rows(session, [packed])
    for part in (_REGISTER, _STATE):
        for head in found.get((packed, part), [])[:1]:
            turn = Turn.ISSUED if part == _REGISTER else _ended(head.values(_STATE)[0])
            if turn is not None:
                names = who.person(head.change.author), who.machine(head.log)
                yield Event(turn, instant(head.wall), *names, head.change.reason or "")


def _ended(state: object) -> Turn | None:
    return Turn(state) if state in (Turn.VOID.value, Turn.REPLACED.value) else None


def _prints(session: Session, serial: Serial) -> Iterator[Event]:
    runs = {
        packed_row(_RUN, (run.id,)): (run, copy)
        for run in print_runs.listed(session)
        for number, copy in run.printed
        if number == serial
    }
    found, who = standing.of_rows(session, runs, 1), Authorship(session)
    for packed, (run, copy) in runs.items():
        turn = Turn.COPIED if copy else Turn.PRINTED
        names, reason = ("", ""), ""
        for head in found.get((packed, 1), [])[:1]:
            names = who.person(head.change.author), who.machine(head.log)
            reason = head.change.reason or ""
        yield Event(turn, run.printed_at, *names, reason, copy, run.printer)
