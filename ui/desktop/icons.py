"""The icons of resources/icons, drawn in a colour of the theme at the screen's own resolution."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from ui.desktop.tokens import RESOURCES, tokens

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

FOLDER = RESOURCES / "icons"


def draw(painter: QPainter, name: str, x: float, y: float, colour: QColor, size: int = 18) -> None:
    """Draw an icon, `size` logical pixels square, with its top left corner at x, y."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(round(x), round(y), pixmap(name, colour.name(), size, ratio))


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The picture of an icon in a colour "#RRGGBB", kept; KeyError when there is no such icon."""
    drawing, side = _renderer(name, colour), round(size * ratio)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    from PySide6.QtSvg import QSvgRenderer  # the first page has no icon, and Qt's SVG is a library of its own

    file = FOLDER / f"{name}.svg"
    if not file.is_file():
        raise KeyError(name)
    drawing = file.read_text(encoding="utf-8").replace("currentColor", colour)
    drawing = drawing.replace('stroke-width="2"', f'stroke-width="{tokens().icon_stroke}"')
    return QSvgRenderer(QByteArray(drawing.encode()))
