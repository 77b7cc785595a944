"""What reports of a class are made from, read and reckoned: app/reports draws it without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from app.domain import attendance as reckoning
from app.domain.attendance import SessionState, Status
from app.domain.calendar import Language
from app.domain.cards import card_text
from app.domain.certificates import CertificateState
from app.domain.keys import ClassKey
from app.domain.places import town
from app.domain.progress import ModuleState
from app.domain.roles import Role
from app.errors import NotFound
from app.queries import (
    attendance,
    centres,
    certificates,
    classes,
    completion,
    persons,
    programmes,
    results,
    rosters,
)
from app.queries.centres import CentreRow
from app.queries.classes import ClassRow
from app.queries.completion import CompletionLine
from app.queries.rosters import EnrolmentRow
from app.reports import rows, words
from app.reports.output import Data
from app.reports.rows import Cells, Signatory

LINES_OF_LETTERHEAD = 4
Period = tuple[date, date]
"""The first and the last day of what a report tells of."""

_SIGNING_INSTRUCTORS = 2


def of(
    session: Session,
    key: ClassKey,
    wanted: type[Data],
    printed_on: date,
    language: Language = "id",
    cells: Cells = Cells.MARKS,
    period: Period | None = None,
) -> Data:
    """The data of a report, as `reports.output.check` says which; NotFound("class-unknown").

    `period` concerns attendance alone.
    """
    if wanted is rows.Attendance:
        return attendance_of(session, key, printed_on, language, cells, period)
    if wanted is rows.CardSet:
        return cards_of(session, key, printed_on, language)
    if wanted is rows.Scores:
        return scores_of(session, key, printed_on, language)
    return completion_of(session, key, printed_on, language)


def attendance_of(
    session: Session,
    key: ClassKey,
    printed_on: date,
    language: Language = "id",
    cells: Cells = Cells.MARKS,
    period: Period | None = None,
) -> rows.Attendance:
    """Everybody enrolled, by every session that has a day, or one in the period (both days included)."""
    found, about = attendance.matrix(session, key), head(session, key, printed_on, language)
    if period is not None:
        first, last = period
        within = tuple(s for s in found.sessions if s.day is not None and first <= s.day <= last)
        found, about = replace(found, sessions=within), replace(about, first_day=first, last_day=last)
    policy = attendance.rule(session, key).policy
    sessions = [s for s in found.sessions if s.day is not None]
    lines = tuple(
        rows.AttendanceLine(
            number=_number(person, place),
            name=person.name,
            nik=person.nik,
            marks=tuple(_mark(found.status(person.participant, s.number), s.state) for s in sessions),
            tally=found.tally(person.participant, policy),
        )
        for place, person in enumerate(found.people, 1)
    )
    heads = tuple(
        rows.SessionHead(s.number, s.day, s.state is SessionState.NOT_HELD) for s in sessions if s.day
    )
    return rows.Attendance(about, heads, lines, cells)


def cards_of(session: Session, key: ClassKey, printed_on: date, language: Language = "id") -> rows.CardSet:
    """A card for everybody enrolled."""
    lines = tuple(
        rows.CardLine(_number(person, place), person.name, person.nik, card_text(person.participant))
        for place, person in enumerate(rosters.enrolled(session, key), 1)
    )
    return rows.CardSet(head(session, key, printed_on, language), lines)


def scores_of(session: Session, key: ClassKey, printed_on: date, language: Language = "id") -> rows.Scores:
    """Everybody enrolled, by every module of the programme."""
    grid = results.grid(session, key)
    programme = grid.programme
    averages = {
        line.person.participant: line.judgement.average for line in completion.standings(session, key)
    }
    lines = []
    for place, person in enumerate(grid.people, 1):
        cells = grid.cells.get(person.participant, {})
        scores = tuple(_score(cells.get(m.code)) for m in programme.modules)
        average = averages[person.participant]
        lines.append(rows.ScoreLine(_number(person, place), person.name, person.nik, scores, average))
    modules = tuple(rows.ModuleHead(m.code, m.title, m.jp, programme.pass_mark(m)) for m in programme.modules)
    pre_tests = programme.rule.needs_pre or any(s.pre is not None for line in lines for s in line.scores)
    return rows.Scores(head(session, key, printed_on, language), modules, tuple(lines), pre_tests)


def completion_of(
    session: Session, key: ClassKey, printed_on: date, language: Language = "id"
) -> rows.Completion:
    """Everybody enrolled, with what is missing, the decision, and the certificate that stands."""
    numbers = {
        row.participant: row.official_number
        for row in certificates.register(session, key)
        if row.state is CertificateState.ISSUED
    }
    lines = tuple(
        _completion(line, place, numbers.get(line.person.participant, ""))
        for place, line in enumerate(completion.standings(session, key), 1)
    )
    return rows.Completion(head(session, key, printed_on, language), lines)


def head(session: Session, key: ClassKey, printed_on: date, language: Language = "id") -> rows.ClassHead:
    """What stands above and below: the centre's letterhead, the class, who signs."""
    row = classes.head(session, key)
    centre = _centre(session, key)
    first = row.first_day or printed_on
    return rows.ClassHead(
        letterhead=() if centre is None else (centre.letterhead or (centre.full_name,))[:LINES_OF_LETTERHEAD],
        centre=str(key.centre) if centre is None else centre.full_name,
        programme=programmes.programme(session, row.programme, row.version).title,
        class_code=key.code,
        class_title=row.title,
        intake=row.intake,
        first_day=first,
        last_day=row.last_day or first,
        room=row.room,
        place="" if centre is None else town(centre.city),
        printed_on=printed_on,
        signatories=_signatories(session, row, language),
        language=language,
    )


def _centre(session: Session, key: ClassKey) -> CentreRow | None:
    """The centre, None as long as headquarters has not described it: a sheet for tomorrow can't wait."""
    try:
        return centres.one(session, key.centre)
    except NotFound:
        return None


def _signatories(session: Session, row: ClassRow, language: Language) -> tuple[Signatory, ...]:
    people = persons.listed(session)
    teaching = [p.name for p in people if p.id in row.instructors][:_SIGNING_INSTRUCTORS]
    leading = [p.name for p in people if p.active and p.role == Role.COORDINATOR][:1]
    made = [Signatory(words.word("report-instructor", language), name) for name in teaching or [""]]
    return (*made, *(Signatory(words.word("report-coordinator", language), name) for name in leading))


def _number(person: EnrolmentRow, place: int) -> int:
    return place if person.place is None else person.place


def _mark(status: Status | None, state: SessionState) -> Status | None:
    """A session that did not happen shows no marks, though some may be on record."""
    return None if state is SessionState.NOT_HELD else status


def _score(cell: results.ResultCell | None) -> rows.ModuleScore:
    if cell is None:
        return rows.ModuleScore(ModuleState.NOT_STARTED)
    return rows.ModuleScore(cell.result.state, cell.result.pre, cell.result.post)


def _completion(line: CompletionLine, place: int, number: str) -> rows.CompletionLine:
    rate, decision = line.standing.tally.rate, line.decision
    return rows.CompletionLine(
        number=_number(line.person, place),
        name=line.person.name,
        nik=line.person.nik,
        attendance=None if rate is None else reckoning.percent(rate),
        average=line.judgement.average,
        outcome=None if decision is None else decision.outcome,
        grade=line.judgement.grade,
        missing=line.judgement.missing,
        reason="" if decision is None else decision.reason or "",
        certificate_number=number,
    )
