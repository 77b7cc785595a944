"""Progress through modules: what a score is, what it gains, and how far a person has come."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import ModuleCode
from app.errors import Refused

FULL_SCORE = 10_000
"""100 in hundredths, the unit of every score that is stored: 85.5 is 8550."""

_SCORE = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]*))?")


class ModuleState(StrEnum):
    """Belum mulai, sedang berjalan, selesai, or passed by recognition of prior learning."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    RECOGNISED = "recognised"


@dataclass(frozen=True, slots=True)
class Result:
    """What one person has in one module; scores in hundredths, None where there is none yet."""

    module: ModuleCode
    state: ModuleState
    pre: int | None = None
    post: int | None = None

    @property
    def finished(self) -> bool:
        """Done or recognised."""
        return self.state in (ModuleState.DONE, ModuleState.RECOGNISED)


def score(text: str, field: str = "score") -> int:
    """A typed score in hundredths: 0 to 100, at most two decimals after a comma or a point.

    Raises Refused: "score-invalid" (no number), "score-decimals" (more than two), "score-range" (above 100,
    with the score probably meant in `guess`, as text: 870 was 87).
    """
    typed = text.strip()
    found = _SCORE.fullmatch(typed)
    if not found:
        raise Refused("score-invalid", field=field, typed=typed)
    whole, decimals = found[1], found[2] or ""
    if len(decimals) > 2:
        raise Refused("score-decimals", field=field, typed=typed)
    hundredths = int(whole) * 100 + int(decimals.ljust(2, "0"))
    return checked_score(hundredths, field)


def checked_score(hundredths: int, field: str = "score") -> int:
    """The same score, or Refused("score-range") when it isn't 0 to 100."""
    if not 0 <= hundredths <= FULL_SCORE:
        raise Refused("score-range", field=field, typed=score_text(hundredths), guess=_guess(hundredths))
    return hundredths


def score_text(hundredths: int, mark: str = ",") -> str:
    """The score as people write it, without idle zeros: 8550 is "85,5"; `mark` is the decimal mark."""
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    decimals = f"{rest:02}".rstrip("0")
    return f"{sign}{whole}{mark}{decimals}" if decimals else f"{sign}{whole}"


def gain(result: Result) -> int | None:
    """Post-test minus pre-test in hundredths, possibly negative; None unless both are there."""
    if result.pre is None or result.post is None:
        return None
    return result.post - result.pre


def average(scores: Iterable[int | None]) -> int | None:
    """The plain mean of the scores that are there, in hundredths, half a hundredth rounded up."""
    known = [s for s in scores if s is not None]
    if not known:
        return None
    return (2 * sum(known) + len(known)) // (2 * len(known))


def _guess(hundredths: int) -> str:
    """What was probably meant by a score too large: a key too many, or the decimal mark left out."""
    for shift in (10, 100):
        if FULL_SCORE < hundredths <= FULL_SCORE * shift and hundredths % shift == 0:
            return score_text(hundredths // shift)
    return ""
