"""Verifies a certificate from its bytes, with nothing but a trust file and perhaps a status list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from app.certificates import backpage, credential, days
from app.certificates.backpage import BackPage
from app.certificates.credential import Credential
from app.certificates.status import HeldStatus
from app.certificates.trust import HeldTrust
from app.certificates.verdict import Check, Outcome, Source, Step, Verdict
from app.errors import Refused

Register = Callable[[bytes], bool]
"""Asks headquarters' register whether it holds a certificate of this 12-byte hash."""

NOT_SIGNED = (
    "unsigned-birth-place",
    "unsigned-nik-digits",
    "unsigned-intake",
    "unsigned-grade",
    "unsigned-module-titles",
    "unsigned-attendance",
    "unsigned-signatories",
    "unsigned-letterhead",
)


@dataclass(frozen=True, slots=True)
class Question:
    """Everything a verdict depends on: the certificate, what came with it, what the verifier holds."""

    raw: bytes
    trust: HeldTrust
    today: date
    status: HeldStatus | None = None
    back: bytes | None = None
    register: Register | None = None
    host: str | None = None
    warnings: tuple[str, ...] = ()


def verify(question: Question) -> Verdict:
    """The verdict; never raises for anything that stands in the certificate or on the paper."""
    try:
        found = credential.read(question.raw)
    except Refused as fault:
        return _verdict(question, (Check(Step.DECODE, Outcome.FAILED, fault.code),), None, None)
    checks = [Check(Step.DECODE, Outcome.PASSED)]
    for check in _chain(question, found):
        checks.append(check)
        if check.outcome is Outcome.FAILED:
            break
    return _verdict(question, tuple(checks), found, _back(question))


def refused(question: Question, code: str) -> Verdict:
    """The verdict on something that is no certificate at all."""
    return _verdict(question, (Check(Step.DECODE, Outcome.FAILED, code),), None, None)


def _chain(question: Question, found: Credential) -> Iterator[Check]:
    yield _authority(question, found)
    authority = question.trust.file.authority(found.delegation.authority_kid)
    yield _held(
        Step.DELEGATION,
        authority is not None and found.delegation.verifies(authority.public_key),
        "certificate-delegation-forged",
    )
    yield _held(Step.SIGNATURE, found.verifies(), "certificate-signature-wrong")
    yield _serial(found)
    yield _day(found)
    yield _status(question, found)
    yield _back_check(question, found)
    if question.register is not None:
        yield _held(Step.REGISTER, question.register(found.digest), "certificate-not-registered")


def _held(step: Step, held: bool, code: str, **facts: object) -> Check:
    return Check(step, Outcome.PASSED, None, facts) if held else Check(step, Outcome.FAILED, code, facts)


def _authority(question: Question, found: Credential) -> Check:
    authority = question.trust.file.authority(found.delegation.authority_kid)
    if authority is None:
        return Check(Step.AUTHORITY, Outcome.FAILED, "certificate-authority-unknown")
    if not authority.first_day <= found.content.signed <= authority.last_day:
        return Check(Step.AUTHORITY, Outcome.FAILED, "certificate-authority-not-alive")
    genuine = authority.genuine is None or found.delegation.digest in authority.genuine
    held = found.delegation.content
    return _held(
        Step.AUTHORITY,
        genuine,
        "certificate-authority-compromised",
        authority=authority.name,
        centre=held.centre,
        device=held.device,
    )


def _serial(found: Credential) -> Check:
    held = found.delegation.content
    return _held(
        Step.SERIAL,
        held.covers(found.content.serial),
        "certificate-serial-outside",
        centre=held.centre,
        first=held.first,
        last=held.last,
    )


def _day(found: Credential) -> Check:
    held = found.delegation.content
    return _held(
        Step.DAY,
        held.alive(found.content.signed),
        "certificate-day-outside",
        not_before=days.day(held.not_before),
        expires=days.day(held.expires),
    )


def _status(question: Question, found: Credential) -> Check:
    if question.status is None:
        return Check(Step.STATUS, Outcome.SKIPPED)
    content = question.status.list
    facts = {"dated": days.day(content.dated)}
    reason = content.revoked(found.content.serial, found.digest)
    if reason is not None:
        return Check(Step.STATUS, Outcome.FAILED, f"certificate-revoked-{reason}", facts)
    disowned = content.disowned(found.delegation.digest, found.digest)
    return _held(Step.STATUS, not disowned, "certificate-delegation-compromised", **facts)


def _back(question: Question) -> BackPage | None:
    """The back page that came with it, None if none did or if it is damaged."""
    try:
        return None if question.back is None else backpage.read(question.back)
    except Refused:
        return None


def _back_check(question: Question, found: Credential) -> Check:
    if question.back is None:
        return Check(Step.BACK, Outcome.SKIPPED)
    back = _back(question)
    matches = back is not None and back.digest == found.content.back
    return _held(Step.BACK, matches, "certificate-back-mismatch", modules=len(back.modules) if back else 0)


def _warnings(question: Question, found: Credential | None) -> Iterator[str]:
    today = days.number(question.today)
    trust = question.trust.file
    yield from question.warnings
    if today > trust.next_update:
        yield "trust-stale"
    if question.status is None:
        yield "status-missing"
    else:
        content = question.status.list
        if content.epoch < trust.epoch:
            yield "status-superseded"
        if content.dated > today:
            yield "status-ahead"
        if today > content.next_update:
            yield "status-stale"
    if found is not None and found.content.signed > today:
        yield "signed-ahead"
    if question.host is not None and question.host != trust.host:
        yield "qr-host-strange"


def _verdict(
    question: Question, checks: tuple[Check, ...], found: Credential | None, back: BackPage | None
) -> Verdict:
    passed = {c.step for c in checks if c.outcome is Outcome.PASSED}
    signed = found if found is not None and Step.SIGNATURE in passed else None
    unsigned = ("unsigned-number", *NOT_SIGNED) if signed and signed.content.number is None else NOT_SIGNED
    trust, status = question.trust, question.status
    return Verdict(
        checks=checks,
        certified=signed.content if signed else None,
        modules=back.modules if back and Step.BACK in passed else None,
        warnings=tuple(_warnings(question, signed)),
        not_signed=unsigned if signed else (),
        trust=Source((trust.file.counter,), trust.file.dated, trust.file.next_update, trust.fingerprint),
        status=Source(
            status.list.counter, status.list.dated, status.list.next_update, sha256(status.raw).hexdigest()
        )
        if status
        else None,
        host=question.host,
    )
