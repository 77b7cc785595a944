"""Listens to the keys of the whole window while a roll call is in front, so that a card is never typed."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.desktop.pages.roll_call_scanner import Heard, Scanner

_REMEMBERED = 8  # keys; a reader gives itself away before


@dataclass(frozen=True, slots=True)
class Before:
    """How things stood before a key: a number of the listener's own, and the field it was typed into."""

    depth: int
    field: QLineEdit | None
    text: str


class Ears(QObject):
    """Hears keys before any widget does and lets through what hands type.

    `depth` is told by whoever acts on keys, and handed back to be gone back to.

    Signals:
        card: a whole card was read: its text, "" where it is none of ours.
        mistaken: keys let through before were a reader's: go back to this depth, and to the field that had
            the focus then (None: no field).
    """

    card = Signal(str)
    mistaken = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.depth = 0
        self._scanner = Scanner()
        self._before: deque[Before] = deque(maxlen=_REMEMBERED)
        self._window: QWindow | None = None

    def listen(self, window: QWindow | None) -> None:
        """Listen to this window, and to no other; None: to nobody."""
        if self._window is not None and shiboken6.isValid(self._window):  # closing the window ends its handle
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not event.text():
            return False
        key = self._scanner.key(event.text(), event.timestamp())
        if key.heard is Heard.HAND:
            self._remember()
            return False
        if key.back:
            self._go_back(key.back)
        if key.card or key.heard is Heard.FOREIGN:
            self.card.emit(key.card)
        return True

    def _remember(self) -> None:
        field = QApplication.focusWidget()
        typed_into = field if isinstance(field, QLineEdit) else None
        self._before.append(Before(self.depth, typed_into, typed_into.text() if typed_into else ""))

    def _go_back(self, keys: int) -> None:
        if not self._before:
            return
        before = self._before[max(-keys, -len(self._before))]
        self._before.clear()
        if before.field is not None:
            before.field.setText(before.text)
        self.mistaken.emit(before.depth, before.field)
