"""The first run: by code over a real server, by file in two trips, for practice, and when nothing opens."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import Refused, StorageTrouble
from sync.hq import enrolment
from sync.hq.headquarters import Headquarters
from sync.protocol import enrolment as messages
from tests.desktop import looking
from tests.desktop.hands import Hands, settle
from tests.desktop.teaching import NOW
from tests.sync.conftest import CENTRE, Clock, founded, serving
from ui.desktop.desk import Desk
from ui.desktop.pages.set_up import SetUpPage
from ui.desktop.pages.sign_in import SignInPage
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Theme
from ui.desktop.window import Window
from ui.desktop.wording import words


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Headquarters]:
    made = founded(tmp_path / "hq", "sqlite:///headquarters.sqlite", Clock())
    yield made
    made.close()


@pytest.fixture
def quick_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching a code takes a second by design; that it does is tested where it is done."""
    monkeypatch.setattr(messages, "stretch", lambda code: sha256(code.encode()).digest())


@pytest.fixture
def window(look: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    """A window on a folder in which nothing is set up."""
    runner = Runner()
    made = Window(Desk(runner, Preferences(tmp_path), look, lambda: NOW))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin("set_up", tmp_path / "data", Refused("not-set-up", folder=""))
    yield made
    made.desk.background.close()
    settle(qtbot, runner)
    runner.close()


def _page(window: Window) -> SetUpPage:
    assert isinstance(window.page, SetUpPage)
    return window.page


def _name_somebody(window: Window, hands: Hands) -> None:
    """The last step: who works here, and the PIN twice."""
    step = _page(window).person
    hands.settle()
    step._name.setFocus(Qt.FocusReason.OtherFocusReason)
    hands.type("Nurlaila Hamid")
    step._pin.setFocus(Qt.FocusReason.OtherFocusReason)
    hands.type("482913482913")
    hands.press("Enter")
    hands.settle()


def test_by_code_over_the_network_to_the_phrase_the_first_person_and_the_door(
    window: Window, headquarters: Headquarters, quick_codes: None, qtbot: QtBot
) -> None:
    hands, page = Hands(window, qtbot), _page(window)
    with serving(headquarters) as url:
        hands.press("Enter")
        assert page._now == "code"
        hands.type(url)
        hands.press("Tab")
        hands.type(enrolment.make_code(headquarters, CENTRE, "administrator"))
        hands.press("Enter")
        settle(qtbot, window.desk.runner)
        assert page._now == "phrase" and window.desk.runner.is_open
        settle(qtbot, window.desk.runner)
    phrase = page.phrase._phrase.phrase
    assert len(phrase.split("-")) > 8 and not page.phrase.go.isEnabled()
    page.phrase._copy.click()
    assert QGuiApplication.clipboard().text() == phrase
    page.phrase._safe.click()
    page.phrase.go.click()
    assert page._now == "person" and page.phrase._phrase.phrase == ""
    _name_somebody(window, hands)
    assert isinstance(window.page, SignInPage)
    assert [person.name for person in window.page._people] == ["Nurlaila Hamid"]


def test_a_wrong_code_and_an_address_left_out_are_said_beside_their_fields(
    window: Window, qtbot: QtBot
) -> None:
    page = _page(window)
    page.go("code")
    page.code.go.click()
    assert page.code.form.fields["url"].refused == str(words("set-up-url-missing"))
    page.code._url.setText("https://pusat.example")
    page.code._code.setText("1234")
    page.code.go.click()
    settle(qtbot, window.desk.runner)
    assert page.code.form.fields["code"].refused and page.code._code.text() == "1234"
    assert page.code.go.isEnabled() and not window.desk.runner.is_open


def test_by_file_the_request_goes_out_and_its_answer_opens_the_laptop(
    window: Window, headquarters: Headquarters, quick_codes: None, tmp_path: Path, qtbot: QtBot
) -> None:
    page = _page(window)
    page.go("file")
    page.file._code.setText(enrolment.make_code(headquarters, CENTRE, "administrator"))
    page.file._name.setText("Balai-02")
    page.file.write_to(tmp_path / "permintaan.balai")
    settle(qtbot, window.desk.runner)
    assert "permintaan.balai" in page.file._said.text()
    answer = enrolment.answer(headquarters, (tmp_path / "permintaan.balai").read_bytes())
    (tmp_path / "jawaban.balai").write_bytes(answer)
    page.file.read_from(tmp_path / "jawaban.balai")
    settle(qtbot, window.desk.runner)
    assert page._now == "phrase" and window.desk.runner.machine == "Balai-02"


def test_practice_opens_a_made_up_centre_that_never_sends(window: Window, qtbot: QtBot) -> None:
    page = _page(window)
    page.go("practice")
    page.practice.go.click()
    settle(qtbot, window.desk.runner)
    settle(qtbot, window.desk.runner)
    assert window.desk.runner.is_open and _page(window)._now == "person"
    _name_somebody(window, Hands(window, qtbot))
    assert isinstance(window.page, SignInPage)
    window.begin("sync")
    settle(qtbot, window.desk.runner)
    assert not window.page._send._send.isEnabled()  # type: ignore[attr-defined]  # the sync page


def test_esc_leads_back_to_the_ways_and_never_out_of_the_page(window: Window, qtbot: QtBot) -> None:
    hands, page = Hands(window, qtbot), _page(window)
    for step in ("code", "file", "practice"):
        page.go(step)
        QApplication.processEvents()
        hands.press("Esc")
        assert page._now == "ways" and window.page is page


def test_a_folder_that_does_not_open_asks_for_what_helps(window: Window, tmp_path: Path) -> None:
    window.begin("set_up", tmp_path / "data", StorageTrouble("key-store-lost"))
    step = _page(window).trouble
    assert step.isVisible() and step._asked.isVisible() and step._phrase.hasFocus()
    window.begin("set_up", tmp_path / "data", StorageTrouble("database-missing", folder=""))
    assert not step._asked.isVisible() and step._restore.isVisible()


def test_every_step_shows_its_texts_whole(window: Window) -> None:
    page = _page(window)
    for step in page._steps:
        page.go(step)
        QApplication.processEvents()
        assert looking.squeezed(window) == [], step
