"""Attendance: what a mark counts for, how a person stands, and how many sessions may still be missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

WHOLE = 10_000
"""100 % in hundredths of a percent, the unit of every rate that is stored."""


class Status(StrEnum):
    """A mark: hadir, terlambat, izin, sakit, alpa."""

    PRESENT = "H"
    LATE = "T"
    EXCUSED = "I"
    SICK = "S"
    ABSENT = "A"


class Counts(StrEnum):
    """What a mark is worth. An ignored session leaves the reckoning of that person altogether."""

    PRESENT = "present"
    ABSENT = "absent"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Policy:
    """How T, I and S count: data of the programme, set by headquarters. H is always present, A absent."""

    late: Counts = Counts.PRESENT
    excused: Counts = Counts.ABSENT
    sick: Counts = Counts.ABSENT

    def counts(self, status: Status) -> Counts:
        """What this mark counts as."""
        return {
            Status.PRESENT: Counts.PRESENT,
            Status.LATE: self.late,
            Status.EXCUSED: self.excused,
            Status.SICK: self.sick,
            Status.ABSENT: Counts.ABSENT,
        }[status]


@dataclass(frozen=True, slots=True)
class Tally:
    """One person's sessions, counted. `held` = present + absent + ignored + unmarked, at most `planned`.

    `planned` counts every session that was or will be held; one that did not happen is in neither.
    """

    planned: int
    held: int
    present: int
    absent: int
    ignored: int
    unmarked: int

    @property
    def rate(self) -> Fraction | None:
        """Present among present and absent so far; None before anything counts."""
        counted = self.present + self.absent
        return Fraction(self.present, counted) if counted else None

    @property
    def open(self) -> int:
        """Sessions whose mark is not known yet: still to come, or held and unmarked."""
        return self.planned - self.held + self.unmarked


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the open sessions may still bring. `may_miss` is 0 to `Tally.open`, 0 where not `possible`.

    `possible`: attending every open session reaches the minimum. `secured`: so does missing them all.
    """

    possible: bool
    may_miss: int
    secured: bool


def tally(marks: Iterable[Status | None], policy: Policy, planned: int) -> Tally:
    """Count the marks of the sessions held, None being one without a mark yet.

    `planned` is the number of all sessions that count, held ones included; never taken below them.
    """
    listed = list(marks)
    worth = [policy.counts(mark) for mark in listed if mark is not None]
    return Tally(
        planned=max(planned, len(listed)),
        held=len(listed),
        present=worth.count(Counts.PRESENT),
        absent=worth.count(Counts.ABSENT),
        ignored=worth.count(Counts.IGNORED),
        unmarked=len(listed) - len(worth),
    )


def allowance(counted: Tally, minimum: int) -> Allowance:
    """How many open sessions may be missed (as absent) with the final rate at `minimum` or above.

    `minimum` in hundredths of a percent. Where every session is ignored the final rate is undefined and
    reaches no minimum; where no session is planned at all, everything is still possible.
    """
    final = counted.present + counted.absent + counted.open
    if final == 0:
        return Allowance(possible=counted.planned == 0, may_miss=0, secured=False)
    needed = -(-minimum * final // WHOLE)  # sessions present at the end, rounded up
    spare = counted.present + counted.open - needed
    may_miss = max(0, min(spare, counted.open))
    return Allowance(possible=spare >= 0, may_miss=may_miss, secured=spare >= counted.open)


def percent(rate: Fraction) -> int:
    """The rate in hundredths of a percent, rounded down: 79.999 % must never read as 80 %."""
    return int(rate * WHOLE)


class SessionState(StrEnum):
    """Where a session stands. One that did not happen counts for nobody."""

    PLANNED = "planned"
    HELD = "held"
    NOT_HELD = "not-held"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session as one person meets it; `make_up_of` is the number of the session it stands in for."""

    number: int
    state: SessionState
    mark: Status | None = None
    make_up_of: int | None = None


def settle(sittings: Iterable[Sitting], policy: Policy) -> tuple[tuple[Status | None, ...], int]:
    """The marks that count, in order of number, and how many sessions are planned in all: what `tally` takes.

    A session and its make-ups count once: the best mark among those held stands, and while a make-up is
    still ahead of somebody not yet present, the session is open for that person.
    """
    listed = sorted(sittings, key=lambda s: s.number)
    parents = {s.number: s.make_up_of for s in listed if s.make_up_of is not None}
    families: dict[int, list[Sitting]] = {}
    for sitting in listed:
        families.setdefault(_original(sitting.number, parents), []).append(sitting)
    marks: list[Status | None] = []
    ahead = 0
    for family in families.values():
        held = [s.mark for s in family if s.state is SessionState.HELD]
        best = max(held, key=lambda mark: _worth(mark, policy), default=None)
        settled = best is not None and policy.counts(best) is Counts.PRESENT
        if not settled and any(s.state is SessionState.PLANNED for s in family):
            ahead += 1
        elif held:
            marks.append(best)
    return tuple(marks), len(marks) + ahead


def _original(number: int, parents: Mapping[int, int]) -> int:
    """The session at the root; on a ring, which merged data may hold, its smallest number."""
    path: list[int] = []
    while number in parents and number not in path:
        path.append(number)
        number = parents[number]
    return min(path[path.index(number) :]) if number in path else number


def _worth(mark: Status | None, policy: Policy) -> int:
    if mark is None:
        return 0
    return {Counts.ABSENT: 1, Counts.IGNORED: 2, Counts.PRESENT: 3}[policy.counts(mark)]
