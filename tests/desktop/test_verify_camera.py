"""Verifying by the camera: what it sees is read, it goes off again, and a laptop without one says so."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.actions import certificates as actions
from app.certificates import qr, reading
from app.certificates.paper import content, printing
from app.certificates.paper.content import PageContent
from app.queries import certificates
from app.storage.workplace import Workplace
from tests.support.centre import Centre, centre
from tests.support.issuing import graduates, issuer
from tests.support.laptop import TODAY
from ui.desktop import camera
from ui.desktop.camera import Camera
from ui.desktop.desk import Desk
from ui.desktop.pages.verify import VerifyPage
from ui.desktop.pages.verify_camera import _grey
from ui.desktop.wording import words

FRONT, BACK = 0, 1


class Pretended(Camera):
    """A camera at the edge that sees what a test holds up to it."""

    def __init__(self) -> None:
        super().__init__()
        self.on = False

    def start(self) -> None:
        self.on = True

    def stop(self) -> None:
        self.on = False

    def see(self, picture: QImage) -> None:
        if self.on:
            self.pictured.emit(picture)


@pytest.fixture
def site(tmp_path: Path) -> Centre:
    return centre(tmp_path / "site")


@pytest.fixture
def opened(site: Centre) -> Workplace:
    return site.opened


@pytest.fixture
def paper(site: Centre) -> PageContent:
    key, _ = graduates(site.laptop, 1)
    with site.laptop.write() as session:
        made = actions.issue(session, key, issuer(site.laptop), TODAY)
    with site.laptop.read() as session:
        return content.read(certificates.contents(session, made.serials)[made.serials[0]])


@pytest.fixture
def eye() -> Pretended:
    return Pretended()


@pytest.fixture
def page(desk: Desk, eye: Pretended, qtbot: QtBot) -> VerifyPage:
    return _shown(VerifyPage(desk, lambda: eye), qtbot)


def _shown(page: VerifyPage, qtbot: QtBot) -> VerifyPage:
    qtbot.addWidget(page)
    page.resize(1174, 734)
    page.shown()
    page.show()
    page.activateWindow()
    return page


def _seen(paper: PageContent, side: int = FRONT, dpi: int = 140, turn: int = 4) -> QImage:
    """The page as a camera sees it: in colour, askew, with an odd width."""
    with pypdfium2.PdfDocument(printing.render_one(paper)) as document:
        drawn = document[side].render(scale=dpi / 72).to_pil().convert("RGB")
    askew = drawn.rotate(turn, expand=True, fillcolor=(90, 80, 70)).crop(
        (0, 0, drawn.width | 1, drawn.height)
    )
    data, width = askew.tobytes(), askew.width
    return QImage(data, width, askew.height, 3 * width, QImage.Format.Format_RGB888).copy()


def test_a_certificate_held_up_to_the_camera_is_verified_and_the_camera_goes_off(
    page: VerifyPage, eye: Pretended, desk: Desk, paper: PageContent, qtbot: QtBot
) -> None:
    page.ways.camera_button.click()
    assert eye.on and page.looking.isVisible()
    eye.see(_seen(paper))
    assert not page.looking.view.picture.isNull()
    qtbot.waitUntil(lambda: page._answer.isVisible())
    assert not eye.on
    assert "cocokkan dengan KTP" in page.card.banner.title.accessibleName()


def test_a_back_a_foreign_code_and_an_empty_room_are_looked_past(
    page: VerifyPage, eye: Pretended, desk: Desk, paper: PageContent, qtbot: QtBot
) -> None:
    page.look()
    empty = QImage(640, 480, QImage.Format.Format_RGB32)
    empty.fill(0x556677)
    for picture in (empty, _seen(paper, BACK)):
        with qtbot.waitSignal(desk.runner.idle):
            eye.see(picture)
        assert eye.on and page.looking.isVisible()
    eye.see(_seen(paper))
    qtbot.waitUntil(lambda: page._answer.isVisible())


def test_only_one_picture_is_looked_at_at_a_time_and_none_after_the_camera_is_off(
    page: VerifyPage, eye: Pretended, desk: Desk, paper: PageContent, qtbot: QtBot
) -> None:
    page.look()
    with qtbot.waitSignal(desk.runner.idle):
        for _ in range(5):
            eye.see(_seen(paper))
        waiting = desk.runner.waiting
        assert page.escaped()
    assert waiting <= 1
    assert page._asking.isVisible() and not eye.on


@pytest.mark.parametrize("way", ["button", "escape", "leaving"])
def test_the_camera_goes_off_whichever_way_one_leaves(page: VerifyPage, eye: Pretended, way: str) -> None:
    page.look()
    if way == "button":
        page.looking.stop_button.click()
    elif way == "escape":
        assert page.escaped()
    else:
        assert page.left()
    assert not eye.on and page.looking.view.picture.isNull()


def test_a_camera_that_another_program_holds_is_said(page: VerifyPage, eye: Pretended) -> None:
    page.look()
    eye.failed.emit()
    assert not eye.on and page._asking.isVisible()
    assert page.strip.isVisible()


def test_a_laptop_without_a_camera_says_so_and_offers_no_button(desk: Desk, qtbot: QtBot) -> None:
    page = _shown(VerifyPage(desk, lambda: None), qtbot)
    assert not page.ways.camera_button.isVisible()
    assert page.ways.no_camera.isVisible()
    assert str(words("verify-camera-none")) in page.ways.no_camera.accessibleName()
    page.look()
    assert page._asking.isVisible()


def test_without_qtmultimedia_there_is_no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    assert camera.first() is None


def test_a_picture_is_handed_over_line_by_line_whatever_its_width(paper: PageContent) -> None:
    picture = _seen(paper, turn=0)
    grey = _grey(picture)
    assert grey.stride % 4 == 0 and grey.width % 4
    assert reading.glance(*grey) == qr.text(paper.credential, paper.host)
