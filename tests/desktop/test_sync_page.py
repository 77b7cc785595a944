"""The sync page, the sync behind it and the truth at the foot, with a real headquarters on a port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions import persons as doing
from app.domain.roles import Role
from app.queries import here, persons
from app.storage import settings
from app.storage.workplace import Workplace
from sync.hq.exchange import LocalExchange
from sync.hq.headquarters import Headquarters
from tests.desktop.hands import Hands, settle
from tests.sync.conftest import Clock, enrolled, founded, serving
from ui.desktop import background as behind
from ui.desktop.background import Link
from ui.desktop.desk import Desk
from ui.desktop.footer_truth import FooterTruth
from ui.desktop.pages.sync import SyncPage
from ui.desktop.window import Window
from ui.desktop.wording import words


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Headquarters]:
    made = founded(tmp_path / "hq", "sqlite:///headquarters.sqlite", Clock())
    yield made
    made.close()


@pytest.fixture
def opened(tmp_path: Path, headquarters: Headquarters) -> Workplace:
    """A laptop that has somebody who works there, and something to send."""
    link = LocalExchange(headquarters)
    place = enrolled(tmp_path / "laptop", headquarters, link, Clock(), "Balai-02").place
    with place.store.write() as session:
        doing.add(session, name="Nurlaila Hamid", login="nurlaila", role=Role.INSTRUCTOR, pin="482913")
    return place


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The window at the sync page; nobody waits long for a server that is not there."""
    monkeypatch.setattr(behind, "ASKED_PAUSE", 0.01)
    monkeypatch.setattr(behind, "ASKED_LONGEST", 0.02)
    made = Window(desk)
    qtbot.addWidget(made)
    truth = FooterTruth(desk, made)
    truth._settle.setInterval(0)
    truth.refresh()
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin("sync")
    settle(qtbot, desk.runner)
    yield made
    desk.background.close()


def _page(window: Window) -> SyncPage:
    assert isinstance(window.page, SyncPage)
    return window.page


def _keep_address(opened: Workplace, url: str) -> None:
    with opened.store.write() as session:
        settings.put(session, here.HOST, url)


def _send(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.desk.background.ended):
        Hands(window, qtbot).press("F9")
    _come_to_rest(window, qtbot)


def _come_to_rest(window: Window, qtbot: QtBot) -> None:
    """The foot reads a moment later, and the page after it."""
    for _ in range(3):
        QApplication.processEvents()
        settle(qtbot, window.desk.runner)


def _foot(window: Window) -> str:
    return window.footer._truth.accessibleName() or window.footer._truth.text()


def test_f9_sends_from_anywhere_and_page_and_foot_say_what_is_there_now(
    window: Window, desk: Desk, opened: Workplace, headquarters: Headquarters, qtbot: QtBot
) -> None:
    assert "1 perubahan belum di kantor pusat" in _foot(window)
    with serving(headquarters) as url:
        _keep_address(opened, url)
        window.begin("settings")
        _send(window, qtbot)
    page = _page(window)
    assert desk.background.link is Link.ONLINE
    assert "erkirim" in _said(page)
    assert "belum di kantor pusat" not in _foot(window)
    with headquarters.read() as session:
        assert [person.login for person in persons.listed(session)] == ["nurlaila"]


def _said(page: SyncPage) -> str:
    return f"{page._send._how.text()} {page._send._when.text()}"


def test_no_server_is_said_in_a_sentence_and_what_waits_still_waits(
    window: Window, desk: Desk, opened: Workplace, qtbot: QtBot
) -> None:
    _keep_address(opened, "http://127.0.0.1:9")
    _send(window, qtbot)
    page = _page(window)
    trouble = desk.background.last.trouble if desk.background.last else None
    assert trouble is not None and trouble.code == "sync-no-server"
    assert page._send._trouble.isVisible() and page._send._send.isEnabled()
    assert desk.background.link is Link.OFFLINE and not desk.background.running
    assert "1 perubahan belum di kantor pusat" in _foot(window)


def test_a_sync_that_is_stopped_leaves_everything_as_it_was(
    window: Window, desk: Desk, opened: Workplace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behind, "ASKED_PAUSE", 60.0)
    _keep_address(opened, "http://127.0.0.1:9")
    Hands(window, qtbot).press("F9")
    page = _page(window)
    assert page._send._running.isVisible() and not page._send._send.isEnabled()
    assert page.has_focus
    with qtbot.waitSignal(desk.background.ended):
        page._send._stop.click()
    assert desk.background.last is not None and desk.background.last.trouble is None
    _come_to_rest(window, qtbot)
    assert page._send._send.isEnabled() and str(words("sync-was-stopped")) in _said(page)


def test_without_an_address_one_is_asked_for_and_kept(
    window: Window, opened: Workplace, qtbot: QtBot
) -> None:
    _keep_address(opened, "")
    _page(window).refresh()
    settle(qtbot, window.desk.runner)
    address = _page(window)._address
    assert address._form.isVisible()
    address._input.setText("pusat")
    address._save.click()
    assert address._field.refused == str(words("sync-url-invalid")) and address._input.text() == "pusat"
    address._input.setText("https://pusat.example")
    address._save.click()
    settle(qtbot, window.desk.runner)
    with opened.store.read() as session:
        assert here.headquarters(session) == "https://pusat.example"


def test_a_stick_takes_everything_and_a_damaged_file_is_refused_in_words(
    window: Window, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = _page(window)._stick
    stick.write_to(tmp_path / "bundel.balai")
    settle(qtbot, desk.runner)
    assert (tmp_path / "bundel.balai").stat().st_size > 0 and "perubahan" in stick._said.text()
    (tmp_path / "rusak.balai").write_bytes(b"rusak")
    stick.look_into(tmp_path / "rusak.balai")
    settle(qtbot, desk.runner)
    assert stick._strip.isVisible() and not stick._preview.isVisible()


def test_failures_in_a_row_wait_longer_each_time_and_never_longer_than_half_an_hour(desk: Desk) -> None:
    waits = [max(desk.background.pause_after(n) for _ in range(50)) for n in range(1, 12)]
    assert desk.background.pause_after(0) == behind.USUAL
    assert waits[0] <= behind.FIRST_PAUSE and max(waits) <= behind.LONGEST_PAUSE
    assert waits[5] > waits[0]


def test_a_network_that_goes_is_told_at_the_foot_at_once(window: Window, desk: Desk, qtbot: QtBot) -> None:
    desk.background._become(Link.ONLINE)
    assert window.footer._link.text() == str(words("foot-online"))
    desk.background.network_went()
    assert window.footer._link.text() == str(words("foot-offline"))
