"""The recap of a class's attendance in the window: letters, rates by the rule, and the way into a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions import attendance, classes, enrolments, sessions
from app.domain.attendance import Status
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.timetable import SessionPlan
from tests.desktop.class_window import (
    Gone,
    button,
    gone_to,
    seen,
    window_on,
)  # fmt: skip
from tests.desktop.hands import Hands
from tests.desktop.teaching import DAY, TODAY, Taught, lay
from ui.desktop.pages.class_attendance import ClassAttendancePage
from ui.desktop.pages.roll_call import RollCallPage
from ui.desktop.theme import Theme
from ui.desktop.tokens import Hue
from ui.desktop.widgets.frozen import FrozenGrid
from ui.desktop.widgets.markcells import Score
from ui.desktop.window import Window


@pytest.fixture
def taught(tmp_path: Path) -> Taught:
    return lay(tmp_path)


@pytest.fixture
def window(taught: Taught, look: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    yield from window_on(taught, look, tmp_path, qtbot, "class_attendance", taught.key)


@pytest.fixture
def page(window: Window) -> ClassAttendancePage:
    assert isinstance(window.page, ClassAttendancePage)
    return window.page


@pytest.fixture
def gone(page: ClassAttendancePage, monkeypatch: pytest.MonkeyPatch) -> Gone:
    return gone_to(page.desk, monkeypatch)


def _line(page: ClassAttendancePage, at: int) -> list[str]:
    assert page.model is not None
    return [page.model.cell(at, column).words() for column in range(page.model.columnCount())]


def _another(taught: Taught, people: int, plans: int) -> ClassKey:
    with taught.opened.store.write(taught.me) as session:
        key = classes.create(
            session, code="PMD-02/2026", title="Pemasaran Digital", programme="KWU", version=1,
            first_day=TODAY, last_day=TODAY + DAY, instructors=(taught.me,),
        )  # fmt: skip
        classes.schedule(session, key, [SessionPlan(TODAY + n * DAY, 480, 660, 4) for n in range(plans)])
        enrolments.enrol(session, key, taught.people[:people])
    return key


def test_everybody_stands_in_every_session_with_rate_and_what_is_left(page: ClassAttendancePage) -> None:
    assert page.model is not None and page.model.rowCount() == 20 and page.model.columnCount() == 14
    assert _line(page, 0)[1:8] == ["Abdul Rahman Husen", "H", "H", "H", "H", "H", ""]
    assert _line(page, 0)[-2:] == ["100 %", "2 kali lagi"]
    assert _line(page, 18)[2:7] == ["H", "A", "H", "H", "A"]
    assert _line(page, 18)[-2:] == ["60 %", "Tidak boleh lagi"]


def test_only_exceptions_have_a_colour(page: ClassAttendancePage) -> None:
    assert page.model is not None
    cells = [page.model.cell(row, column) for row in range(20) for column in range(2, 12)]
    tinted = {cell.text: cell.hue for cell in cells if isinstance(cell, Score)}
    assert tinted == {"T": Hue.AMBER, "I": Hue.TEAL, "S": Hue.PLUM, "A": Hue.RED}


def test_the_rule_is_said_in_words(page: ClassAttendancePage) -> None:
    assert (
        "Kehadiran minimal 80 %. Dihitung hadir: terlambat. Dihitung tidak hadir: izin, sakit, alpa."
        in seen(page)
    )


def test_the_foot_counts_who_was_there(page: ClassAttendancePage) -> None:
    assert page.grid is not None
    assert page.grid.foot.accessibleDescription() == "20, 17, 19, 18, 19"


def test_one_begins_at_the_session_that_is_open_and_enter_opens_it(
    page: ClassAttendancePage, hands: Hands, window: Window
) -> None:
    assert page.grid is not None and page.grid.table.currentIndex().column() == 7
    hands.press("Enter")
    hands.settle()
    assert isinstance(window.page, RollCallPage) and window.page.roll.number == 6


def test_a_head_and_a_double_click_open_a_session_a_name_the_person(
    page: ClassAttendancePage, gone: Gone, taught: Taught
) -> None:
    assert page.grid is not None and page.model is not None
    table = page.grid.table
    heads = table.horizontalHeader()
    place = QPoint(heads.sectionViewportPosition(4) + 12, 20)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    for column in (2, 1):
        spot = table.visualRect(page.model.index(1, column)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert gone == [
        ("roll_call", (taught.key, 3)),
        ("roll_call", (taught.key, 1)),
        ("participant", (taught.people[1],)),
    ]


def test_what_is_written_elsewhere_shows_and_one_stays_where_one_was(
    page: ClassAttendancePage, hands: Hands, taught: Taught
) -> None:
    assert page.grid is not None
    page.grid.table.select(taught.people[3], 5)
    with taught.opened.store.write(taught.me) as session:
        there = dict.fromkeys(taught.people, MarkEntry(Status.PRESENT))
        attendance.finalise(session, taught.key, 6, {**there, taught.people[18]: MarkEntry(Status.ABSENT)})
        sessions.did_not_happen(session, taught.key, 7, "Banjir")
    grid = page.grid
    page.hear(frozenset({"mark", "session"}))
    hands.settle()
    assert page.grid is grid and page.grid.table.key() == taught.people[3]
    assert _line(page, 18)[7:9] == ["A", "–"] and _line(page, 18)[-2:] == ["50 %!", "Di bawah batas"]


def test_a_new_session_gets_its_column_where_its_day_is(
    page: ClassAttendancePage, hands: Hands, taught: Taught
) -> None:
    with taught.opened.store.write(taught.me) as session:
        sessions.make_up(session, taught.key, 1, SessionPlan(TODAY + DAY, 1_000, 1_100, 2))
    page.hear(frozenset({"session"}))
    hands.settle()
    assert page.model is not None
    assert [str(column.over) for column in page.model.columns[2:-2]] == [
        *map(str, range(1, 9)), "11", "9", "10",
    ]  # fmt: skip


def test_the_summary_is_printed_by_the_reports(page: ClassAttendancePage, gone: Gone, taught: Taught) -> None:
    page.print_button.click()
    assert gone == [("reports", (taught.key, "attendance-recap"))]


@pytest.mark.parametrize(
    ("people", "plans", "verb", "goes"),
    [(0, 2, "Buka peserta", "class_participants"), (2, 0, "Susun jadwal", "class_schedule")],
)
def test_an_empty_class_says_what_is_to_be_done_first(
    window: Window, hands: Hands, taught: Taught, monkeypatch: pytest.MonkeyPatch,
    people: int, plans: int, verb: str, goes: str,
) -> None:  # fmt: skip
    key = _another(taught, people, plans)
    window.go("class_attendance", key)
    hands.settle()
    page = window.page
    assert isinstance(page, ClassAttendancePage) and page.grid is None
    gone = gone_to(page.desk, monkeypatch)
    assert button(page, verb).hasFocus()
    hands.press("Enter")
    assert gone == [(goes, (key, "plan") if plans == 0 else (key,))]


def test_an_unknown_class_says_so(window: Window, hands: Hands, taught: Taught) -> None:
    window.go("class_attendance", ClassKey(taught.key.centre, "X"))  # type: ignore[arg-type]  # a code that is nowhere
    hands.settle()
    assert window.page is not None and any("Kelas X" in text for text in seen(window.page))


def test_names_stay_in_sight_while_many_sessions_scroll(
    window: Window, hands: Hands, taught: Taught, gone: Gone
) -> None:
    window.go("class_attendance", _another(taught, 3, 45))
    hands.settle()
    page = window.page
    assert isinstance(page, ClassAttendancePage) and page.grid is not None and page.model is not None
    table = page.grid.table
    assert isinstance(table, FrozenGrid)
    table.select(taught.people[0], 2)
    QApplication.processEvents()
    assert table.frozen == 0
    names = QRect(0, table.rowViewportPosition(1), table.columnWidth(0) + table.columnWidth(1) - 1, 24)
    before = table.viewport().grab(names).toImage()
    table.select(taught.people[0], page.model.columnCount() - 1)
    QApplication.processEvents()
    assert table.frozen == names.width() + 1
    assert table.viewport().grab(names).toImage() == before
    assert table.indexAt(names.center()).column() == 1 and table.indexAt(names.center()).row() == 1
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=names.center())
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=names.center())
    assert gone == [("participant", (taught.people[1],))]
    table.select(taught.people[0], page.model.columnCount() - 1)
    for _ in range(30):  # back to the left, no cell lies under the names
        QTest.keyClick(table, Qt.Key.Key_Left)
        at = table.currentIndex().column()
        assert table.columnViewportPosition(at) >= table.frozen
