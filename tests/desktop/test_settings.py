"""Settings in use: language, theme and size hold at once; people and PINs; backups; F1 and F9."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions import persons as doing
from app.domain.roles import Role
from app.queries import persons
from app.storage.workplace import Workplace
from tests.desktop.hands import Hands, settle
from ui.desktop.desk import Desk
from ui.desktop.pages.settings import SettingsPage
from ui.desktop.pages.sync import SyncPage
from ui.desktop.theme import Choice, scheme
from ui.desktop.tokens import Scheme
from ui.desktop.window import Window
from ui.desktop.wording import language, words

PIN, NEW = "482913", "719204"


@pytest.fixture
def people(opened: Workplace, desk: Desk) -> dict[str, bytes]:
    with opened.store.write() as session:
        made = {
            login: doing.add(session, name=name, login=login, role=role, pin=PIN)
            for name, login, role in (
                ("Nurlaila Hamid", "nurlaila", Role.INSTRUCTOR),
                ("Sri Wahyuningsih", "sri", Role.COORDINATOR),
            )
        }
    desk.runner.author = made["nurlaila"]
    return made


@pytest.fixture
def window(people: dict[str, bytes], desk: Desk, qtbot: QtBot) -> Iterator[Window]:
    made = Window(desk)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    desk.background.close()


def _open(window: Window, qtbot: QtBot, tab: str) -> SettingsPage:
    window.begin("settings", tab)
    settle(qtbot, window.desk.runner)
    assert isinstance(window.page, SettingsPage)
    return window.page


def _type(hands: Hands, *digits: str) -> None:
    for pin in digits:
        hands.type(pin)


def _fits(opened: Workplace, person: bytes, pin: str) -> bool:
    with opened.store.write() as session:
        return doing.check_pin(session, person, pin)


def test_theme_language_and_size_change_while_it_runs_and_are_remembered(
    window: Window, desk: Desk, qtbot: QtBot
) -> None:
    page = _open(window, qtbot, "general")
    before = window.grab().toImage()
    page.general.theme._parts[1].click()
    page.general.language._parts[1].click()
    settle(qtbot, desk.runner)
    assert (scheme(), language()) == (Scheme.DARK, "en")
    assert window.rail._places["settings"].accessibleName() == "Settings"
    assert page.tabs.accessibleName() == "" and page.tabs._parts[0].accessibleName() == "General"
    assert window.grab().toImage().pixel(700, 700) != before.pixel(700, 700)
    window.resize(1024, 600)
    QApplication.processEvents()
    assert page.width() <= 1024 - window.rail.width()
    assert (desk.preferences.theme, desk.preferences.language) == (Choice.DARK, "en")
    page.general.minutes._parts[0].click()
    assert desk.preferences.lock_minutes == 5


def test_one_s_own_pin_is_changed_by_who_knows_the_old_one(
    window: Window, hands: Hands, people: dict[str, bytes], opened: Workplace, qtbot: QtBot
) -> None:
    card = _open(window, qtbot, "people").people.card
    assert card.person is not None and card.person.login == "nurlaila"
    card.old.setFocus(Qt.FocusReason.OtherFocusReason)
    _type(hands, "111112", NEW, NEW)
    hands.press("Enter")
    hands.settle()
    assert card._old.refused == str(words("pin-wrong")) and card.pin.pin() == NEW
    assert _fits(opened, people["nurlaila"], PIN)
    assert card.old.hasFocus() and card.old.pin() == ""
    _type(hands, PIN)
    card.save.click()
    hands.settle()
    assert _fits(opened, people["nurlaila"], NEW)
    assert window.notice.accessibleName() == str(words("people-pin-kept", name="Nurlaila Hamid"))


def test_wrong_old_pins_are_counted_like_those_at_the_door(
    window: Window, hands: Hands, people: dict[str, bytes], opened: Workplace, qtbot: QtBot
) -> None:
    card = _open(window, qtbot, "people").people.card
    for _ in range(doing.FREE_TRIES):
        card.old.setFocus(Qt.FocusReason.OtherFocusReason)
        _type(hands, "111112")
        for boxes in (card.pin, card.again):
            boxes.clear()
            boxes.setFocus(Qt.FocusReason.OtherFocusReason)
            _type(hands, NEW)
        card.save.click()
        hands.settle()
    with opened.store.read() as session:
        assert persons.failures(session, people["nurlaila"]) == doing.FREE_TRIES


def test_an_instructor_may_change_nobody_else_and_is_told_why(
    window: Window, people: dict[str, bytes], qtbot: QtBot
) -> None:
    page = _open(window, qtbot, "people").people
    page.table.select(people["sri"])
    assert page.card._note.isVisible() and not page.card.save.isVisible() and not page.card._form.isVisible()
    assert not page.add.isEnabled() and page.add.reason().isVisible()


def test_a_coordinator_adds_somebody_lets_them_go_and_takes_that_back(
    window: Window, hands: Hands, desk: Desk, people: dict[str, bytes], opened: Workplace, qtbot: QtBot
) -> None:
    desk.runner.author = people["sri"]
    desk.runner.changed.connect(lambda _: None)
    page = _open(window, qtbot, "people").people
    page.add.click()
    hands.type("Yusuf Mahmud")
    page.card.pin.setFocus(Qt.FocusReason.OtherFocusReason)
    _type(hands, "112233", "332211")
    page.card.save.click()
    assert page.card.again.pin() == "" and page.card.pin.pin() == "112233"
    _type(hands, "112233")
    page.card.save.click()
    hands.settle()
    yusuf = next(person for person in page._people if person.login == "yusuf")
    page.table.select(yusuf.id)
    page.card.drop.click()
    hands.settle()
    assert "yusuf" not in [person.login for person in page._people]
    window.notice.undo()
    hands.settle()
    assert "yusuf" in [person.login for person in page._people]


def test_a_backup_is_written_where_one_says_and_restoring_it_asks_first(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    data = _open(window, qtbot, "data").data
    data.write_to(tmp_path / "cadangan.balai-cadangan")
    settle(qtbot, window.desk.runner)
    assert "cadangan.balai-cadangan" in data.said.text() and data.back_up.isEnabled()
    data.restore.ask(tmp_path / "cadangan.balai-cadangan")
    assert data.restore.strip.isVisible() and data.restore.leave.hasFocus()
    Hands(window, qtbot).press("Esc")
    assert not data.restore.strip.isVisible() and isinstance(window.page, SettingsPage)


def test_a_backup_that_cannot_be_written_is_told_beside_its_button(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    data = _open(window, qtbot, "data").data
    data.write_to(tmp_path / "nowhere" / "cadangan")
    settle(qtbot, window.desk.runner)
    assert data.strip.isVisible() and data.back_up.isEnabled() and not data.said.isVisible()


def test_the_check_up_says_of_each_thing_how_it_is(window: Window, qtbot: QtBot) -> None:
    data = _open(window, qtbot, "data").data
    data.check.click()
    assert not data.check.isEnabled()
    settle(qtbot, window.desk.runner)
    assert data.check.isEnabled() and data._found.count() > 4


def test_f1_shows_the_keys_there_and_f9_goes_and_sends(window: Window, hands: Hands, qtbot: QtBot) -> None:
    _open(window, qtbot, "general")
    hands.press("F1")
    assert window.keys.isVisible()
    hands.press("F1")
    assert not window.keys.isVisible()
    hands.press("F9")
    assert isinstance(window.page, SyncPage)
    window.desk.background.stop()
    hands.settle()


def test_a_page_that_is_not_here_is_said_and_one_stays_where_one_was(window: Window, qtbot: QtBot) -> None:
    page = _open(window, qtbot, "general")
    window.desk.go("no_such_page")
    assert window.page is page and window.notice.accessibleName() == str(words("window-no-page"))
