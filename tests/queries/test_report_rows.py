"""Rows for reports: read from the tables, drawn without them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.actions import attendance, decisions, persons, results, sessions
from app.domain.attendance import Status
from app.domain.cards import card_holder
from app.domain.completion import Lack, Outcome
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.results import ResultEntry
from app.domain.roles import Role
from app.errors import NotFound
from app.queries import report_rows, rosters
from app.reports import output, rows
from tests.support.class_of import class_of, fresh_code
from tests.support.laptop import TODAY, Laptop


@pytest.fixture(scope="module")
def taught(pair: tuple[Laptop, Laptop]) -> tuple[Laptop, ClassKey]:
    """Three sessions, the last not held; the first person has all, the second was absent once."""
    laptop = pair[0]
    key, (one, two) = class_of(laptop, 2, 3, fresh_code())
    with laptop.write() as session:
        persons.add(session, name="Anwar Contoh", login="anwar", role=Role.COORDINATOR, pin="135791")
        for number, second in ((1, Status.PRESENT), (2, Status.ABSENT)):
            marks = {one: MarkEntry(Status.PRESENT), two: MarkEntry(second)}
            attendance.finalise(session, key, number, marks)
        sessions.did_not_happen(session, key, 3, "Listrik padam")
        scores = ((one, "KWU-01", 4_000, 8_000), (one, "KWU-02", None, 9_000))
        results.record_many(session, key, [ResultEntry(*score) for score in scores])
        decisions.decide(session, key, TODAY)
    return laptop, key


def test_attendance_has_a_line_for_each_person_and_a_head_for_each_session(
    taught: tuple[Laptop, ClassKey],
) -> None:
    laptop, key = taught
    with laptop.read() as session:
        found = report_rows.of(session, key, rows.Attendance, TODAY)
    assert isinstance(found, rows.Attendance)
    assert [(s.number, s.not_held) for s in found.sessions] == [(1, False), (2, False), (3, True)]
    assert [(line.number, line.name, line.marks) for line in found.lines] == [
        (1, "Orang 0", ("H", "H", None)), (2, "Orang 1", ("H", "A", None)),
    ]  # fmt: skip
    assert found.lines[0].nik == "•" * 12 + "9000"
    assert (found.head.programme, found.head.class_code, found.head.place) == (
        "Kewirausahaan",
        key.code,
        "Ternate",
    )
    assert [(s.role, s.name) for s in found.head.signatories] == [
        ("Instruktur", ""), ("Koordinator", "Anwar Contoh"),
    ]  # fmt: skip


def test_scores_stand_in_the_order_of_the_modules(taught: tuple[Laptop, ClassKey]) -> None:
    laptop, key = taught
    with laptop.read() as session:
        found = report_rows.scores_of(session, key, TODAY, "en")
    assert [(m.code, m.pass_mark) for m in found.modules] == [
        ("KWU-01", 7_000), ("KWU-02", 7_500), ("KWU-03", 7_000),
    ]  # fmt: skip
    assert [(s.pre, s.post) for s in found.lines[0].scores] == [(4_000, 8_000), (None, 9_000), (None, None)]
    assert (found.lines[0].average, found.lines[1].average, found.pre_tests) == (8_500, None, True)


def test_completion_says_who_passed_and_what_is_missing(taught: tuple[Laptop, ClassKey]) -> None:
    laptop, key = taught
    with laptop.read() as session:
        one, two = report_rows.completion_of(session, key, TODAY).lines
    assert (one.outcome, one.attendance, one.grade, one.missing) == (Outcome.PASSED, 10_000, "Memuaskan", ())
    assert (two.outcome, two.attendance) == (Outcome.NOT_PASSED, 5_000)
    assert {lack.code for lack in two.missing} == {Lack.ATTENDANCE_BELOW, Lack.MODULE_MISSING}


@pytest.mark.parametrize("name", sorted(output.NAMES))
def test_every_report_is_drawn_from_them(taught: tuple[Laptop, ClassKey], name: str, tmp_path: Path) -> None:
    laptop, key = taught
    path = tmp_path / "laporan.csv"
    with laptop.read() as session:
        data = report_rows.of(session, key, output.check(name, path), TODAY)
    output.write(name, data, path)
    assert "Orang 1" in path.read_text(encoding="utf-8-sig")


def test_a_class_that_is_not_there_is_said(laptop: Laptop) -> None:
    with laptop.read() as session, pytest.raises(NotFound):
        report_rows.of(session, ClassKey(laptop.centre, "NONE"), rows.Scores, TODAY)  # type: ignore[arg-type]


def test_a_period_narrows_attendance_to_its_sessions_and_counts_these_alone(
    taught: tuple[Laptop, ClassKey],
) -> None:
    laptop, key = taught
    second = TODAY + timedelta(days=1)
    with laptop.read() as session:
        found = report_rows.attendance_of(session, key, TODAY, period=(second, second))
    assert [s.number for s in found.sessions] == [2]
    assert [(line.tally.held, line.tally.present) for line in found.lines] == [(1, 1), (1, 0)]
    assert (found.head.first_day, found.head.last_day) == (second, second)


def test_a_card_tells_whose_it_is_to_a_reader_alone(taught: tuple[Laptop, ClassKey]) -> None:
    laptop, key = taught
    with laptop.read() as session:
        people = rosters.enrolled(session, key)
        found = report_rows.cards_of(session, key, TODAY)
    assert [card_holder(line.code) for line in found.lines] == [person.participant for person in people]
