"""The back page: modules with code, JP, score and result, bound to the front by its digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from app.certificates.spelling import Spelling

SALT = 16
DIGEST = 16
MODULES_MAX = 100
SCORE_MAX = 10_000
JP_MAX = 9_999
_SPELLING = Spelling("certificate-malformed", 1_600)
_BUILDING = Spelling("certificate-back-invalid", 1_600)


class ModuleOutcome(IntEnum):
    """How a module ended; the number is what stands in the bytes."""

    NOT_PASSED = 0
    PASSED = 1
    RECOGNISED = 2
    NOT_ASSESSED = 3


@dataclass(frozen=True, slots=True)
class Module:
    """One line of the back page: `score` in hundredths (85.5 is 8550) or None, `jp` hours of lesson."""

    code: str
    jp: int
    score: int | None
    outcome: ModuleOutcome


@dataclass(frozen=True, slots=True)
class BackPage:
    """What a back page says, and the digest under which the front names it."""

    salt: bytes
    modules: tuple[Module, ...]
    digest: bytes


def digest(back: bytes) -> bytes:
    """What stands on the front for this back page: the first 16 bytes of its SHA-256."""
    return sha256(back).digest()[:DIGEST]


def build(salt: bytes, modules: Sequence[Module]) -> bytes:
    """The bytes of a back page; raises Refused("certificate-back-invalid") for values outside the format.

    `salt` is 16 random bytes, made once at issue and kept with it: without it the digest would tell
    the scores to anyone who can guess them.
    """
    lines = [[m.code, m.jp, m.score, int(m.outcome)] for m in modules]
    raw = _BUILDING.encode([salt, lines])
    _content(raw, _BUILDING)
    return raw


def read(raw: bytes) -> BackPage:
    """The back page these bytes spell; raises Refused("certificate-malformed")."""
    return _content(raw, _SPELLING)


def _content(raw: bytes, spelling: Spelling) -> BackPage:
    salt, lines = spelling.array(spelling.decode(raw), 2)
    modules = tuple(_module(line, spelling) for line in spelling.array(lines, 1, MODULES_MAX))
    return BackPage(spelling.raw(salt, SALT), modules, digest(raw))


def _module(line: object, spelling: Spelling) -> Module:
    code, jp, score, outcome = spelling.array(line, 4)
    return Module(
        spelling.text(code, 40),
        spelling.integer(jp, 0, JP_MAX),
        None if score is None else spelling.integer(score, 0, SCORE_MAX),
        ModuleOutcome(spelling.integer(outcome, 0, max(ModuleOutcome))),
    )
