"""Certificates of a class: issued, seen, printed on a made-up printer, printed again where spoiled, saved."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.certificates import checking
from app.domain.certificates import CertificateState
from app.domain.ids import ParticipantId, Serial
from app.domain.keys import ClassKey
from app.printing.cups import JobState, Printer, PrinterState, Setting
from app.queries import certificates, print_runs, settings
from app.storage.workplace import Workplace
from tests.support.centre import Centre, centre
from tests.support.class_of import class_of
from tests.support.issuing import graduates
from tests.support.laptop import CENTRE, TODAY
from ui.desktop import files
from ui.desktop.desk import Desk
from ui.desktop.pages.certificates_sheet import Change
from ui.desktop.pages.class_certificates import ClassCertificatesPage
from ui.desktop.pages.class_certificates_rows import Fate, SheetRow
from ui.desktop.pages.class_certificates_tray import setting_name
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button
from ui.desktop.wording import use_language

FIRST = Serial(CENTRE * 10_000_000 + 1)
Taught = tuple[ClassKey, list[ParticipantId]]


class Paper:
    """A printer at the edge: takes every job at once, or holds them back from the given one on."""

    def __init__(self, duplex: bool = True) -> None:
        self.duplex = duplex
        self.jobs: list[tuple[str, bytes, Setting]] = []
        self.held_from: int | None = None
        self.failing: set[int] = set()

    def printers(self) -> list[Printer]:
        return [Printer("TU", "Ruang TU", "", PrinterState.IDLE, True, True, ("A4",), (), self.duplex)]

    def send(self, printer: str, pdf: bytes, title: str, setting: Setting) -> str:
        self.jobs.append((title, pdf, setting))
        return f"TU-{len(self.jobs)}"

    def states(self, printer: str, jobs: Collection[str]) -> dict[str, JobState]:
        return {job: self._state(int(job.removeprefix("TU-"))) for job in jobs}

    def cancel(self, job: str) -> None:
        self.failing.add(int(job.removeprefix("TU-")))

    def _state(self, number: int) -> JobState:
        if number in self.failing:
            return JobState.FAILED
        held = self.held_from is not None and number >= self.held_from
        return JobState.WAITING if held else JobState.DONE


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The printer is made up, so nobody need wait for it."""
    monkeypatch.setattr("app.printing.running.PAUSE", 0.005)


@pytest.fixture(autouse=True)
def shown_files(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What would have been opened with the system."""
    opened: list[Path] = []
    monkeypatch.setattr(files, "show_with_system", opened.append)
    return opened


@pytest.fixture
def site(tmp_path: Path) -> Centre:
    return centre(tmp_path / "site")


@pytest.fixture
def opened(site: Centre) -> Workplace:
    return site.opened


@pytest.fixture
def taught(site: Centre) -> Taught:
    return graduates(site.laptop, 3, 1)


@pytest.fixture
def printer() -> Paper:
    return Paper()


def _open(page: ClassCertificatesPage, desk: Desk, qtbot: QtBot, key: ClassKey) -> ClassCertificatesPage:
    qtbot.addWidget(page)
    page.resize(1174, 734)
    desk.runner.changed.connect(page.hear)
    page.show()
    with qtbot.waitSignal(desk.runner.idle):
        page.shown(key)
        page.catch_up()
    return page


@pytest.fixture
def page(desk: Desk, taught: Taught, printer: Paper, qtbot: QtBot) -> ClassCertificatesPage:
    made = ClassCertificatesPage(desk)
    made.press.spooler = printer  # type: ignore[assignment]  # a printer at the edge
    return _open(made, desk, qtbot, taught[0])


@pytest.fixture
def issued(page: ClassCertificatesPage, desk: Desk, qtbot: QtBot) -> ClassCertificatesPage:
    with qtbot.waitSignal(desk.runner.idle):
        page.bar.issue.click()
    return page


def _rows(page: ClassCertificatesPage) -> list[SheetRow]:
    return [row for row in page.model.entries() if isinstance(row, SheetRow)]


def _fates(page: ClassCertificatesPage) -> list[Fate]:
    return [row.fate for row in _rows(page)]


def test_those_who_passed_are_issued_at_once_and_the_serials_are_remembered_outside_the_database(
    page: ClassCertificatesPage, desk: Desk, site: Centre, qtbot: QtBot
) -> None:
    assert _fates(page) == [Fate.READY] * 3
    assert page.bar.issue.accessibleName() == "Terbitkan 3 sertifikat"
    with qtbot.waitSignal(desk.runner.idle):
        page.bar.issue.click()
    assert _fates(page) == [Fate.ISSUED] * 3
    assert [row.sequence for row in _rows(page)] == ["0001", "0002", "0003"]
    assert site.opened.anchor is not None and site.opened.anchor.highest_serial == FIRST + 2
    assert page.bar.issue.isHidden() and page.bar.print.accessibleName() == "Cetak 3 lembar"


def test_the_page_beside_the_list_is_the_printed_one_and_stays_white_in_the_dark(
    issued: ClassCertificatesPage, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: issued.sheet.paper.image is not None)
    front = issued.sheet.paper.image
    assert front is not None and front.pixelColor(2, 2).name() == "#ffffff"
    assert front.width() == issued.sheet.paper.pixels()
    issued.sheet.sides.choose(1)
    issued.sheet.sides.chosen.emit(1)
    qtbot.waitUntil(lambda: issued.sheet.paper.image not in (None, front))


def test_the_class_is_printed_sheet_by_sheet_and_noted(
    issued: ClassCertificatesPage, desk: Desk, site: Centre, printer: Paper, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(issued.press.printed):
        issued.bar.print.click()
    with qtbot.waitSignal(desk.runner.idle):
        issued.refresh()
    assert _fates(issued) == [Fate.PRINTED] * 3
    assert len(printer.jobs) == 3 and all(setting.duplex for _, _, setting in printer.jobs)
    with site.laptop.read() as session:
        (run,) = print_runs.listed(session)
    assert run.printed == ((FIRST, 0), (FIRST + 1, 0), (FIRST + 2, 0)) and run.printer == "TU"


def test_only_the_spoiled_sheet_is_printed_again_as_the_original_it_was(
    issued: ClassCertificatesPage, desk: Desk, site: Centre, taught: Taught, printer: Paper, qtbot: QtBot
) -> None:
    with qtbot.waitSignals([issued.press.printed, desk.runner.idle]):
        issued.bar.print.click()
    issued.table.select(_rows(issued)[1].participant)
    QTest.keyClick(issued, Qt.Key.Key_Space)
    assert _fates(issued)[1] is Fate.SPOILED and issued.notice.isVisible()
    assert issued.bar.print.accessibleName() == "Cetak 1 yang ditandai"
    issued.notice.undo()
    assert _fates(issued) == [Fate.PRINTED] * 3
    issued.tick()
    with qtbot.waitSignals([issued.press.printed, desk.runner.idle]):
        issued.bar.print.click()
    assert len(printer.jobs) == 4 and not issued.ticked
    with site.laptop.read() as session:
        assert print_runs.listed(session)[0].printed == ((FIRST + 1, 0),)


def test_a_sheet_that_was_printed_comes_again_as_a_marked_copy(
    issued: ClassCertificatesPage, desk: Desk, site: Centre, printer: Paper, qtbot: QtBot
) -> None:
    with qtbot.waitSignals([issued.press.printed, desk.runner.idle]):
        issued.bar.print.click()
    with qtbot.waitSignal(desk.runner.idle):
        issued.refresh()
    assert issued.sheet.print_button.accessibleName() == "Cetak salinan ke-1"
    with qtbot.waitSignals([issued.press.printed, desk.runner.idle]):
        issued.sheet.print_button.click()
    with pypdfium2.PdfDocument(printer.jobs[-1][1]) as document:
        text = document[0].get_textpage().get_text_range()
    assert "SALINAN" in text.upper()
    with site.laptop.read() as session:
        assert print_runs.listed(session)[0].printed == ((FIRST, 1),)


def test_a_run_is_stopped_after_a_sheet_and_says_what_came_out(
    issued: ClassCertificatesPage, desk: Desk, printer: Paper, qtbot: QtBot
) -> None:
    printer.held_from = 2
    issued.bar.print.click()
    qtbot.waitUntil(lambda: issued.press.run is not None and issued.press.run.done == 1)
    assert _fates(issued) == [Fate.PRINTED, Fate.PRINTING, Fate.QUEUED]
    assert not issued.left()
    with qtbot.waitSignals([issued.press.printed, desk.runner.idle]):
        issued.bar.progress.stop_button.click()
    assert _fates(issued)[0] is Fate.PRINTED and issued.left()
    assert issued.bar.progress.isHidden()


def test_a_printer_without_duplex_asks_for_the_stack_between_the_sides(
    issued: ClassCertificatesPage, desk: Desk, printer: Paper, qtbot: QtBot
) -> None:
    printer.duplex = False
    with qtbot.waitSignal(desk.runner.idle):
        issued.press.look_for_printers()
    issued.bar.print.click()
    qtbot.waitUntil(lambda: issued.bar._turning.isVisible())
    assert len(printer.jobs) == 3
    with qtbot.waitSignals([issued.press.printed, desk.runner.idle]):
        issued.bar._turn.click()
    assert len(printer.jobs) == 6 and not any(setting.duplex for _, _, setting in printer.jobs)


def test_one_pdf_a_person_goes_into_a_folder_and_each_verifies(
    issued: ClassCertificatesPage,
    desk: Desk,
    site: Centre,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    shown_files: list[Path],
) -> None:
    monkeypatch.setattr(files, "folder", lambda parent, title: tmp_path / "pdf")
    with qtbot.waitSignals([issued.press.said, desk.runner.idle]):
        issued.bar.save_each.click()
    made = sorted((tmp_path / "pdf").glob("*.pdf"))
    assert len(made) == 3 and shown_files == [tmp_path / "pdf"]
    verdict = checking.verify_file(made[0], site.authorities.trust().raw, None, TODAY)
    assert verdict.genuine and verdict.certified is not None and verdict.certified.name == "Orang 0"


def test_a_disk_that_refuses_is_told_and_the_page_goes_on(
    issued: ClassCertificatesPage,
    desk: Desk,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing = tmp_path / "tidak-ada" / "kelas.pdf"
    monkeypatch.setattr(files, "save_name", lambda parent, title, suggested: missing)
    with qtbot.waitSignal(desk.runner.troubled):
        issued.bar.save_class.click()
    qtbot.waitUntil(lambda: not issued.press.busy)
    assert not issued.bar.save_class.isHidden()


def test_voiding_needs_a_reason_and_leaves_the_list(
    issued: ClassCertificatesPage, desk: Desk, site: Centre, qtbot: QtBot
) -> None:
    issued.sheet.void_button.click()
    issued.sheet.confirm.click()
    assert issued.sheet.field.refused
    issued.sheet.reason.setText("Nama salah eja")
    with qtbot.waitSignal(desk.runner.idle):
        issued.sheet.confirm.click()
    with site.laptop.read() as session:
        row = certificates.one(session, FIRST)
    assert (row.state, row.reason) == (CertificateState.VOID, "Nama salah eja")
    assert _fates(issued)[0] is Fate.READY


def test_replacing_issues_another_serial(
    issued: ClassCertificatesPage, desk: Desk, site: Centre, qtbot: QtBot
) -> None:
    issued.sheet.ask(Change.REPLACE)
    issued.sheet.reason.setText("Tempat lahir keliru")
    with qtbot.waitSignal(desk.runner.idle):
        QTest.keyClick(issued.sheet.reason, Qt.Key.Key_Return)
    assert _rows(issued)[0].sequence == "0004"
    assert site.opened.anchor is not None and site.opened.anchor.highest_serial == FIRST + 3


def test_a_tray_is_corrected_in_half_millimetres_and_kept_for_its_printer(
    issued: ClassCertificatesPage, desk: Desk, site: Centre, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(issued.tray.opened):
        issued.offset_button.click()
    field = issued.tray.inputs["front-right"]
    field.setText("0,3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert issued.tray.form.fields["front-right"].refused
    field.setText("-1,5")
    with qtbot.waitSignal(issued.tray.closed):
        QTest.keyClick(field, Qt.Key.Key_Return)
    with site.laptop.read() as session:
        assert settings.get(session, setting_name("TU")) == ["-3 0 0 0", "last-up"]


def test_without_a_printer_there_is_the_pdf(taught: Taught, desk: Desk, qtbot: QtBot) -> None:
    page = ClassCertificatesPage(desk)
    page.press.spooler = Paper()  # type: ignore[assignment]  # a printer at the edge
    page.press.spooler.printers = list  # type: ignore[method-assign]  # that has gone
    _open(page, desk, qtbot, taught[0])
    with qtbot.waitSignal(desk.runner.idle):
        page.bar.issue.click()
    assert page.bar.print.isHidden() and not page.bar.save_class.isHidden()
    assert not page.sheet.print_button.isEnabled()


def test_serials_that_are_used_up_are_said_in_the_bar(
    tmp_path: Path, page: ClassCertificatesPage, desk: Desk, qtbot: QtBot, site: Centre
) -> None:
    key, _ = graduates(site.laptop, 21)
    with qtbot.waitSignal(desk.runner.idle):
        page.shown(key)
        page.catch_up()
    with qtbot.waitSignal(desk.runner.idle):
        page.bar.issue.click()
    assert page.bar.refused and page.bar.confirm.isHidden()
    assert page.escaped() and not page.bar.refused


def test_a_class_in_which_nobody_passed_says_what_to_do_first(site: Centre, desk: Desk, qtbot: QtBot) -> None:
    key, _ = class_of(site.laptop, 1, 1)
    page = _open(ClassCertificatesPage(desk), desk, qtbot, key)
    button = next(b for b in page.findChildren(Button) if b.accessibleName() == "Buka kelulusan")
    with qtbot.waitSignal(desk.wanted) as asked:
        button.click()
    assert asked.args == ["completion", (key,)]


def test_longer_words_cut_nothing(
    issued: ClassCertificatesPage, monkeypatch: pytest.MonkeyPatch, long_words: None, desk: Desk, qtbot: QtBot
) -> None:
    cut: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    with qtbot.waitSignal(desk.runner.idle):
        use_language("xx")
    QApplication.processEvents()
    cut.clear()  # what was painted before the layout had caught up
    issued.grab()
    assert cut == []
