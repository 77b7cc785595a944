"""Signing in by card and PIN, what a wrong PIN costs, locking, and coming back to where one was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.actions import persons
from app.domain.roles import Role
from app.storage.workplace import Workplace
from ui.desktop import places
from ui.desktop.desk import Desk
from ui.desktop.idle import IdleLock
from ui.desktop.pages.sign_in import SignInPage
from ui.desktop.widgets import painting
from ui.desktop.widgets.pin import PinInput
from ui.desktop.window import Window
from ui.desktop.wording import use_language, words

PIN, OTHER = "482913", "719204"


@pytest.fixture
def people(opened: Workplace) -> list[bytes]:
    with opened.store.write() as session:
        return [
            persons.add(session, name="Nurlaila Hamid", login="nurlaila", role=Role.INSTRUCTOR, pin=PIN),
            persons.add(session, name="Yusuf Mahmud", login="yusuf", role=Role.COORDINATOR, pin=OTHER),
        ]


@pytest.fixture
def window(people: list[bytes], desk: Desk, qtbot: QtBot) -> Iterator[Window]:
    made = Window(desk)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    with qtbot.waitSignal(desk.runner.idle):
        made.begin("sign_in")
    yield made
    desk.background.close()


def focused() -> QWidget:
    """What has the focus, which something must."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def page(window: Window) -> SignInPage:
    assert isinstance(window.page, SignInPage)
    return window.page


def type_pin(window: Window, pin: str, qtbot: QtBot) -> None:
    boxes = QApplication.focusWidget()
    assert isinstance(boxes, PinInput)
    QTest.keyClicks(boxes, pin)
    with qtbot.waitSignal(window.desk.runner.idle):
        QTest.keyClick(boxes, Qt.Key.Key_Return)


def error(window: Window) -> str:
    wrong = page(window)._pin._wrong
    return "" if wrong.isHidden() else page(window)._pin._error.accessibleName()


def test_six_digits_and_enter_let_one_in_and_say_who_is_at_work(
    window: Window, people: list[bytes], qtbot: QtBot
) -> None:
    assert not window.rail.isVisible() and window.desk.runner.author is None
    type_pin(window, PIN, qtbot)
    assert window.desk.runner.author == people[0]
    assert window.page is not None and not window.page.bare
    assert window.rail.isVisible() and "Nurlaila Hamid" in window.rail.person.accessibleName()


def test_a_wrong_pin_says_how_often_one_may_still_try(window: Window, qtbot: QtBot) -> None:
    for left in (4, 3):
        type_pin(window, OTHER, qtbot)
        assert error(window) == str(words("pin-wrong-tries", n=left))
    QTest.keyClicks(focused(), "1")
    assert error(window) == ""


def test_after_five_wrong_pins_one_waits_and_sees_for_how_long(window: Window, qtbot: QtBot) -> None:
    for _ in range(5):
        type_pin(window, OTHER, qtbot)
    assert error(window) == str(words("pin-locked", seconds=30))
    assert not page(window)._pin._input.isEnabled()
    page(window)._on_second()
    assert error(window) == str(words("pin-locked", seconds=29))
    for _ in range(29):
        page(window)._on_second()
    assert error(window) == "" and page(window)._pin._input.isEnabled()


def test_the_wait_is_kept_for_the_person_and_not_for_others(window: Window, qtbot: QtBot) -> None:
    for _ in range(5):
        type_pin(window, OTHER, qtbot)
    page(window)._cards[1].click()
    type_pin(window, OTHER, qtbot)
    assert window.desk.runner.author is not None


def test_arrow_keys_go_from_person_to_person(window: Window, people: list[bytes]) -> None:
    chosen = [card.isChecked() for card in page(window)._cards]
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert chosen == [True, False]
    assert [card.isChecked() for card in page(window)._cards] == [False, True]
    assert isinstance(focused(), PinInput)
    assert focused().accessibleName() == "PIN Yusuf Mahmud"


def test_the_same_person_finds_what_was_open_and_another_the_first_place(
    window: Window, qtbot: QtBot
) -> None:
    type_pin(window, PIN, qtbot)
    window.go("settings", "people")
    open_page = window.page
    window.lock()
    assert window.desk.runner.author is None and not window.rail.isVisible()
    type_pin(window, PIN, qtbot)
    assert window.page is open_page
    window.back()
    assert window.page is not open_page
    window.lock()
    page(window)._cards[1].click()
    type_pin(window, OTHER, qtbot)
    assert window.rail.isVisible() and window.page is not open_page
    window.back()
    assert window.page is not open_page


def test_nobody_with_a_pin_leads_to_the_first_person(desk: Desk, qtbot: QtBot) -> None:
    made = Window(desk)
    qtbot.addWidget(made)
    made.show()
    made.begin("sign_in")
    qtbot.waitUntil(lambda: type(made.page).__name__ == "SetUpPage")


def test_the_window_locks_when_nobody_touches_it_and_a_touch_counts_anew(
    window: Window, qtbot: QtBot
) -> None:
    idle = IdleLock(window, 5)
    assert idle._clock.isActive() and idle._clock.interval() == 300_000
    idle._clock.setInterval(40)
    handle = window.windowHandle()
    assert handle is not None
    where = handle.position().toPointF()
    moved = QMouseEvent(
        QEvent.Type.MouseMove, where, where, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    with qtbot.waitSignal(idle.passed):
        QApplication.sendEvent(handle, moved)
    idle.set_minutes(0)
    assert not idle._clock.isActive()


def test_longer_words_cut_nothing(
    people: list[bytes], desk: Desk, qtbot: QtBot, long_words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    use_language("xx")
    made = Window(desk)
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show()
    with qtbot.waitSignal(desk.runner.idle):
        made.begin("sign_in")
    made.grab()
    assert cut == []
    labels = [label for label in made.findChildren(QLabel) if label.isVisible() and not label.wordWrap()]
    assert [label.text() for label in labels if label.width() < label.sizeHint().width()] == []
    assert places.exists("sign_in")
