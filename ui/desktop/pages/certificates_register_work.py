"""What the register takes time for, away from the window: reading it, a corrected replacement, papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.actions import certificates, issuing, participants
from app.actions import trust as taking
from app.actions.trust import Paper
from app.certificates import days
from app.certificates.status import StatusList
from app.domain.ids import CentreCode, Serial
from app.errors import NotFound, Refused
from app.queries import certificate_register
from app.queries import certificates as lines
from app.queries import trust as held
from app.queries.certificate_register import Register
from ui.desktop.pages.certificates_register_rows import Finder
from ui.desktop.work import Work

_LARGEST = 8 << 20  # bytes; a status list has 4 MiB at most


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """A trust file or status list that holds here: its number, its day, and when the next was due."""

    number: int
    dated: date
    next_update: date


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The register, ready to be searched, and what verdicts of this machine rest on; None for what is not
    here."""

    register: Register
    finder: Finder
    trust: HeldPaper | None
    status: HeldPaper | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A new certificate in the place of `old`: `name` where the person's is to be corrected, `number` where
    it is typed by hand."""

    old: Serial
    name: str
    number: str
    reason: str
    today: date
    clock_confirmed: bool = False


def read(work: Work, today: date) -> RegisterView:
    """The register as this machine knows it; a copy without its anchor has no numbers to use."""
    anchor = work.workplace.anchor
    device = b"" if anchor is None else anchor.identity.device_id
    floor = 0 if anchor is None else anchor.highest_serial
    centre = CentreCode(work.workplace.store.scope)
    with work.read() as session:
        found = certificate_register.of(session, centre, device, today, floor)
        try:
            file, listed = held.held_trust(session).file, held.held_status(session)
        except NotFound:
            return RegisterView(found, Finder(found.rows), None, None)
    trust = HeldPaper(file.counter, days.day(file.dated), days.day(file.next_update))
    return RegisterView(found, Finder(found.rows), trust, None if listed is None else _held(listed.list))


def _held(listed: StatusList) -> HeldPaper:
    return HeldPaper(listed.number, days.day(listed.dated), days.day(listed.next_update))


def correct(work: Work, wanted: Correction) -> Serial:
    """Correct the name, then replace the certificate: both or neither. Raises what `replace` refuses."""
    issuer = issuing.issuer_of(work.workplace, wanted.clock_confirmed)
    with work.write() as session:
        row = lines.one(session, wanted.old)
        if wanted.name != row.name:
            participants.rename(session, row.participant, wanted.name, wanted.reason)
        made = certificates.replace(
            session, wanted.old, issuer, wanted.today, wanted.reason, wanted.number or None
        )
    issuing.remember(work.workplace)
    return made


def take(work: Work, path: Path) -> Paper:
    """Take a trust file or status list from a stick; Refused("trust-unreadable") and what `take` refuses."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST)
    except OSError as fault:
        raise Refused("trust-unreadable", field="file") from fault
    with work.write() as session:
        return taking.take(session, raw)
