"""Chips: a meaning as letter or icon and word on a tint, never colour alone; widget and painter."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Hue, Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.wording import Text

HEIGHT = 22
_SQUARE = 17
_INSET = 3


@dataclass(frozen=True, slots=True)
class ChipLook:
    """What a chip shows. `letter` stands on a solid square, `icon` before the word; `open` is the dashed
    chip of what has not been marked yet."""

    text: Text
    hue: Hue = Hue.GREY
    letter: str = ""
    icon: str = ""
    open: bool = False


def width(look: ChipLook) -> int:
    """How wide a chip is, in logical pixels."""
    said = theme.width(_role(look), str(look.text))
    if look.letter:
        return _INSET + _SQUARE + 6 + said + 9
    return said + (24 + 9 if look.icon else 20 if look.open else 18)


def draw(painter: QPainter, left: float, top: float, look: ChipLook, height: int = HEIGHT) -> None:
    """Draw a chip; `height` for rows that leave it less room."""
    place = QRectF(round(left), round(top), width(look), height)
    radius = tokens().radius["chip"]
    if look.open:
        surface, border = theme.colour(Tone.SURFACE), theme.colour(Tone.LINE2)
        painting.box(painter, place, surface, border, radius, dashed=True)
        painting.text(painter, place, str(look.text), Role.SMALL, Tone.INK2, Qt.AlignmentFlag.AlignHCenter)
        return
    painting.box(painter, place, theme.colour(look.hue.tint), None, radius)
    word = place.adjusted(9, 0, -9, 0)
    if look.letter:
        letter(painter, place.left() + _INSET, place.top() + (height - _SQUARE) // 2, look.letter, look.hue)
        word.setLeft(place.left() + _INSET + _SQUARE + 6)
    elif look.icon:
        spot = QRectF(place.left() + 7, place.top(), 14, height)
        painting.icon(painter, look.icon, spot, look.hue.solid, 14)
        word.setLeft(place.left() + 24)
    painting.text(painter, word, str(look.text), Role.SMALL_STRONG, look.hue.solid)


def letter(painter: QPainter, left: float, top: float, sign: str, hue: Hue, side: int = _SQUARE) -> None:
    """The solid square with its letter."""
    place = QRectF(left, top, side, side)
    painting.box(painter, place, theme.colour(hue.solid), None, tokens().radius["badge"])
    painting.text(painter, place, sign, Role.LETTER, Tone.SURFACE, Qt.AlignmentFlag.AlignHCenter)


def _role(look: ChipLook) -> Role:
    return Role.SMALL if look.open else Role.SMALL_STRONG


class Chip(QWidget):
    """A chip on a page."""

    def __init__(self, look: ChipLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_look(look)

    def show_look(self, look: ChipLook) -> None:
        """Show this instead."""
        self._look = look
        self.setAccessibleName(str(look.text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(width(self._look), HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_look(self._look)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            draw(painter, 0, 0, self._look)
