"""Reports in the window: each seen as printed, of a class and a period, on paper, opened and saved."""

from __future__ import annotations

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.keys import ClassKey
from app.reports import output
from app.reports.rows import Cells
from app.storage import workplace
from app.storage.workplace import Workplace
from tests.desktop.hands import settle
from tests.desktop.test_class_certificates import Paper
from tests.support.centre import centre
from tests.support.class_of import class_of
from tests.support.laptop import TODAY
from ui.desktop import files
from ui.desktop.desk import Desk
from ui.desktop.pages import reports_list
from ui.desktop.pages.reports import ReportsPage
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button
from ui.desktop.wording import use_language


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody need wait for a made-up printer."""
    monkeypatch.setattr("app.printing.running.PAUSE", 0.005)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ClassKey]:
    """A data folder with twelve people in nine sessions from Monday, 21 September 2026 on; tests copy it."""
    site = centre(tmp_path_factory.mktemp("made"), 0)
    key, _ = class_of(site.laptop, 12, 9)
    folder = site.opened.folder
    site.opened.close()
    return folder, key


@pytest.fixture
def opened(
    made: tuple[Path, ClassKey], set_up: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Workplace:
    """An open copy of it, where a test wants the class; else a folder without any."""
    shutil.copytree(made[0] if "taught" in request.fixturenames else set_up, tmp_path / "data")
    return workplace.open_folder(tmp_path / "data")


@pytest.fixture
def taught(made: tuple[Path, ClassKey]) -> ClassKey:
    """The class."""
    return made[1]


@pytest.fixture
def printer() -> Paper:
    return Paper()


@pytest.fixture
def page(desk: Desk, printer: Paper, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(desk)
    made.spooler = printer  # type: ignore[assignment]  # a printer at the edge
    qtbot.addWidget(made)
    made.resize(1174, 734)
    desk.runner.changed.connect(made.hear)
    made.show()
    return made


def _open(page: ReportsPage, qtbot: QtBot, *arguments: object) -> None:
    page.shown(*arguments)
    page.catch_up()
    settle(qtbot, page.desk.runner)


def test_every_report_of_the_command_line_is_listed_and_said_what_it_is_for(
    taught: ClassKey, page: ReportsPage, qtbot: QtBot
) -> None:
    _open(page, qtbot)
    rows = [row for row in page.model.entries() if isinstance(row, reports_list.ReportRow)]
    assert [row.name for row in rows] == list(output.NAMES)
    assert page.classes.value() == taught and page.table.key() == "attendance-sheet"


@pytest.mark.parametrize("name", list(output.NAMES))
def test_another_page_opens_a_report_of_its_class_and_it_is_drawn(
    taught: ClassKey, page: ReportsPage, qtbot: QtBot, name: str
) -> None:
    _open(page, qtbot, taught, name)
    qtbot.waitUntil(lambda: page.paper.paper.image is not None)
    image = page.paper.paper.image
    assert page.table.key() == name and image is not None
    assert (image.height() > image.width()) is (name == "cards")


def test_the_pages_are_turned_by_the_arrows(taught: ClassKey, page: ReportsPage, qtbot: QtBot) -> None:
    _open(page, qtbot, taught, "cards")
    qtbot.waitUntil(lambda: page.paper.after.isEnabled())
    first = page.paper.paper.image
    page.focus_first()
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.paper.paper.image not in (None, first))
    assert page.paper.before.isEnabled() and not page.paper.after.isEnabled()


def test_a_period_is_offered_for_attendance_alone_and_kept_in_the_file(
    taught: ClassKey,
    page: ReportsPage,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _open(page, qtbot, taught, "attendance-sheet")
    assert page.period_field.isVisible() and page.cells_field.isVisible()
    second = (TODAY + timedelta(days=7), TODAY + timedelta(days=8))
    page.periods.choose(second)
    saved = tmp_path / "rekap"
    monkeypatch.setattr(files, "save_name", lambda parent, title, suggested: saved)
    page.paper.saves[".csv"].click()
    settle(qtbot, page.desk.runner)
    with (tmp_path / "rekap.csv").open(encoding="utf-8-sig", newline="") as file:
        heads = next(csv.reader(file, delimiter=";"))
    assert [head.split()[0] for head in heads[3:5]] == ["8", "9"] and heads[5] == "H"
    page.table.select("score-recap")
    assert not page.period_field.isVisible()
    wanted = page._wanted()
    assert wanted is not None and wanted.period is None


def test_the_sheet_can_have_room_to_sign(taught: ClassKey, page: ReportsPage, qtbot: QtBot) -> None:
    _open(page, qtbot, taught, "attendance-sheet")
    page.cells.choose(Cells.ZIGZAG)
    wanted = page._wanted()
    assert wanted is not None and wanted.cells is Cells.ZIGZAG


def test_periods_are_the_weeks_and_months_that_have_sessions() -> None:
    days = [date(2026, 9, 21) + timedelta(days=n) for n in (0, 1, 7, 8, 14)]
    offered = [period for period, _ in reports_list.periods(days, date(2026, 9, 28))]
    assert offered[:2] == [None, (days[0], date(2026, 9, 28))]
    assert offered[2:4] == [(days[0], days[3]), (days[4], days[4])]
    assert offered[4:] == [(days[0], days[1]), (days[2], days[3]), (days[4], days[4])]
    assert [period for period, _ in reports_list.periods(days[:2], days[4])] == [None]
    assert [period for period, _ in reports_list.periods([], days[4])] == [None]


def test_a_report_is_printed_on_the_chosen_printer(
    taught: ClassKey, page: ReportsPage, printer: Paper, qtbot: QtBot
) -> None:
    _open(page, qtbot, taught, "cards")
    page.paper.print.click()
    assert page.jobs.busy and not page.left() and not page.paper.print.isEnabled()
    settle(qtbot, page.desk.runner)
    ((title, pdf, setting),) = printer.jobs
    assert title == f"Kartu peserta {taught.code}" and not setting.duplex
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 2
    assert page.left() and page.paper.print.isEnabled() and page.notice.isVisible()


def test_a_print_that_the_printer_gave_up_is_said_in_place(
    taught: ClassKey, page: ReportsPage, printer: Paper, qtbot: QtBot
) -> None:
    printer.failing.add(1)
    _open(page, qtbot, taught, "score-recap")
    page.paper.print.click()
    settle(qtbot, page.desk.runner)
    assert page.jobs.refusal.isVisible() and page.paper.print.isEnabled()
    assert page.escaped() and page.jobs.isHidden()


def test_printing_can_be_stopped(taught: ClassKey, page: ReportsPage, printer: Paper, qtbot: QtBot) -> None:
    printer.held_from = 1
    _open(page, qtbot, taught, "score-recap")
    page.paper.print.click()
    qtbot.waitUntil(lambda: len(printer.jobs) == 1)
    page.jobs.progress.stop_button.click()
    settle(qtbot, page.desk.runner)
    assert printer.failing == {1} and not page.jobs.busy and page.notice.isVisible()


def test_without_a_printer_there_is_a_sentence_and_the_file(
    taught: ClassKey, page: ReportsPage, printer: Paper, qtbot: QtBot
) -> None:
    printer.printers = list  # type: ignore[method-assign]  # it has gone
    _open(page, qtbot, taught)
    assert not page.paper.print.isEnabled() and page.paper.print.reason().isVisible()
    assert page.paper.saves[".pdf"].isEnabled()


def test_enter_opens_the_report_with_the_systems_program(
    taught: ClassKey, page: ReportsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bytes] = []

    def show(path: Path) -> bool:
        opened.append(path.read_bytes())
        return True

    monkeypatch.setattr(files, "show_with_system", show)
    _open(page, qtbot, taught, "completion-list")
    page.focus_first()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle(qtbot, page.desk.runner)
    assert len(opened) == 1 and opened[0].startswith(b"%PDF")


def test_a_folder_that_takes_nothing_is_said_in_place(
    taught: ClassKey, page: ReportsPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "tidak-ada" / "a.xlsx"
    monkeypatch.setattr(files, "save_name", lambda parent, title, suggested: nowhere)
    _open(page, qtbot, taught, "score-recap")
    page.paper.saves[".xlsx"].click()
    settle(qtbot, page.desk.runner)
    assert page.jobs.refusal.isVisible()


def test_before_the_first_class_the_page_says_what_to_do(page: ReportsPage, qtbot: QtBot) -> None:
    _open(page, qtbot)
    button = next(b for b in page.findChildren(Button) if b.accessibleName() == "Buka daftar kelas")
    with qtbot.waitSignal(page.desk.wanted) as asked:
        button.click()
    assert asked.args == ["classes", ()]


def test_longer_words_cut_nothing(
    taught: ClassKey, page: ReportsPage, monkeypatch: pytest.MonkeyPatch, long_words: None, qtbot: QtBot
) -> None:
    cut: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    _open(page, qtbot, taught)
    use_language("xx")
    settle(qtbot, page.desk.runner)
    QApplication.processEvents()
    cut.clear()  # what was painted before the layout had caught up
    page.grab()
    assert cut == []
