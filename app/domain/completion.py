"""Completion: what a person still lacks, whether it can still come, and the decision LULUS or BELUM LULUS.

This is training. Competence is assessed and certified by somebody else; the word has no place here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain import attendance, progress
from app.domain.attendance import Tally
from app.domain.ids import ModuleCode
from app.domain.programme import Module, Programme
from app.domain.progress import ModuleState, Result
from app.errors import Refused


class Outcome(StrEnum):
    """What is decided and printed."""

    PASSED = "LULUS"
    NOT_PASSED = "BELUM LULUS"


class Lack(StrEnum):
    """The kinds of thing that can be missing; what `has` and `needs` mean stands beside each."""

    SESSION_UNMARKED = "session-unmarked"  # has: sessions held without a mark
    ATTENDANCE_NONE = "attendance-none"  # no session counts: none planned, or all ignored
    ATTENDANCE_BELOW = "attendance-below"  # has, needs: hundredths of a percent
    ATTENDANCE_OPEN = "attendance-open"  # has: open sessions; needs: how many of them to attend
    MODULE_MISSING = "module-missing"  # not begun
    MODULE_UNFINISHED = "module-unfinished"
    PRE_MISSING = "pre-missing"
    POST_MISSING = "post-missing"
    BELOW_PASS = "below-pass"  # has, needs: hundredths


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing. `final`: it can't come any more in this class."""

    code: Lack
    module: ModuleCode | None = None
    title: str = ""
    has: int | None = None
    needs: int | None = None
    final: bool = False

    def facts(self, mark: str = ",") -> dict[str, str]:
        """What fills the placeholders of its sentence, `mark` being the decimal mark."""
        hundredths = self.code in (Lack.ATTENDANCE_BELOW, Lack.BELOW_PASS)
        values = {"has": self.has, "needs": self.needs}
        written = {
            name: progress.score_text(value, mark) if hundredths else str(value)
            for name, value in values.items()
            if value is not None
        }
        return {"module": self.title, **written}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision needs to know of one person: attendance counted, results by module."""

    tally: Tally
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rule says; people decide. `average` in hundredths, `grade` only where nothing is missing."""

    outcome: Outcome
    missing: tuple[Missing, ...]
    still_possible: bool
    average: int | None
    grade: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided; an `override` goes against the rule and says why."""

    outcome: Outcome
    override: bool
    reason: str


def missing(standing: Standing, programme: Programme) -> tuple[Missing, ...]:
    """Everything that stands between this person and LULUS, attendance first, modules in their order."""
    results = {r.module: r for r in standing.results}
    lacks = list(_attendance(standing.tally, programme.rule.min_attendance))
    for module in programme.modules:
        if module.required:
            lacks += _module(module, results.get(module.code), programme)
    return tuple(lacks)


def still_possible(lacks: tuple[Missing, ...]) -> bool:
    """Whether this class can still bring what is missing. Tests can be taken again, sessions can't."""
    return not any(lack.final for lack in lacks)


def average(standing: Standing, programme: Programme) -> int | None:
    """The plain mean (hundredths) of the post-tests of the programme's modules, each counting alike."""
    results = {r.module: r.post for r in standing.results}
    return progress.average(results.get(m.code) for m in programme.modules)


def judge(standing: Standing, programme: Programme) -> Judgement:
    """What the programme's rule makes of this standing."""
    lacks = missing(standing, programme)
    mean = average(standing, programme)
    graded = mean is not None and not lacks
    return Judgement(
        outcome=Outcome.NOT_PASSED if lacks else Outcome.PASSED,
        missing=lacks,
        still_possible=still_possible(lacks),
        average=mean,
        grade=programme.rule.grade(mean) if graded and mean is not None else None,
    )


def decide(judgement: Judgement, outcome: Outcome, reason: str = "") -> Decision:
    """The decision somebody takes. Against the rule, either way, it needs a reason:
    Refused("decision-reason-missing") otherwise."""
    override = outcome is not judgement.outcome
    said = " ".join(reason.split())
    if override and not said:
        raise Refused("decision-reason-missing", field="reason")
    return Decision(outcome, override, said)


def _attendance(tally: Tally, minimum: int) -> Iterator[Missing]:
    if tally.unmarked:
        yield Missing(Lack.SESSION_UNMARKED, has=tally.unmarked)
    allowed = attendance.allowance(tally, minimum)
    rate = tally.rate
    if allowed.secured:
        return
    if rate is None and not tally.open:
        yield Missing(Lack.ATTENDANCE_NONE, final=not allowed.possible)
    elif rate is not None and (not allowed.possible or rate * attendance.WHOLE < minimum):
        has = attendance.percent(rate)
        yield Missing(Lack.ATTENDANCE_BELOW, has=has, needs=minimum, final=not allowed.possible)
    else:
        yield Missing(Lack.ATTENDANCE_OPEN, has=tally.open, needs=tally.open - allowed.may_miss)


def _module(module: Module, result: Result | None, programme: Programme) -> Iterator[Missing]:
    """At most two lacks of one required module: its pre-test, and the next step towards finishing it."""
    rule = programme.rule
    if result is None or result.state is ModuleState.NOT_STARTED:
        yield Missing(Lack.MODULE_MISSING, module.code, module.title)
        return
    if result.state is ModuleState.RECOGNISED:
        return
    if rule.needs_pre and result.pre is None:
        yield Missing(Lack.PRE_MISSING, module.code, module.title)
    pass_mark = programme.pass_mark(module)
    if rule.needs_post and result.post is None:
        yield Missing(Lack.POST_MISSING, module.code, module.title)
    elif result.post is not None and result.post < pass_mark:
        yield Missing(Lack.BELOW_PASS, module.code, module.title, result.post, pass_mark)
    elif not result.finished:
        yield Missing(Lack.MODULE_UNFINISHED, module.code, module.title)
