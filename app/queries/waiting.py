"""What waits for somebody: absences at their limit, tests without a score, certificates to issue, reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from app.domain.attendance import SessionState, Status, allowance
from app.domain.completion import Outcome
from app.domain.ids import ModuleCode, ParticipantId
from app.domain.programme import Programme
from app.errors import NotFound
from app.queries import attendance, certificates, classes, completion, reviews, today
from app.queries.attendance import AttendanceMatrix
from app.queries.classes import ClassRow
from app.queries.results import ResultGrid, grid
from app.queries.reviews import Review

_AFTER = timedelta(days=120)  # so long after its end a class may still want something


class Wait(StrEnum):
    """The kinds of thing that wait."""

    ABSENCE = "absence"
    TESTS = "tests"
    CERTIFICATES = "certificates"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing: how many people or rows it is about, and where.

    `participant` and `name` are of the first person, `absences` what they have missed so far; `module` and
    `code` the (number, title) and the code of the first module tested, `modules` how many there are. `head`
    is None for reviews.
    """

    kind: Wait
    n: int
    head: ClassRow | None = None
    participant: ParticipantId | None = None
    name: str = ""
    absences: int = 0
    module: tuple[int, str] | None = None
    code: str = ""
    modules: int = 0
    review: Review | None = None


def listed(session: Session, centre: int, day: date, person: bytes | None = None) -> list[Waiting]:
    """Everything that waits, the most pressing first: absences, tests, certificates, reviews."""
    return _sorted([*of_classes(session, centre, day, person), *of_reviews(session)])


def of_classes(session: Session, centre: int, day: date, person: bytes | None = None) -> list[Waiting]:
    """What waits in classes alone."""
    found: list[Waiting] = []
    heads = [head for head in today.taught_by(classes.listed(session, centre), person) if _of_now(head, day)]
    certified = certificates.certified_in(session, [head.key for head in heads])
    for head in heads:
        found += _of_class(session, head, certified[head.key])
    return _sorted(found)


def of_reviews(session: Session) -> list[Waiting]:
    """The open reviews, as one thing that waits or none."""
    found = reviews.listed(session)
    return [Waiting(Wait.REVIEW, len(found), name=found[0].subject, review=found[0])] if found else []


def _sorted(found: Sequence[Waiting]) -> list[Waiting]:
    order = list(Wait)
    return sorted(found, key=lambda waiting: order.index(waiting.kind))


def _of_now(head: ClassRow, day: date) -> bool:
    begun = head.first_day is None or head.first_day <= day
    return begun and head.held > 0 and (head.last_day is None or day <= head.last_day + _AFTER)


def _of_class(session: Session, head: ClassRow, certified: Set[ParticipantId]) -> Iterator[Waiting]:
    try:
        results = grid(session, head.key)
    except NotFound:  # without its programme nobody can say what is missing
        return
    marks = attendance.matrix(session, head.key)
    yield from _absences(head, marks, results.programme)
    yield from _tests(head, marks, results)
    passed = {
        who for who, row in completion.decisions(session, head.key).items() if row.outcome is Outcome.PASSED
    }
    ready = len(passed - certified)
    if ready:
        yield Waiting(Wait.CERTIFICATES, ready, head)


def _absences(head: ClassRow, marks: AttendanceMatrix, programme: Programme) -> Iterator[Waiting]:
    """Who must not miss any of the sessions that are still to come."""
    at_limit = []
    for person in marks.people:
        counted = marks.tally(person.participant, programme.rule.policy)
        may = allowance(counted, programme.rule.min_attendance)
        if may.possible and not may.may_miss and not may.secured and counted.absent:
            at_limit.append((person, counted.absent))
    if at_limit:
        person, absent = at_limit[0]
        yield Waiting(Wait.ABSENCE, len(at_limit), head, person.participant, person.name, absent)


def _tests(head: ClassRow, marks: AttendanceMatrix, results: ResultGrid) -> Iterator[Waiting]:
    """Post-tests without a score in modules whose sessions are all over, people counted once a module."""
    if not results.programme.rule.needs_post:
        return
    here = [person for person in results.people if _ever_there(marks, person.participant)]
    lacking = [
        (module, person)
        for module in results.programme.modules
        if module.required and _taught(marks, module.code)
        for person in here
        if _untested(results, person.participant, module.code)
    ]
    if lacking:
        module, first = lacking[0]
        yield Waiting(
            Wait.TESTS,
            len(lacking),
            head,
            first.participant,
            first.name,
            module=(module.order, module.title),
            code=module.code,
            modules=len({module.code for module, _ in lacking}),
        )


def _taught(marks: AttendanceMatrix, module: ModuleCode) -> bool:
    """Whether the module had sessions, and none is still to come."""
    planned = [s for s in marks.sessions if s.module == module and s.state is not SessionState.NOT_HELD]
    return bool(planned) and all(s.state is SessionState.HELD for s in planned)


def _untested(results: ResultGrid, participant: ParticipantId, module: ModuleCode) -> bool:
    cell = results.cells.get(participant, {}).get(module)
    return cell is None or (cell.result.post is None and not cell.result.finished)


def _ever_there(marks: AttendanceMatrix, participant: ParticipantId) -> bool:
    """Whether somebody has come at all; who never did owes no test."""
    there = marks.marks.get(participant, {})
    return any(entry.status in (Status.PRESENT, Status.LATE) for entry in there.values())
