"""Certificates: issued from leased serials and frozen, replaced with a new serial, voided with a reason."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from app.actions import certificate_pages as pages
from app.actions import changes
from app.actions.certificate_pages import Candidate, Occasion
from app.certificates import backpage, credential, delegation, keys
from app.certificates import trust as trust_files
from app.certificates.paper import content
from app.domain import numbering, serial
from app.domain.certificates import CertificateState
from app.domain.completion import Outcome
from app.domain.ids import CentreCode, ParticipantId, Serial
from app.domain.keys import ClassKey
from app.domain.numbering import NumberFields
from app.domain.text import LONGEST_REMARK, one_line
from app.errors import Refused
from app.queries import (
    centres,
    certificates,
    classes,
    completion,
    participants,
    persons,
    policies,
    programmes,
    templates,
)
from app.queries import trust as trust_rows
from app.queries.certificates import Power
from app.storage.base import days
from app.storage.journal import Draft

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Issuer:
    """The device that issues: its key, and what its anchor remembers of earlier issues.

    `floor` is the highest serial ever issued here, `issued_at` the wall time (ms) of the last issue,
    `certified_at` headquarters' last own time. `clock_confirmed`: a person has looked at the clock.
    """

    device: bytes
    key: Ed25519PrivateKey
    floor: int = 0
    issued_at: int = 0
    certified_at: int = 0
    clock_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """The serials of what was issued, and who was left out for which reason (a code)."""

    serials: tuple[Serial, ...]
    left_out: Mapping[ParticipantId, str]


def issue(
    session: Session,
    key: ClassKey,
    issuer: Issuer,
    today: date,
    people: Sequence[ParticipantId] | None = None,
    numbers: Mapping[ParticipantId, str] | None = None,
    dated: date | None = None,
) -> Issued:
    """Issue certificates to those of a class who passed and have none yet (`people`: to these of them).

    `numbers` are official numbers typed by hand, `dated` the date on the paper (today by default).
    Raises Refused('serials-exhausted' | 'clock-behind' | 'clock-before-headquarters' | 'signatory-missing'
    | 'delegation-missing' | 'certificate-none-to-issue'), NotFound('class-unknown').
    """
    _clock_is_right(session, issuer)
    occasion = _occasion(session, key, today, dated or today)
    candidates, left_out = _candidates(session, key, people)
    if not candidates:
        raise Refused("certificate-none-to-issue", code_of_class=key.code)
    press = _Press(session, issuer, occasion)
    drafts: list[Draft] = []
    serials: list[Serial] = []
    for candidate in candidates:
        typed = (numbers or {}).get(candidate.person.id)
        number, made = press.print(candidate, typed, None)
        serials.append(number)
        drafts += made
    changes.write(session, drafts)
    return Issued(tuple(serials), left_out)


def replace(
    session: Session, old: Serial, issuer: Issuer, today: date, reason: str, typed: str | None = None
) -> Serial:
    """A new certificate in the place of one with a mistake; the old serial stays, as replaced.

    What is printed is what is known now, under the number `typed` by hand where there is one. Raises as
    `issue`, and Refused('certificate-not-standing' | 'number-taken').
    """
    said = one_line(reason, "reason", LONGEST_REMARK)
    row = certificates.one(session, old)
    _stands(row)
    _clock_is_right(session, issuer)
    if typed:
        certificates.number_is_free(session, typed)
    press = _Press(session, issuer, _occasion(session, row.key, today, today))
    candidate = _candidate(session, row.key, row.participant)
    serial_now, drafts = press.print(candidate, typed, old)
    gone = (CertificateState.REPLACED.value, said, serial_now, today)
    changes.write(session, [*drafts, Draft("certificate", (old,), {"state": gone}, said)])
    return serial_now


def void(session: Session, number: Serial, today: date, reason: str) -> Serial:
    """Void a certificate that never left the house; Refused('certificate-not-standing')."""
    said = one_line(reason, "reason", LONGEST_REMARK)
    row = certificates.one(session, number)
    _stands(row)
    state = (CertificateState.VOID.value, said, row.other, today)
    changes.write(session, [Draft("certificate", (number,), {"state": state}, said)])
    return number


class _Press:
    """Makes certificates one after the other, each with the next serial of the leases."""

    def __init__(self, session: Session, issuer: Issuer, occasion: Occasion) -> None:
        self._issuer = issuer
        self._occasion = occasion
        self._centre = CentreCode(occasion.centre.code)
        self._powers = _powers(session, issuer, days(occasion.signed))
        leases = [power.lease for power in self._powers]
        self._highest = max(
            certificates.highest_used(session, self._centre, leases), _sequence(issuer.floor, self._centre)
        )

    def print(
        self, candidate: Candidate, typed: str | None, replaces: Serial | None
    ) -> tuple[Serial, list[Draft]]:
        """The next serial, and the drafts that record this certificate under it."""
        sequence = serial.next_sequence([power.lease for power in self._powers], self._highest)
        self._highest = sequence
        number = serial.compose(self._centre, sequence)
        official = numbering.typed(typed) if typed else self._official(sequence)
        back = backpage.build(
            secrets.token_bytes(SALT_BYTES), pages.modules(candidate, self._occasion.programme)
        )
        signed = self._sign(number, candidate, back, official if typed else None)
        page = pages.page(
            self._occasion, candidate, credential=signed, back=back, number=official, replaces=replaces
        )
        return number, self._drafts(number, candidate, official, page, replaces)

    def _official(self, sequence: int) -> str:
        at = self._occasion
        fields = NumberFields(
            sequence, at.centre.short, self._centre, at.programme.code, at.dated, at.head.intake
        )
        return numbering.render(at.programme.number_template, fields)

    def _sign(self, number: Serial, candidate: Candidate, back: bytes, typed: str | None) -> bytes:
        head, programme = self._occasion.head, self._occasion.programme
        born, first, last = candidate.person.birth_date, head.first_day, head.last_day
        assert born and first and last, "candidates without them were left out"
        return credential.issue(
            self._issuer.key,
            self._delegation(number),
            serial=number,
            name=candidate.person.name,
            birth_date=days(born),
            programme=programme.title,
            jp=programme.jp,
            first_day=days(first),
            days=(last - first).days + 1,
            dated=days(self._occasion.dated),
            signed=days(self._occasion.signed),
            back=back,
            number=typed,
        )

    def _delegation(self, number: Serial) -> bytes:
        _, sequence = serial.split(number)
        return next(p.delegation for p in self._powers if p.lease.first <= sequence <= p.lease.last)

    def _drafts(
        self,
        number: Serial,
        candidate: Candidate,
        official: str,
        page: content.PageContent,
        replaces: Serial | None,
    ) -> list[Draft]:
        """The line in the register, and apart from it the personal content, which may be erased one day."""
        head = self._occasion.head
        register = (
            head.key.centre, head.key.code, candidate.person.id, official,
            self._occasion.signed, credential.digest(page.credential),
        )  # fmt: skip
        state = (CertificateState.ISSUED.value, None, replaces, self._occasion.signed)
        frozen = (page.credential, page.back, content.pack(page), page.template)
        return [
            Draft("certificate", (number,), {"register": register, "state": state}),
            Draft("certificate", (number,), {"content": frozen}),
        ]


def _sequence(floor: int, centre: CentreCode) -> int:
    """The anchor's highest serial as a sequence of this centre; 0 when it is of another."""
    return floor % serial.SEQUENCES if floor // serial.SEQUENCES == centre else 0


def _powers(session: Session, issuer: Issuer, signed: int) -> list[Power]:
    """The device's blocks whose delegation is for its present key and alive on the day."""
    public = keys.public(issuer.key)
    usable = []
    for power in certificates.powers(session, issuer.device):
        held = delegation.read(power.delegation).content
        if held.issuing_key == public and held.alive(signed):
            usable.append(power)
    if not usable:
        raise Refused("delegation-missing")
    return usable


def _clock_is_right(session: Session, issuer: Issuer) -> None:
    now = changes.writer(session).clock()
    if now < issuer.certified_at:
        raise Refused("clock-before-headquarters")
    if now < issuer.issued_at and not issuer.clock_confirmed:
        raise Refused("clock-behind")


def _stands(row: certificates.CertificateRow) -> None:
    if row.state is not CertificateState.ISSUED:
        raise Refused("certificate-not-standing", field="serial", serial=serial.format(row.serial))


def _occasion(session: Session, key: ClassKey, signed: date, dated: date) -> Occasion:
    head = classes.head(session, key)
    if head.first_day is None or head.last_day is None:
        raise Refused("period-invalid", field="last_day")
    programme = programmes.programme(session, head.programme, head.version)
    instructor = next((p.name for p in persons.listed(session) if p.id in head.instructors), None)
    host = trust_files.read(trust_rows.trust_file(session)).file.host
    design = programmes.template(session, head.programme, head.version)
    return Occasion(
        centres.one(session, key.centre),
        head,
        programme,
        design,
        templates.current(session, design),
        host,
        dated,
        signed,
        instructor,
        policies.flag(session, "sample"),
    )


def _candidates(
    session: Session, key: ClassKey, people: Sequence[ParticipantId] | None
) -> tuple[list[Candidate], dict[ParticipantId, str]]:
    """Who gets one now, by name; and who was left out, with the reason's code."""
    done = certificates.certified(session, key)
    found: list[Candidate] = []
    left_out: dict[ParticipantId, str] = {}
    for line in completion.standings(session, key):
        who = line.person.participant
        if people is not None and who not in people:
            continue
        if line.decision is None or line.decision.outcome is not Outcome.PASSED:
            left_out[who] = "not-decided-passed"
        elif who in done:
            left_out[who] = "already-certified"
        elif (person := participants.one(session, who)).birth_date is None:
            left_out[who] = "birth-date-missing"
        else:
            found.append(Candidate(person, line.standing, line.judgement.average, line.judgement.grade))
    return pages.in_order(found), left_out


def _candidate(session: Session, key: ClassKey, participant: ParticipantId) -> Candidate:
    for line in completion.standings(session, key):
        if line.person.participant == participant:
            person = participants.one(session, participant)
            if person.birth_date is None:
                raise Refused("birth-date-missing", field="birth_date")
            return Candidate(person, line.standing, line.judgement.average, line.judgement.grade)
    raise Refused("participant-not-enrolled", field="participant", code_of_class=key.code)
