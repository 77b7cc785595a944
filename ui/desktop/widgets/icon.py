"""An icon as a widget of its own, plain or on a tile of its tint."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Hue, Tone, tokens
from ui.desktop.widgets import painting

TILE = 34


class Icon(QWidget):
    """An icon in a colour; it says nothing to a screen reader, the words beside it do."""

    def __init__(
        self, name: str, tone: Tone = Tone.INK2, size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, tone: Tone) -> None:
        """Show this instead."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painting.icon(painter, self._name, self.rect(), self._tone, self._size)


class Tile(Icon):
    """An icon on a square of its tint, 34 px."""

    def __init__(self, name: str, hue: Hue, parent: QWidget | None = None) -> None:
        super().__init__(name, hue.solid, 18, parent)
        self._hue = hue

    def sizeHint(self) -> QSize:
        return QSize(TILE, TILE)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            place = QRect(0, 0, TILE, TILE)
            painting.box(painter, place, theme.colour(self._hue.tint), None, tokens().radius["control"])
            painting.icon(painter, self._name, place, self._tone, self._size)
