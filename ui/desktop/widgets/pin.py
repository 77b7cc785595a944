"""Six boxes for a PIN, typed without seeing it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.wording import Text

BOX, HIGH, GAP = 46, 52, 10
_NARROW = (42, 44, 8)


class PinInput(QWidget):
    """The boxes. Digits fill them, Backspace takes one back, Enter hands the PIN on when all are filled.
    `narrow` for two of them side by side in a form.

    Signals:
        changed: how many digits there are now.
        entered: Enter was pressed on a full PIN, which comes along.
    """

    changed = Signal(int)
    entered = Signal(str)

    def __init__(
        self, name: Text, digits: int = 6, narrow: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._box, self._high, self._gap = _NARROW if narrow else (BOX, HIGH, GAP)
        self._digits, self._typed = digits, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(str(name))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def pin(self) -> str:
        """The digits typed so far."""
        return self._typed

    def clear(self) -> None:
        """Empty the boxes."""
        self._become("")

    def sizeHint(self) -> QSize:
        return QSize(self._digits * self._box + (self._digits - 1) * self._gap, self._high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and event.text().isascii() and len(self._typed) < self._digits:
            self._become(self._typed + event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self._become(self._typed[:-1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and len(self._typed) == self._digits:
            self.entered.emit(self._typed)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            for at in range(self._digits):
                self._paint_box(painter, at)

    def _become(self, typed: str) -> None:
        self._typed = typed
        self.setAccessibleDescription(f"{len(typed)} / {self._digits}")
        self.changed.emit(len(typed))
        self.update()

    def _paint_box(self, painter: QPainter, at: int) -> None:
        place = QRectF(at * (self._box + self._gap), 0, self._box, self._high)
        next_one = self.hasFocus() and at == min(len(self._typed), self._digits - 1)
        wrong = bool(self.property("wrong")) and not self.hasFocus()
        border = Tone.ACCENT if next_one else Tone.RED if wrong else Tone.LINE2
        surface, radius = theme.colour(Tone.SURFACE), tokens().radius["control"]
        thick = 2 if next_one or wrong else 1
        painting.box(painter, place, surface, theme.colour(border), radius, thick)
        if at < len(self._typed):
            dot = QRectF(place.center().x() - 5.5, place.center().y() - 5.5, 11, 11)
            painting.box(painter, dot, theme.colour(Tone.INK), None, 5.5)
