"""Verifying on the screen: what is signed stands large, green never without the KTP, scanners no click."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions import certificates as actions
from app.certificates import days, qr, status
from app.certificates.paper import content, printing
from app.certificates.paper.content import PageContent
from app.certificates.status import Reason, StatusList
from app.domain.ids import Serial
from app.queries import certificates
from app.storage.journal import Draft, record
from app.storage.workplace import Workplace
from tests.support.centre import Centre, centre
from tests.support.issuing import graduates, issuer
from tests.support.laptop import EVERYBODY, TODAY, hand_over
from ui.desktop.desk import Desk
from ui.desktop.pages.verify import VerifyPage
from ui.desktop.pages.verify_card import SignedField
from ui.desktop.tokens import Hue
from ui.desktop.widgets import painting
from ui.desktop.widgets.labels import Label
from ui.desktop.wording import use_language


@dataclass(slots=True)
class Shelf:
    """Two certificates, and where their files lie."""

    pages: list[PageContent]
    one: Path
    both: Path

    @property
    def text(self) -> str:
        """The text of the first one's QR code."""
        return qr.text(self.pages[0].credential, self.pages[0].host)

    @property
    def tampered(self) -> str:
        """The same with one bit of the signature changed."""
        raw = bytearray(self.pages[0].credential)
        raw[-1] ^= 1
        return qr.text(bytes(raw), self.pages[0].host)


@pytest.fixture
def site(tmp_path: Path) -> Centre:
    return centre(tmp_path / "site")


@pytest.fixture
def opened(site: Centre) -> Workplace:
    return site.opened


@pytest.fixture
def shelf(site: Centre, tmp_path: Path) -> Shelf:
    key, _ = graduates(site.laptop, 2)
    with site.laptop.write() as session:
        made = actions.issue(session, key, issuer(site.laptop), TODAY)
    with site.laptop.read() as session:
        pages = [content.read(raw) for raw in certificates.contents(session, made.serials).values()]
    shelf = Shelf(pages, tmp_path / "satu.pdf", tmp_path / "kelas.pdf")
    shelf.one.write_bytes(printing.render_one(pages[0]))
    shelf.both.write_bytes(printing.render_class(pages))
    return shelf


@pytest.fixture
def page(desk: Desk, shelf: Shelf, qtbot: QtBot) -> VerifyPage:
    made = VerifyPage(desk)
    qtbot.addWidget(made)
    made.resize(1174, 734)
    made.show()
    made.activateWindow()
    return made


def _list(site: Centre, revoked: dict[int, Reason]) -> None:
    """Headquarters' status list of today, with these serials revoked."""
    today = days.number(TODAY)
    raw = status.build(site.authorities.status, StatusList(1, 1, today, today + 200, revoked))
    with site.headquarters.write() as session:
        record(session, Draft("status_list", (1, 1), {"list": (raw,)}), scope=EVERYBODY)
    hand_over(site.headquarters, site.laptop)


def _check(page: VerifyPage, desk: Desk, qtbot: QtBot, source: Path | str) -> None:
    with qtbot.waitSignal(desk.runner.idle):
        page.check(source)


def _fields(page: VerifyPage) -> dict[str, SignedField]:
    return {field.accessibleName().partition(":")[0]: field for field in page.card.fields}


def test_a_genuine_certificate_shows_every_signed_field_large_and_asks_for_the_ktp(
    page: VerifyPage, desk: Desk, site: Centre, shelf: Shelf, qtbot: QtBot
) -> None:
    _list(site, {})
    _check(page, desk, qtbot, shelf.one)
    assert page.card.banner.hue is Hue.GREEN
    assert "cocokkan dengan KTP" in page.card.banner.title.accessibleName()
    fields = _fields(page)
    said = {field.accessibleName() for field in fields.values()}
    assert {"Nama: Orang 0", "Hasil: LULUS", "Jam pelajaran: 9 JP"} <= said and len(said) == 9
    for name, field in fields.items():
        sizes = [label.font().pixelSize() for label in field.findChildren(Label)]
        assert max(sizes) >= (40 if name == "Nama" else 24), name


def test_without_a_status_list_the_answer_is_not_green_but_still_asks_for_the_ktp(
    page: VerifyPage, desk: Desk, shelf: Shelf, qtbot: QtBot
) -> None:
    _check(page, desk, qtbot, shelf.one)
    assert page.card.banner.hue is Hue.AMBER
    assert "cocokkan dengan KTP" in page.card.banner.title.accessibleName()
    assert "Pembatalan tidak diperiksa" in page.card.banner.detail.accessibleName()


def test_one_changed_bit_is_refused_and_nothing_of_it_is_shown(
    page: VerifyPage, desk: Desk, shelf: Shelf, qtbot: QtBot
) -> None:
    _check(page, desk, qtbot, shelf.tampered)
    assert page.card.banner.hue is Hue.RED
    assert _fields(page) == {}
    assert "Orang 0" not in " ".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def test_a_revoked_certificate_is_refused_though_it_is_signed(
    page: VerifyPage, desk: Desk, site: Centre, shelf: Shelf, qtbot: QtBot
) -> None:
    _list(site, {Serial(shelf.pages[0].signed.content.serial): Reason.FRAUD})
    _check(page, desk, qtbot, shelf.text)
    assert page.card.banner.hue is Hue.RED
    assert "kecurangan" in page.card.banner.detail.accessibleName()
    assert "Nama" in _fields(page)


def test_a_scanner_needs_no_click_and_enter_asks_for_the_next(
    page: VerifyPage, desk: Desk, shelf: Shelf, qtbot: QtBot
) -> None:
    _check(page, desk, qtbot, shelf.one)
    assert page.card.isVisible()
    with qtbot.waitSignal(desk.runner.idle):
        QTest.keyClicks(page, shelf.tampered)
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.card.banner.hue is Hue.RED
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.drop.isVisible() and not page.card.isVisible()


def test_a_scanner_that_sends_no_enter_is_heard_too(
    page: VerifyPage, desk: Desk, shelf: Shelf, qtbot: QtBot
) -> None:
    page._silence.setInterval(1)
    with qtbot.waitSignal(desk.runner.idle):
        QTest.keyClicks(page, shelf.text)
    assert page.card.banner.hue is Hue.AMBER


def test_what_is_no_certificate_is_said_over_the_place_and_stays_as_it_was_typed(
    page: VerifyPage, desk: Desk, qtbot: QtBot
) -> None:
    page.text.setText("https://example.com/")
    with qtbot.waitSignal(desk.runner.idle):
        QTest.keyClick(page.text, Qt.Key.Key_Return)
    assert page.strip.isVisible() and page.text.text() == "https://example.com/"
    page.ask()
    assert not page.strip.isVisible()


def test_a_file_may_be_dropped_anywhere_and_a_code_pasted(
    page: VerifyPage, desk: Desk, shelf: Shelf, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(shelf.one))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    with qtbot.waitSignal(desk.runner.idle):
        page.dropEvent(drop)
    assert "Nama" in _fields(page)
    QGuiApplication.clipboard().setText(shelf.tampered)
    with qtbot.waitSignal(desk.runner.idle):
        QTest.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.card.banner.hue is Hue.RED


def test_of_a_file_with_many_one_chooses_which_to_see(
    page: VerifyPage, desk: Desk, shelf: Shelf, qtbot: QtBot
) -> None:
    _check(page, desk, qtbot, shelf.both)
    assert page.side.choice.count() == 2
    page.side.choice.choose(1)
    page.side.choice.picked.emit(1)
    assert _fields(page)["Nama"].accessibleName() == "Nama: Orang 1"


def test_the_answer_is_copied_with_its_fields(
    page: VerifyPage, desk: Desk, shelf: Shelf, qtbot: QtBot
) -> None:
    _check(page, desk, qtbot, shelf.one)
    page.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "cocokkan dengan KTP" in copied and "Nama: Orang 0" in copied


def test_a_file_that_is_gone_is_said(page: VerifyPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    _check(page, desk, qtbot, tmp_path / "tidak-ada.pdf")
    assert page.strip.isVisible() and page.drop.isVisible()


@pytest.mark.parametrize("answered", [False, True])
def test_longer_words_cut_nothing(
    page: VerifyPage,
    monkeypatch: pytest.MonkeyPatch,
    long_words: None,
    desk: Desk,
    shelf: Shelf,
    qtbot: QtBot,
    answered: bool,
) -> None:
    cut: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    use_language("xx")
    if answered:
        _check(page, desk, qtbot, shelf.one)
    QApplication.processEvents()
    cut.clear()  # what was painted before the layout had caught up
    page.grab()
    assert cut == []
