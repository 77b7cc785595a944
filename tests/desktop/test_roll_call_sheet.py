"""The sheet in memory: marks, their way back, and what stands on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import Allowance, SessionState, Status
from app.domain.enrolment import EnrolmentState
from app.domain.ids import ParticipantId, SessionNumber
from app.domain.marks import MarkEntry
from app.queries.attendance import RollCall, RollCallLine
from app.queries.classes import SessionRow
from app.queries.rosters import EnrolmentRow
from ui.desktop.pages.roll_call_sheet import Line, Sheet

H, A, T = MarkEntry(Status.PRESENT), MarkEntry(Status.ABSENT), MarkEntry(Status.LATE, 800)
SESSION = SessionRow(
    SessionNumber(6), date(2026, 11, 24), 780, 960, 4, SessionState.PLANNED, None, None, None, None
)
NAMES = ("Abdul Rahman Husen", "Dewi Lestari", "Ratna Dewi Kusuma", "Kartini")
WHO = [ParticipantId(bytes([n]) * 16) for n in range(len(NAMES))]


def _sheet(
    stored: Sequence[MarkEntry | None] = (None,) * 4, places: Sequence[int | None] = (1, 2, 3, 4)
) -> Sheet:
    lines = tuple(
        RollCallLine(
            EnrolmentRow(
                who, place, name, f"............90{n:02}", None, None, None, None, None,
                EnrolmentState.ENROLLED, None,
            ),
            mark, None, (), Allowance(True, 2, False), (),
        )
        for n, (who, name, mark, place) in enumerate(zip(WHO, NAMES, stored, places, strict=True))
    )  # fmt: skip
    return Sheet(RollCall(SESSION, lines))


def _now(sheet: Sheet) -> list[MarkEntry | None]:
    return [line.now for line in sheet.lines]


def _line(sheet: Sheet, at: int) -> Line:
    return sheet.lines[at]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(list(Status)), st.booleans()), max_size=30))
def test_every_step_can_be_taken_back_and_done_again(steps: list[tuple[int, Status, bool]]) -> None:
    sheet = _sheet((None, H, None, T))
    states = [_now(sheet)]
    for at, status, everybody in steps:
        people = [line.participant for line in sheet.unmarked()] if everybody else [WHO[at]]
        if sheet.mark(people, status, None):
            states.append(_now(sheet))
    assert sheet.depth == len(states) - 1
    for state in reversed(states[:-1]):
        assert sheet.undo() and _now(sheet) == state
    assert sheet.undo() == ()
    for state in states[1:]:
        assert sheet.redo() and _now(sheet) == state
    assert sheet.redo() == ()


def test_the_same_status_again_keeps_time_and_remark_and_is_no_step() -> None:
    sheet = _sheet()
    sheet.mark([WHO[0]], Status.LATE, 800)
    sheet.remark(WHO[0], "  hujan   deras ", 801)
    assert sheet.mark([WHO[0]], Status.LATE, 900) == ()
    assert _line(sheet, 0).now == MarkEntry(Status.LATE, 801, "hujan deras") and sheet.depth == 2


def test_another_status_takes_the_remark_of_the_old_one_away() -> None:
    sheet = _sheet((MarkEntry(Status.SICK, None, "surat dokter"), None, None, None))
    sheet.mark([WHO[0]], Status.PRESENT, None)
    line = _line(sheet, 0)
    assert line.draft == MarkEntry(Status.PRESENT, None, "") and line.remark == "" and line.corrected


def test_going_back_to_what_is_on_record_is_no_change_at_all() -> None:
    sheet = _sheet((H, None, None, None))
    sheet.mark([WHO[0]], Status.ABSENT, None)
    assert sheet.corrected() == [_line(sheet, 0)]
    sheet.mark([WHO[0]], Status.PRESENT, None)
    assert sheet.drafts() == {} and sheet.corrected() == []


def test_a_remark_alone_corrects_no_fact() -> None:
    sheet = _sheet((H, None, None, None))
    sheet.remark(WHO[0], "pulang awal", None)
    assert sheet.drafts() == {WHO[0]: MarkEntry(Status.PRESENT, None, "pulang awal")}
    assert sheet.corrected() == [] and _line(sheet, 0).remark == "pulang awal"
    assert sheet.remark(WHO[1], "belum ditandai", None) == ()


def test_numbers_are_those_of_the_paper_and_names_are_found_by_any_of_their_words() -> None:
    sheet = _sheet(places=(1, 2, 5, None))
    assert [line.number for line in sheet.lines] == [1, 2, 5, 4]
    found = sheet.numbered(5)
    assert found is not None and found.name == "Ratna Dewi Kusuma" and sheet.numbered(3) is None
    assert [line.name for line in sheet.found("dewi")] == ["Dewi Lestari", "Ratna Dewi Kusuma"]
    assert [line.name for line in sheet.found("KUS dewi")] == ["Ratna Dewi Kusuma"]
    assert (
        [line.name for line in sheet.found("9003")] == [line.name for line in sheet.found("4")] == ["Kartini"]
    )
    assert sheet.found("") == sheet.found("tidak ada") == []


@pytest.mark.parametrize(("by", "at"), [(1, 2), (-1, 0), (9, 3), (-9, 0)])
def test_one_goes_up_and_down_and_stops_at_the_ends(by: int, at: int) -> None:
    sheet = _sheet()
    assert sheet.beside(WHO[1], by) == _line(sheet, at)


def test_another_reading_keeps_the_way_back_and_what_was_not_saved_yet() -> None:
    old, new = _sheet(), _sheet((None, None, A, None))
    old.mark([WHO[0]], Status.PRESENT, None)
    old.mark([WHO[1]], Status.SICK, None)
    new.take_over(old, [WHO[1]])
    assert _now(new) == [None, MarkEntry(Status.SICK), A, None]
    assert [edit.participant for edit in new.undo()] == [WHO[1]] and _now(new)[1] is None
