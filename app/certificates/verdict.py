"""What a verifier says: which checks passed or failed, what is signed, and what on the paper is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.certificates import days
from app.certificates.backpage import Module
from app.certificates.credential import Certified
from app.domain import serial
from app.domain.ids import Serial


class Step(StrEnum):
    """The checks, in the order in which they are made."""

    DECODE = "decode"
    AUTHORITY = "authority"
    DELEGATION = "delegation"
    SIGNATURE = "signature"
    SERIAL = "serial"
    DAY = "day"
    STATUS = "status"
    BACK = "back"
    REGISTER = "register"


class Outcome(StrEnum):
    """How a check ended. Skipped = could not be made here; it never counts as passed."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Check:
    """One check; `code` names the failure, `facts` what a person may want to see beside it."""

    step: Step
    outcome: Outcome
    code: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A trust file or status list that was used: its counter and its days since 1970-01-01."""

    counter: tuple[int, ...]
    dated: int
    next_update: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole answer. `certified` and `modules` are there only if their signature or digest held.

    `warnings` and `not_signed` are codes for sentences. There is no "valid": a genuine certificate
    must still be matched with the holder's KTP.
    """

    checks: tuple[Check, ...]
    certified: Certified | None
    modules: tuple[Module, ...] | None
    warnings: tuple[str, ...]
    not_signed: tuple[str, ...]
    trust: Source
    status: Source | None
    host: str | None = None

    @property
    def failed(self) -> Check | None:
        """The check that refused it, None if none did."""
        return next((c for c in self.checks if c.outcome is Outcome.FAILED), None)

    @property
    def genuine(self) -> bool:
        """Whether every check that could be made passed."""
        return self.failed is None

    @property
    def code(self) -> str:
        """The headline's code: why it is refused, or what to do next."""
        failed = self.failed
        return (failed.code or "certificate-malformed") if failed else "certificate-genuine-match-ktp"

    def as_json(self) -> dict[str, object]:
        """The verdict as plain values: dates in ISO 8601, the serial as printed, scores in points."""
        failed = self.failed
        return {
            "verdict": "refused" if failed else "genuine",
            "code": self.code,
            "failed": failed.step.value if failed else None,
            "checks": [_check_json(c) for c in self.checks],
            "signed": _certified_json(self.certified) if self.certified else None,
            "modules": None if self.modules is None else [_module_json(m) for m in self.modules],
            "not_signed": list(self.not_signed),
            "warnings": list(self.warnings),
            "trust": _source_json(self.trust),
            "status": _source_json(self.status) if self.status else None,
            "host": self.host,
        }


def _check_json(check: Check) -> dict[str, object]:
    return {
        "check": check.step.value,
        "outcome": check.outcome.value,
        "code": check.code,
        "facts": {name: _plain(fact) for name, fact in check.facts.items()},
    }


def _certified_json(content: Certified) -> dict[str, object]:
    return {
        "serial": serial.format(Serial(content.serial)),
        "name": content.name,
        "birth_date": _iso(content.birth_date),
        "programme": content.programme,
        "jp": content.jp,
        "first_day": _iso(content.first_day),
        "last_day": _iso(content.last_day),
        "dated": _iso(content.dated),
        "signed_on": _iso(content.signed),
        "result": content.result.name,
        "number": content.number,
    }


def _module_json(module: Module) -> dict[str, object]:
    return {
        "code": module.code,
        "jp": module.jp,
        "score": None if module.score is None else module.score / 100,
        "result": module.outcome.name.lower(),
    }


def _source_json(source: Source) -> dict[str, object]:
    return {
        "counter": list(source.counter),
        "dated": _iso(source.dated),
        "next_update": _iso(source.next_update),
        "sha256": source.fingerprint,
    }


def _plain(fact: object) -> object:
    return fact.isoformat() if isinstance(fact, date) else fact


def _iso(day: int) -> str:
    return days.day(day).isoformat()
