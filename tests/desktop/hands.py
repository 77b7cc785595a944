"""Hands on a window: keys that are counted, cards at a reader's speed, and answers awaited."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.desktop.runner import Runner
from ui.desktop.window import Window

_NAMED = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Del": Qt.Key.Key_Delete,
    "Back": Qt.Key.Key_Backspace,
    "Tab": Qt.Key.Key_Tab,
    "F1": Qt.Key.Key_F1,
    "F2": Qt.Key.Key_F2,
    "F4": Qt.Key.Key_F4,
    "F6": Qt.Key.Key_F6,
    "F7": Qt.Key.Key_F7,
    "F9": Qt.Key.Key_F9,
}


@dataclass(slots=True)
class Hands:
    """Counts the keys that are pressed."""

    window: Window
    qtbot: QtBot
    pressed: int = 0

    def press(self, *keys: str) -> None:
        """Keys one after the other: "H", "F2", "Ctrl+Enter"; each counts once."""
        for key in keys:
            self.pressed += 1
            name, held = key.removeprefix("Ctrl+"), Qt.KeyboardModifier.NoModifier
            if key.startswith("Ctrl+"):
                held = Qt.KeyboardModifier.ControlModifier
            if name in _NAMED:
                QTest.keyClick(self._focus(), _NAMED[name], held)
            elif held is not Qt.KeyboardModifier.NoModifier:
                QTest.keyClick(self._focus(), Qt.Key(ord(name)), held)
            else:
                QTest.keyClicks(self._focus(), name)

    def type(self, text: str) -> None:
        """Letters into whatever has the focus."""
        self.press(*text)

    def scan(self, text: str, start: int, gap: int = 4) -> None:
        """A reader's keys through the window's door, as the system delivers them, and the end of the line."""
        handle = self.window.windowHandle()
        for at, letter in enumerate(f"{text}\r"):
            code = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
            event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(start + at * gap)
            QCoreApplication.sendEvent(handle, event)

    def settle(self) -> None:
        """Wait until everything that was asked for has been answered."""
        settle(self.qtbot, self.window.desk.runner)

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window


def settle(qtbot: QtBot, runner: Runner) -> None:
    """Wait until everything that was asked for has been answered."""
    if runner.waiting:
        with qtbot.waitSignal(runner.idle):
            pass
    QApplication.processEvents()  # what was just put into a layout is shown by an event
