"""What the painted widgets and table cells share: boxes, texts on their line, key caps, the focus ring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.desktop import icons, theme
from ui.desktop.tokens import Role, Tone

KEY_HEIGHT = 20
_KEY_PAD = 7
ARROWS = {"↑": "arrow-up", "↓": "arrow-down", "←": "arrow-left", "→": "arrow-right"}
"""The fonts have no arrows, so a key named by one gets the icon."""


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    """A smooth painter on the widget, for the length of a paintEvent."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    try:
        yield painter
    finally:
        painter.end()


def box(
    painter: QPainter,
    rect: QRect | QRectF,
    fill: QColor | None,
    border: QColor | None = None,
    radius: float = 0,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """A rounded box whose border lies wholly inside `rect`, sharp at whole pixels."""
    inner = QRectF(rect)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(border, width)
        if dashed:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        inner = inner.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = max(0, radius - width / 2)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner, radius, radius)


def no_pen() -> QPen:
    """For shapes without an outline."""
    return QPen(Qt.PenStyle.NoPen)


def ring(painter: QPainter, rect: QRect | QRectF, radius: float, tone: Tone = Tone.ACCENT) -> None:
    """The 2 px focus ring, inside `rect`."""
    box(painter, rect, None, theme.colour(tone), radius, width=2)


def text(
    painter: QPainter,
    rect: QRect | QRectF,
    words: str,
    role: Role,
    tone: Tone,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line in the middle of the rect's height, ended with … where it does not fit."""
    place, measure = QRectF(rect), theme.metrics(role)
    shown = words
    long = measure.horizontalAdvance(words)
    if long > place.width() + 0.5:
        text_is_cut(words)
        shown = measure.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        long = measure.horizontalAdvance(shown)
    spare = place.width() - long
    left = place.left()
    if align & Qt.AlignmentFlag.AlignRight:
        left += spare
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left += spare / 2
    painter.setFont(theme.font(role))
    painter.setPen(theme.colour(tone))
    painter.drawText(QPointF(left, baseline(place, role)), shown)


def text_is_cut(words: str) -> None:
    """Nothing to do in earnest: tests listen here for texts that did not fit their place."""


def baseline(place: QRectF, role: Role) -> float:
    """Where a line in the middle of the place stands: what the eye centres is a capital letter."""
    measure = theme.metrics(role)
    return round(place.top() + (place.height() + measure.capHeight()) / 2)


def icon(painter: QPainter, name: str, rect: QRect | QRectF, tone: Tone, size: int = 18) -> None:
    """An icon in the middle of the rect."""
    place = QRectF(rect)
    left, top = place.center().x() - size / 2, place.center().y() - size / 2
    icons.draw(painter, name, left, top, theme.colour(tone), size)


def hairline(painter: QPainter, left: int, right: int, y: int, tone: Tone = Tone.LINE) -> None:
    """A level line one pixel thick, from left to right (not included)."""
    painter.fillRect(QRect(left, y, right - left, 1), theme.colour(tone))


def key_width(caption: str) -> int:
    """How wide a key's cap is."""
    if caption in ARROWS:
        return 24
    return max(20, theme.width(Role.KEY, caption) + 2 * _KEY_PAD)


def key_cap(
    painter: QPainter, left: float, top: float, caption: str, ink: Tone, border: Tone, fill: Tone | None
) -> float:
    """A key of the keyboard as it is drawn in buttons and helps, 20 px high; returns its width."""
    place = QRectF(left, top, key_width(caption), KEY_HEIGHT)
    box(painter, place, None if fill is None else theme.colour(fill), theme.colour(border), radius=5)
    if caption in ARROWS:
        icon(painter, ARROWS[caption], place, ink, 14)
    else:
        text(painter, place, caption, Role.KEY, ink, Qt.AlignmentFlag.AlignHCenter)
    return place.width()
