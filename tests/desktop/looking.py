"""Eyes on a window: what is squeezed or scrolls sideways, what Tab reaches, how far text stands out."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QScrollArea, QWidget

from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.table import TableView

_MOST_STEPS = 400
_RING = 16  # pixels that change when the focus comes: a ring has many more, a cursor alone has as many


def shown(window: QWidget) -> Iterator[QWidget]:
    """Everything one can see in a window, as far as it is not scrolled away."""
    return (child for child in window.findChildren(QWidget) if child.isVisible())


def called(widget: QWidget) -> str:
    """How a test tells of a widget."""
    said = widget.text() if isinstance(widget, Label) else widget.accessibleName()
    return f"{type(widget).__name__} {said!r} {widget.width()}x{widget.height()}"


def squeezed(window: QWidget) -> list[str]:
    """Texts and groups that have less room than they need, and those that stick out of what they are in."""
    return [called(child) for child in shown(window) if _is_squeezed(child) or _sticks_out(child, window)]


def sideways(window: QWidget) -> list[str]:
    """What one would have to scroll from left to right."""
    areas = (child for child in shown(window) if isinstance(child, QAbstractScrollArea))
    return [called(area) for area in areas if area.horizontalScrollBar().maximum() > 0]


def told_by_tables(window: QWidget) -> str:
    """All that tables tell of their cells: where a cell is cut, the mouse resting on it says the whole."""
    said = []
    for table in window.findChildren(TableView):
        places = [(row, at) for row in range(table.rows.rowCount()) for at in range(table.rows.columnCount())]
        said += [table.rows.cell(row, at).words() for row, at in places if table.rows.row_at(row) is not None]
    return "\n".join(said)


def takes_focus(window: QWidget) -> list[QWidget]:
    """What has to be reached by Tab."""
    return [
        child
        for child in shown(window)
        if child.isEnabled()
        and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.focusProxy() is None
        and not (isinstance(child, Label) and "<a " not in child.text())
        and not isinstance(child, QScrollArea)
        and not _left_to_arrows(child)
    ]


def _left_to_arrows(child: QWidget) -> bool:
    """Of choices that exclude each other Tab goes to the chosen one, and arrow keys to the others."""
    return isinstance(child, QAbstractButton) and child.autoExclusive() and not child.isChecked()


def walked(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where Tab leads, from where the focus is until it is there again."""
    seen: list[QWidget] = []
    for _ in range(_MOST_STEPS):
        at = QApplication.focusWidget()
        if at is None or (seen and at is seen[0]):
            break
        if at not in seen:
            seen.append(at)
        QTest.keyClick(at, key)
    return seen


def ringed(widget: QWidget, window: QWidget) -> bool:
    """Whether one sees the focus come to a widget."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
    window.setFocus()
    before = window.grab(place).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    after = window.grab(place).toImage()
    return _differing(before, after) >= _RING


def contrast(picture: QImage, place: QRect) -> float:
    """How far what is drawn in a place stands out from its ground, the most frequent colour (WCAG)."""
    found = Counter(_pixels(picture.copy(place.intersected(picture.rect()))))
    if len(found) < 2:
        return 21.0
    ground = luminance(found.most_common(1)[0][0])
    return max(ratio(luminance(pixel), ground) for pixel in found)


@cache
def luminance(pixel: int) -> float:
    """Relative luminance of a colour 0xRRGGBB, by WCAG 2.2."""
    red, green, blue = (_linear((pixel >> shift & 255) / 255) for shift in (16, 8, 0))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: float, other: float) -> float:
    """The contrast of two luminances."""
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _is_squeezed(child: QWidget) -> bool:
    if isinstance(child, Label):
        if child.wordWrap():
            return child.height() < child.heightForWidth(child.width())
        return child.width() < child.sizeHint().width()
    layout = child.layout()
    return layout is not None and child.width() < layout.totalMinimumSize().width()


def _sticks_out(child: QWidget, window: QWidget) -> bool:
    """Whether a text is clipped by what it is in, where that does not scroll."""
    if not isinstance(child, Label) or not child.text():
        return False
    around = child.parentWidget()
    while around is not None and around is not window:
        if isinstance(around.parentWidget(), QAbstractScrollArea):
            return False
        place = QRect(child.mapTo(around, QPoint(0, 0)), child.size())
        if not around.rect().adjusted(-1, -1, 1, 1).contains(place):
            return True
        around = around.parentWidget()
    return False


def _differing(one: QImage, other: QImage) -> int:
    return sum(map(operator.ne, _pixels(one), _pixels(other)))


def _pixels(picture: QImage) -> list[int]:
    """Its pixels from left to right and top to bottom."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(plain.constBits()).cast("I").tolist()
