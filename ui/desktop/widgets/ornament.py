"""Kawung, the one ornament: the four petals of the mark, and the cloth of them behind empty places."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Hue, Tone, tokens
from ui.desktop.widgets import painting

_STEP = 44
_LIFT = 32  # how much of the first row of fields is above the edge


def draw_mark(painter: QPainter, place: QRectF, colour: QColor) -> None:
    """The mark: four petals that meet in the middle of a square place."""
    painter.save()
    painter.translate(place.center())
    painter.setPen(painting.no_pen())
    painter.setBrush(colour)
    half = place.width() / 2
    for quarter in range(4):
        painter.save()
        painter.rotate(45 + 90 * quarter)
        painter.drawEllipse(QPointF(half * 0.72, 0), half * 0.62, half * 0.43)
        painter.restore()
    painter.restore()


def draw_cloth(painter: QPainter, place: QRectF, ground: Tone, figure: Tone, radius: float = 0) -> None:
    """The cloth: diagonal petals on a grid of 44 px, a dot where they meet."""
    painter.save()
    clip = QPainterPath()
    clip.addRoundedRect(place, radius, radius)
    painter.setClipPath(clip)
    painter.fillRect(place, theme.colour(ground))
    painter.setPen(painting.no_pen())
    painter.setBrush(theme.colour(figure))
    for down in range(-1, int(place.height() / _STEP) + 2):
        for along in range(-1, int(place.width() / _STEP) + 2):
            corner = QPointF(place.left() + along * _STEP, place.top() + down * _STEP - _LIFT)
            _petal(painter, corner, upward=(along + down) % 2 == 0)
    painter.restore()


def _petal(painter: QPainter, corner: QPointF, upward: bool) -> None:
    """A petal across one field of the grid; four of them meet at every second corner, where a dot is."""
    painter.save()
    painter.translate(corner)
    if not upward:
        painter.drawEllipse(QPointF(0, 0), 3, 3)
    painter.translate(_STEP / 2, _STEP / 2)
    painter.rotate(-45 if upward else 45)
    painter.drawEllipse(QPointF(0, 0), 26, 14)
    painter.restore()


class Cloth(QWidget):
    """A field of kawung that fills its place, for the side of the sign-in page."""

    def __init__(
        self, ground: Tone = Tone.RAIL, figure: Tone = Tone.RAIL_KAWUNG, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ground, self._figure = ground, figure

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            draw_cloth(painter, QRectF(self.rect()), self._ground, self._figure)


class EmptyPicture(QWidget):
    """A sheet of a roll call on kawung cloth: what stands beside the first steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(250, 190)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            draw_cloth(painter, QRectF(self.rect()), Tone.ACCENT_SOFT, Tone.KAWUNG, tokens().radius["card"])
            painter.setClipRect(self.rect())
            sheet = QRectF(53, 29, 143, 180)
            painting.box(painter, sheet, theme.colour(Tone.SURFACE), theme.colour(Tone.LINE2), 8)
            painting.box(painter, QRectF(69, 47, 62, 9), theme.colour(Tone.ACCENT), None, 4)
            for at, (long, hue) in enumerate(_LINES):
                self._paint_line(painter, 75.0 + 23 * at, long, hue)

    def _paint_line(self, painter: QPainter, top: float, long: int, hue: Hue | None) -> None:
        painting.box(painter, QRectF(69, top, long, 6), theme.colour(Tone.LINE), None, 3)
        chip = QRectF(155, top - 5, 24, 15)
        if hue is None:
            painting.box(painter, chip, None, theme.colour(Tone.LINE2), 4, dashed=True)
        else:
            painting.box(painter, chip, theme.colour(hue.tint), None, 4)
            painting.icon(painter, "check", chip, hue.solid, 14)


_LINES = ((60, Hue.GREEN), (48, Hue.GREEN), (66, Hue.AMBER), (52, Hue.GREEN), (58, None))
