"""The register in the window: found, explained, printed again, replaced, voided, and what is held here."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions import certificates as actions
from app.actions import issuing, print_runs
from app.certificates import status
from app.certificates.paper import content
from app.certificates.status import Reason, StatusList
from app.domain.certificates import CertificateState
from app.domain.ids import Serial
from app.domain.keys import ClassKey
from app.errors import Refused
from app.queries import certificates, participants
from app.queries.certificate_register import Fate, RegisterRow
from app.storage import workplace
from app.storage.base import days
from app.storage.workplace import Workplace
from tests.desktop.hands import settle
from tests.desktop.test_class_certificates import Paper
from tests.support.centre import Centre, centre
from tests.support.issuing import graduates
from tests.support.laptop import CENTRE, TODAY
from ui.desktop import files
from ui.desktop.desk import Desk
from ui.desktop.pages import certificates_register_rows as rows
from ui.desktop.pages.certificates import CertificatesPage
from ui.desktop.pages.certificates_register_form import Way
from ui.desktop.pages.certificates_register_rows import Show
from ui.desktop.pages.certificates_register_words import why
from ui.desktop.widgets import painting
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.wording import use_language

FIRST = Serial(CENTRE * 10_000_000 + 1)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody need wait for a made-up printer."""
    monkeypatch.setattr("app.printing.running.PAUSE", 0.005)


@dataclass(slots=True)
class Made:
    """A closed data folder with three certificates, the first printed; and whose it was."""

    folder: Path
    site: Centre
    key: ClassKey


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Made once; tests work on copies."""
    site = centre(tmp_path_factory.mktemp("made"))
    key, _ = graduates(site.laptop, 3)
    with site.laptop.write() as session:
        actions.issue(session, key, issuing.issuer_of(site.opened), TODAY)
        print_runs.log(session, [(FIRST, 0)], "TU")
    issuing.remember(site.opened)
    site.opened.close()
    return Made(site.opened.folder, site, key)


@pytest.fixture
def opened(made: Made, set_up: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Workplace:
    """An open copy of it, where a test wants the certificates; else a folder without any."""
    shutil.copytree(made.folder if "issued" in request.fixturenames else set_up, tmp_path / "data")
    return workplace.open_folder(tmp_path / "data", made.site.laptop.clock)


@pytest.fixture
def site(made: Made, opened: Workplace) -> Centre:
    """The centre with the copy that is open."""
    return replace(made.site, opened=opened, laptop=replace(made.site.laptop, store=opened.store))


@pytest.fixture
def issued(made: Made) -> ClassKey:
    """The class of the certificates."""
    return made.key


@pytest.fixture
def printer() -> Paper:
    return Paper()


@pytest.fixture
def page(desk: Desk, printer: Paper, qtbot: QtBot) -> CertificatesPage:
    made = CertificatesPage(desk)
    made.press.spooler = printer  # type: ignore[assignment]  # a printer at the edge
    qtbot.addWidget(made)
    made.resize(1174, 734)
    desk.runner.changed.connect(made.hear)
    made.show()
    made.shown()
    made.catch_up()
    settle(qtbot, desk.runner)
    return made


def _choose(page: CertificatesPage, number: int, qtbot: QtBot) -> None:
    page.table.select(f"c{number}")
    if (life := page.panel.life) is None or life.row.serial != number:
        page._read_life()
        settle(qtbot, page.desk.runner)
    assert page.panel.life is not None and page.panel.life.row.serial == number


def _keys(page: CertificatesPage) -> list[str]:
    return [row.key for row in page.model.entries() if isinstance(row, RegisterRow)]


def _order(page: CertificatesPage, qtbot: QtBot, **typed: str) -> None:
    for name, text in typed.items():
        page.panel.form.inputs[name].setText(text)
    page.panel.form.confirm()
    settle(qtbot, page.desk.runner)


def test_every_number_is_listed_with_its_state_and_the_first_one_is_told_of(
    issued: ClassKey, page: CertificatesPage
) -> None:
    assert _keys(page) == [f"c{FIRST + 2}", f"c{FIRST + 1}", f"c{FIRST}"]
    assert page.panel.life is not None and page.panel.life.row.serial == FIRST + 2
    assert "17 dari 20" in page.head.stands.accessibleName()


def test_a_search_finds_by_name_number_serial_and_class(
    issued: ClassKey, page: CertificatesPage, qtbot: QtBot
) -> None:
    for text, found in {
        "orang 1": [FIRST + 1],
        "0002/bpvp": [FIRST + 1],
        "10009 0000003": [FIRST + 2],
        issued.code.lower(): [FIRST + 2, FIRST + 1, FIRST],
    }.items():
        page.field.setText(text)
        qtbot.waitUntil(lambda found=found: _keys(page) == [f"c{n}" for n in found])  # type: ignore[misc]
    page.field.setText("tidak ada")
    qtbot.waitUntil(lambda: page.nothing.isVisible() and not page.table.isVisible())
    assert page.escaped() and not page.field.text()


def test_ten_thousand_lines_are_searched_between_two_frames(qtbot: QtBot, look: object) -> None:
    key = ClassKey(CENTRE, "KWU-9")  # type: ignore[arg-type]  # a code is a string
    lines = [
        RegisterRow(f"c{n}", Fate.ISSUED, Serial(FIRST + n), None, f"{n:05}/BPVP/2026", f"Orang {n}", key)
        for n in range(10_000)
    ]
    model: RowsModel[RegisterRow] = RowsModel(rows.columns(), lambda r: r.key)
    table = TableView(model, "register")
    qtbot.addWidget(table)
    table.resize(600, 500)
    table.show()
    finder = rows.Finder(lines)
    began = time.thread_time()
    model.show(finder.kept(Show.ALL, ""))
    table.grab()
    shown = time.thread_time()
    found = finder.kept(Show.ALL, "000 9999")
    model.show(found)
    searched = time.thread_time()
    assert [row.name for row in found] == ["Orang 9998"]
    assert shown - began < 0.25 and searched - shown < 0.05


def test_a_lost_paper_is_printed_as_a_marked_copy_with_its_reason_and_the_same_code(
    issued: ClassKey, page: CertificatesPage, site: Centre, printer: Paper, qtbot: QtBot
) -> None:
    _choose(page, FIRST, qtbot)
    assert page.panel.print_button.accessibleName() == "Cetak salinan ke-1…"
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_C)
    assert page.panel.asking and page.panel.form.way is Way.COPY
    page.panel.form.confirm()
    assert page.panel.form.fields["reason"].refused
    with qtbot.waitSignal(page.press.printed):
        page.panel.form.inputs["reason"].setText("Hilang saat banjir")
        page.panel.form.confirm()
    settle(qtbot, page.desk.runner)
    with pypdfium2.PdfDocument(printer.jobs[-1][1]) as document:
        assert "SALINAN" in document[0].get_textpage().get_text_range().upper()
    assert page.panel.life is not None
    newest = page.panel.life.events[0]
    assert (newest.copy, newest.reason) == (1, "Hilang saat banjir")
    with site.laptop.read() as session:
        held = certificates.contents(session, [FIRST])[FIRST]
    assert content.read(held).credential  # frozen: the copy is drawn from what was issued


def test_without_a_printer_the_copy_is_saved_and_counted(
    issued: ClassKey,
    page: CertificatesPage,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saved = tmp_path / "salinan.pdf"
    monkeypatch.setattr(files, "save_name", lambda parent, title, suggested: saved)
    monkeypatch.setattr(files, "show_with_system", lambda path: True)
    page.press._on_printers([])
    _choose(page, FIRST, qtbot)
    page.panel.ask_print()
    assert not page.panel.form._no_printer.isHidden()
    _order(page, qtbot, reason="Rusak kena air")
    assert saved.read_bytes().startswith(b"%PDF")
    assert page.panel.life is not None and page.panel.life.copy == 2


def test_a_corrected_name_gets_a_new_serial_and_the_person_the_name(
    issued: ClassKey, page: CertificatesPage, site: Centre, qtbot: QtBot
) -> None:
    _choose(page, FIRST + 1, qtbot)
    page.panel.ask(Way.REPLACE)
    _order(page, qtbot, name="Orang Satu", number="77/MANUAL", reason="Salah eja")
    made = FIRST + 3
    assert page.table.key() == f"c{made}" and not page.panel.asking
    with site.laptop.read() as session:
        row, old = certificates.one(session, made), certificates.one(session, FIRST + 1)
        assert participants.one(session, row.participant).name == "Orang Satu"
        assert content.read(certificates.contents(session, [made])[Serial(made)]).signed.content.name == (
            "Orang Satu"
        )
    assert row.official_number == "77/MANUAL"
    assert (old.state, old.reason, old.other) == (CertificateState.REPLACED, "Salah eja", made)
    assert site.opened.anchor is not None and site.opened.anchor.highest_serial == made


def test_a_refused_replacement_changes_nothing_and_keeps_what_was_typed(
    issued: ClassKey, page: CertificatesPage, site: Centre, qtbot: QtBot
) -> None:
    _choose(page, FIRST, qtbot)
    page.panel.ask(Way.REPLACE)
    with site.laptop.read() as session:
        taken = certificates.one(session, FIRST + 1).official_number
    _order(page, qtbot, name="Nama Lain", number=taken, reason="Salah eja")
    form = page.panel.form
    assert form.fields["number"].refused and form.inputs["name"].text() == "Nama Lain"
    with site.laptop.read() as session:
        assert certificates.one(session, FIRST).name == "Orang 0"


def test_a_clock_that_seems_wrong_is_confirmed_where_it_was_asked(
    issued: ClassKey, page: CertificatesPage, qtbot: QtBot
) -> None:
    _choose(page, FIRST, qtbot)
    page.panel.ask(Way.REPLACE)
    form = page.panel.form
    form.inputs["reason"].setText("Salah eja")
    form.refuse(Refused("clock-behind"))
    assert not form.clock_button.isHidden() and form.confirm_button.isHidden()
    with qtbot.waitSignal(form.ordered) as asked:
        form.clock_button.click()
    assert asked.args[0].clock_confirmed
    settle(qtbot, page.desk.runner)


def test_a_void_one_keeps_its_line_and_its_reason(
    issued: ClassKey, page: CertificatesPage, qtbot: QtBot
) -> None:
    _choose(page, FIRST + 2, qtbot)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_B)
    _order(page, qtbot, reason="Tercetak dua kali")
    assert page.panel.strip.isVisible() and page.panel._foot.isHidden()
    page.show_.choose(Show.ENDED)
    page._fill()
    assert _keys(page) == [f"c{FIRST + 2}"]
    assert page.panel.life is not None and page.panel.life.events[0].reason == "Tercetak dua kali"


def test_a_blank_form_that_was_spoiled_is_noted(
    issued: ClassKey, page: CertificatesPage, qtbot: QtBot
) -> None:
    page.head.blank.click()
    page.panel.form.confirm()
    assert page.panel.form.fields["blank"].refused
    _order(page, qtbot, blank="B-0417", reason="Tinta tumpah")
    assert _keys(page)[-1] == "bB-0417"


def test_a_newer_status_list_from_a_stick_revokes_what_it_names_and_an_older_one_is_refused(
    issued: ClassKey,
    page: CertificatesPage,
    site: Centre,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert page.head.strip.isVisible()
    listed = StatusList(1, 2, days(TODAY), days(TODAY) + 90, serials={FIRST: Reason.FRAUD})
    stick = tmp_path / "status.cose"
    monkeypatch.setattr(files, "open_name", lambda parent, title, endings: stick)
    stick.write_bytes(status.build(site.authorities.status, listed))
    page.head.stick.click()
    settle(qtbot, page.desk.runner)
    assert not page.head.strip.isVisible()
    _choose(page, FIRST, qtbot)
    assert page._rows[f"c{FIRST}"].fate is Fate.REVOKED and page.panel._foot.isHidden()
    stick.write_bytes(status.build(site.authorities.status, replace(listed, number=1, serials={})))
    page.head.stick.click()
    settle(qtbot, page.desk.runner)
    assert page.head.refusal.isVisible()
    assert page._rows[f"c{FIRST}"].fate is Fate.REVOKED


def test_every_fate_is_told_in_a_sentence_of_its_own_also_for_a_reason_of_a_later_kind() -> None:
    number, last = FIRST, Serial(FIRST + 3)
    rows_ = [RegisterRow(f"x{fate}", fate, number, last, reason="theft", day=TODAY) for fate in Fate]
    told = [str(why(row, None)) for row in rows_]
    assert len(set(told)) == len(Fate)
    assert not any("…" in sentence or "register-" in sentence for sentence in told)


def test_the_links_lead_to_the_class_and_to_verifying(
    issued: ClassKey, page: CertificatesPage, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.wanted) as asked:
        page.head.verify.click()
    assert asked.args == ["verify", ()]
    with qtbot.waitSignal(desk.wanted) as asked:
        page.panel._links.linked.emit("class")
    assert asked.args == ["class_certificates", (issued,)]
    page.shown(FIRST)
    assert page.table.key() == f"c{FIRST}"


def test_before_the_first_certificate_the_page_says_what_to_do(page: CertificatesPage) -> None:
    assert page._empty is not None and not page.table.isVisibleTo(page)
    page.focus_first()
    assert page._empty.button.hasFocus()


def test_longer_words_cut_nothing(
    issued: ClassKey, page: CertificatesPage, monkeypatch: pytest.MonkeyPatch, long_words: None, qtbot: QtBot
) -> None:
    cut: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    use_language("xx")
    settle(qtbot, page.desk.runner)
    page.panel.ask(Way.REPLACE)
    QApplication.processEvents()
    cut.clear()  # what was painted before the layout had caught up
    page.grab()
    page.panel.close_form()
    QApplication.processEvents()
    page.grab()
    assert [text for text in cut if "/" not in text] == []  # official numbers may be cut in the list
