"""Which key does what in a roll call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.domain.attendance import Status
from ui.desktop.pages.roll_call_presenter import RollCall
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.wording import words

HELP = (
    KeyHelp(tuple(Status), words("roll-key-mark")),
    KeyHelp(("7", "T"), words("roll-key-number")),
    KeyHelp(("7", "Enter"), words("roll-key-go")),
    KeyHelp(("↑", "↓"), words("roll-key-move")),
    KeyHelp(("F2",), words("roll-key-rest")),
    KeyHelp(("/",), words("roll-key-find")),
    KeyHelp(("F4",), words("roll-key-remark")),
    KeyHelp(("Del",), words("roll-key-erase")),
    KeyHelp(("Ctrl Z",), words("roll-key-undo")),
    KeyHelp(("Ctrl Y",), words("roll-key-redo")),
    KeyHelp(("F6",), words("roll-key-aloud")),
    KeyHelp(("F7",), words("roll-key-paper")),
    KeyHelp(("Ctrl Enter",), words("roll-key-review")),
)
_Combination = tuple[Qt.Key, Qt.KeyboardModifier]
_NONE, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_SHIFTED = _CTRL | Qt.KeyboardModifier.ShiftModifier
_ANYHOW = Qt.KeyboardModifier.KeypadModifier


class Keyboard(QObject):
    """Does what a key means to the sheet, and says what it means to the page.

    Signals:
        found: somebody is to be found by name.
        remarked: a remark is to be written.
        called: names are to be called aloud, or not any more.
        copied: marks are to be copied from paper, or not any more.
        reviewed: it is to be looked over and finalised.
    """

    found = Signal()
    remarked = Signal()
    called = Signal()
    copied = Signal()
    reviewed = Signal()

    def __init__(self, roll: RollCall, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roll = roll
        self._does: dict[_Combination, Callable[[], object]] = {
            (Qt.Key.Key_F2, _NONE): roll.fill,
            (Qt.Key.Key_F4, _NONE): self.remarked.emit,
            (Qt.Key.Key_F6, _NONE): self.called.emit,
            (Qt.Key.Key_F7, _NONE): self.copied.emit,
            (Qt.Key.Key_Delete, _NONE): roll.erase,
            (Qt.Key.Key_Backspace, _NONE): roll.shorten_number,
            (Qt.Key.Key_Return, _NONE): roll.go_to_number,
            (Qt.Key.Key_Enter, _NONE): roll.go_to_number,
            (Qt.Key.Key_Return, _CTRL): self.reviewed.emit,
            (Qt.Key.Key_Enter, _CTRL): self.reviewed.emit,
            (Qt.Key.Key_Z, _CTRL): roll.undo,
            (Qt.Key.Key_Z, _SHIFTED): roll.redo,
            (Qt.Key.Key_Y, _CTRL): roll.redo,
            (Qt.Key.Key_Up, _NONE): lambda: roll.step(-1),
            (Qt.Key.Key_Left, _NONE): lambda: roll.step(-1),
            (Qt.Key.Key_Down, _NONE): lambda: roll.step(1),
            (Qt.Key.Key_Right, _NONE): lambda: roll.step(1),
        }

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means; whether it means anything here."""
        modifiers = event.modifiers() & ~_ANYHOW
        does = self._does.get((Qt.Key(event.key()), modifiers))
        if does is not None:
            does()
            return True
        if modifiers not in (_NONE, Qt.KeyboardModifier.ShiftModifier) or not event.text():
            return False
        if event.text() == "/":
            self.found.emit()
            return True
        if event.isAutoRepeat():
            return True  # a key held down must not mark a whole class
        return self._roll.type(event.text())
