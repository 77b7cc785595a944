"""The list of classes in the window: three parts that arrow keys go through, search, P, the first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.actions import classes, enrolments
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.timetable import SessionPlan
from app.queries.class_board import Stage
from tests.desktop.class_window import Gone, gone_to, window_on
from tests.desktop.hands import Hands
from tests.desktop.teaching import DAY, NOW, TODAY, Hand, Taught, folder, lay
from ui.desktop import places
from ui.desktop.pages import classes_rows
from ui.desktop.pages.classes import ClassesPage
from ui.desktop.pages.roll_call import RollCallPage
from ui.desktop.theme import Theme
from ui.desktop.window import Window


@pytest.fixture
def taught(tmp_path: Path) -> Taught:
    made = lay(tmp_path)
    _another(made, "PMD-02/2026", "Pemasaran Digital", TODAY + 6 * DAY, 0)
    _another(made, "KWU-07/2026", "Kewirausahaan UMK", TODAY - 30 * DAY, 4)
    _another(made, "KWU-06/2026", "Kewirausahaan UMK", TODAY - 60 * DAY, 4)
    return made


def _another(taught: Taught, code: str, title: str, first: date, people: int) -> ClassKey:
    with taught.opened.store.write(taught.me) as session:
        key = classes.create(
            session, code=code, title=title, programme="KWU", version=1, first_day=first,
            last_day=first + 2 * DAY, intake="II", room="Ruang 3", instructors=(taught.me,),
        )  # fmt: skip
        classes.schedule(session, key, [SessionPlan(first + DAY, 975, 1_065, 2)])
        enrolments.enrol(session, key, taught.people[:people])
    return key


@pytest.fixture
def window(taught: Taught, look: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    yield from window_on(taught, look, tmp_path, qtbot, "classes")


@pytest.fixture
def page(window: Window) -> ClassesPage:
    assert isinstance(window.page, ClassesPage)
    return window.page


@pytest.fixture
def gone(page: ClassesPage, monkeypatch: pytest.MonkeyPatch) -> Gone:
    """Where the page wants to go."""
    return gone_to(page.desk, monkeypatch)


def _chosen(page: ClassesPage) -> str:
    line = page.list.line()
    return "" if line is None else str(line.head.key.code)


def _codes(page: ClassesPage, stage: Stage) -> list[str]:
    rows = page.list.tables[stage].rows
    lines = [rows.row_at(at) for at in range(rows.rowCount())]
    return [str(line.head.key.code) for line in lines if line is not None]


def _cells(page: ClassesPage, stage: Stage, at: int = 0) -> list[str]:
    rows = page.list.tables[stage].rows
    return [rows.cell(at, column).words() for column in range(rows.columnCount())]


def test_classes_stand_in_three_parts_and_the_finished_ones_are_folded_away(page: ClassesPage) -> None:
    assert _codes(page, Stage.RUNNING) == ["KWU-09/2026"]
    assert _codes(page, Stage.UPCOMING) == ["PMD-02/2026"]
    assert _codes(page, Stage.FINISHED) == ["KWU-07/2026", "KWU-06/2026"]
    assert page.list.tables[Stage.FINISHED].isHidden()
    assert page.list.fold.accessibleName() == "Selesai, 2 kelas"


def test_a_line_says_all_there_is_to_say(page: ClassesPage) -> None:
    assert _cells(page, Stage.RUNNING) == [
        "Kewirausahaan UMK, KWU-09/2026, Aula 2",
        "IX",
        "20–27 Nov 2026",
        "20",
        "5 dari 10 pertemuan",
        "93 %",
        "Ada sesi sekarang",
        "",
    ]
    assert _cells(page, Stage.UPCOMING)[2:] == [
        "30 Nov–2 Des 2026",
        "0",
        "0 dari 1 pertemuan",
        "–",
        "Belum ada peserta",
        "",
    ]


def test_arrow_keys_go_through_all_parts_as_through_one(page: ClassesPage, hands: Hands) -> None:
    assert _chosen(page) == "KWU-09/2026"
    hands.press("Up")
    assert _chosen(page) == "KWU-09/2026"
    hands.press("Down")
    assert _chosen(page) == "PMD-02/2026" and page.list.tables[Stage.RUNNING].key() is None
    hands.press("Down")
    assert page.list.fold.hasFocus()
    hands.press("Enter")
    assert page.list.tables[Stage.FINISHED].isVisible()
    page.list.begin()
    hands.press("Down", "Down", "Down")
    assert _chosen(page) == "KWU-06/2026"
    hands.press("Up", "Up", "Up")
    assert _chosen(page) == "KWU-09/2026"


def test_folding_away_what_is_chosen_chooses_nothing_there(page: ClassesPage, hands: Hands) -> None:
    page.list.fold.click()
    page.list.tables[Stage.FINISHED].select_first()
    assert _chosen(page) == "KWU-07/2026"
    page.list.fold.click()
    assert _chosen(page) == "" and page.list.tables[Stage.FINISHED].isHidden()


def test_enter_opens_the_class_and_p_todays_roll_call(
    page: ClassesPage, hands: Hands, gone: Gone, taught: Taught
) -> None:
    hands.press("Enter")
    first = next(key for key in ("class_schedule", "class_participants", "class_attendance", "progress")
                 if places.exists(key))  # fmt: skip
    assert gone == [(first, (taught.key,))]
    hands.press("p")
    assert gone[1:] == [("roll_call", (taught.key, 6))]
    hands.press("Down", "P")
    assert len(gone) == 2


def test_p_opens_the_roll_call_in_earnest(page: ClassesPage, hands: Hands, window: Window) -> None:
    hands.press("P")
    hands.settle()
    assert isinstance(window.page, RollCallPage) and window.page.roll.number == 6


def test_p_without_a_session_today_says_so(page: ClassesPage, hands: Hands, qtbot: QtBot) -> None:
    hands.press("Down")
    with qtbot.waitSignal(page.desk.said) as said:
        hands.press("P")
    assert str(said.args[0]) == "Tidak ada sesi hari ini di Pemasaran Digital."


def test_the_search_finds_in_all_parts_and_opens_the_only_one(
    page: ClassesPage, hands: Hands, gone: Gone
) -> None:
    hands.press("/")
    hands.type("umk ruang")
    assert _codes(page, Stage.RUNNING) == [] and len(_codes(page, Stage.FINISHED)) == 2
    table = page.list.tables[Stage.FINISHED]
    assert table.isVisible() and table.horizontalHeader().isVisible()
    hands.type(" 06")
    hands.press("Enter")
    assert [arguments[0].code for _, arguments in gone] == ["KWU-06/2026"]  # type: ignore[attr-defined]  # a ClassKey
    hands.type(" x")
    assert page.nothing.isVisible() and page.list.lines() == []
    hands.press("Esc")
    assert page.field.text() == "" and len(page.list.lines()) == 4 and not page.nothing.isVisible()


def test_a_refresh_keeps_the_chosen_class(page: ClassesPage, hands: Hands, taught: Taught) -> None:
    hands.press("Down")
    _another(taught, "PMD-03/2026", "Pemasaran Digital", TODAY + 9 * DAY, 1)
    page.hear(frozenset({"training_class"}))
    hands.settle()
    assert _codes(page, Stage.UPCOMING) == ["PMD-02/2026", "PMD-03/2026"] and _chosen(page) == "PMD-02/2026"


def test_a_class_is_opened_by_a_double_click(page: ClassesPage, gone: Gone) -> None:
    table = page.list.tables[Stage.UPCOMING]
    place = table.visualRect(table.rows.index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert _chosen(page) == "PMD-02/2026"
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(gone) == 1


def test_a_laptop_without_classes_says_what_to_do_first(
    look: Theme, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = Hand()
    wall.set(NOW)
    empty = Taught(folder(tmp_path, wall), wall, b"", ClassKey(0, ""), list[ParticipantId]())  # type: ignore[arg-type]  # no class
    for window in window_on(empty, look, tmp_path, qtbot, "classes"):
        page = window.page
        assert isinstance(page, ClassesPage) and page.empty.isVisible() and page.add.isHidden()
        gone = gone_to(page.desk, monkeypatch)
        assert page.first.hasFocus()
        QTest.keyClick(page.first, Qt.Key.Key_Return)
        page.empty.linked.emit("stick")
        assert gone == [("class_form", ()), ("sync", ("stick",))]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), "24 Nov 2026"),
        (date(2026, 11, 24), date(2026, 11, 27), "24–27 Nov 2026"),
        (date(2026, 12, 30), date(2027, 1, 5), "30 Des 2026–5 Jan 2027"),
        (date(2026, 11, 24), None, "24 Nov 2026"),
        (None, None, "–"),
    ],
)
def test_a_period_says_month_and_year_once(first: date | None, last: date | None, said: str) -> None:
    assert str(classes_rows.period(first, last)) == said
