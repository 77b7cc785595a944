"""Rows and columns of widgets in one call, so that a page reads like what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

Margins = tuple[int, int, int, int]
"""Left, top, right, bottom in logical pixels."""

NONE: Margins = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Grow:
    """Something that takes the room that is left; nothing in it is an empty stretch."""

    item: QWidget | QLayout | None = None
    share: int = 1


@dataclass(frozen=True, slots=True)
class Put:
    """Something at an edge of its place instead of filling it."""

    item: QWidget
    where: Qt.AlignmentFlag


L = TypeVar("L", bound=QBoxLayout)

Item = QWidget | QLayout | int | Grow | Put
"""An int is an empty space of that many logical pixels, besides the layout's own."""


def column(*items: Item, space: int = 0, margins: Margins = NONE) -> QVBoxLayout:
    """These from top to bottom."""
    return _filled(QVBoxLayout(), items, space, margins)


def row(*items: Item, space: int = 0, margins: Margins = NONE) -> QHBoxLayout:
    """These from left to right."""
    return _filled(QHBoxLayout(), items, space, margins)


def widget(layout: QLayout, parent: QWidget | None = None) -> QWidget:
    """A plain widget around a layout, to show and hide it as one."""
    made = QWidget(parent)
    made.setLayout(layout)
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """The content, scrolling from top to bottom where it does not fit; as wide as its place."""
    area = _Scrolled()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


class _Scrolled(QScrollArea):
    """Gives its content the height that its width asks for. Qt's own resizing goes by the least width there
    could be, at which texts that wrap are many lines high."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        """Decide on the bar by the room without one: left to Qt, a content that fits only beside it would
        have it come and go without an end."""
        content = self.widget()
        if content is None:
            return
        room = self.contentsRect().size()
        high = self._height(content, room.width())
        scrolls = high > room.height()
        always = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollBarPolicy(always if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        wide = room.width() - (self.verticalScrollBar().sizeHint().width() if scrolls else 0)
        content.resize(wide, max(self._height(content, wide), room.height()))

    @staticmethod
    def _height(content: QWidget, width: int) -> int:
        high = content.heightForWidth(width)
        return high if high >= 0 else content.sizeHint().height()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (taken := layout.takeAt(0)) is not None:
        if (inner := taken.layout()) is not None:
            clear(inner)
        if (shown := taken.widget()) is not None:
            shown.hide()
            shown.deleteLater()


def fill(layout: QBoxLayout, items: Sequence[Item]) -> None:
    """Add these to a layout."""
    for item in items:
        _add(layout, item)


def _filled(layout: L, items: Sequence[Item], space: int, margins: Margins) -> L:
    layout.setSpacing(space)
    layout.setContentsMargins(*margins)
    fill(layout, items)
    return layout


def _add(layout: QBoxLayout, item: Item) -> None:
    match item:
        case int():
            layout.addSpacing(item)
        case Grow(item=None, share=share):
            layout.addStretch(share)
        case Grow(item=QLayout() as inner, share=share):
            layout.addLayout(inner, share)
        case Grow(item=QWidget() as inner, share=share):
            layout.addWidget(inner, share)
        case Put(item=inner, where=where):
            layout.addWidget(inner, 0, where)
        case QLayout():
            layout.addLayout(item)
        case QWidget():
            layout.addWidget(item)
