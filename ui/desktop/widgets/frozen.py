"""A grid whose first columns stay in sight while the others scroll sideways."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Tone
from ui.desktop.widgets import painting
from ui.desktop.widgets.grid import GridTable
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.tableparts import Head

Index = QModelIndex | QPersistentModelIndex


class FrozenGrid(GridTable):
    """Its `kept` first columns lie over the others once these are scrolled. Qt knows nothing of that: where a
    point lies, and what is hidden, is said here."""

    kept = 0  # columns; already while Qt sets the table up
    _heads: _Heads | None = None

    def __init__(self, model: RowsModel[Any], name: str, kept: int) -> None:
        super().__init__(model, name)
        self.kept = kept
        self._heads = _Heads(self)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def frozen(self) -> int:
        """How many pixels at the left the first columns lie over; 0 while nothing is scrolled."""
        if not self.horizontalScrollBar().value():
            return 0
        return sum(self.columnWidth(at) for at in range(self.kept))

    def indexAt(self, pos: QPoint) -> QModelIndex:
        if pos.x() >= self.frozen:
            return super().indexAt(pos)
        at = next(n for n in range(self.kept) if pos.x() < self._right(n))
        return self.rows.index(self.rowAt(pos.y()), at)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        super().scrollTo(index, hint)
        hidden = self.frozen - self.columnViewportPosition(index.column())
        if index.column() >= self.kept and hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        wide = self.frozen
        if not wide:
            return
        last = self.rowAt(event.rect().bottom())
        last = self.rows.rowCount() - 1 if last < 0 else last
        with painting.painting(self.viewport()) as painter:
            for at in range(max(0, self.rowAt(event.rect().top())), last + 1):
                picture, high = self._pictures.of(at), self.rowHeight(at)
                ratio = picture.devicePixelRatio()
                place = QRectF(0, self.rowViewportPosition(at), wide, high)
                painter.drawPixmap(place, picture, QRectF(0, 0, wide * ratio, high * ratio))
            edge = QRect(wide - 1, 0, 1, self.viewport().height())
            painter.fillRect(edge, theme.colour(Tone.LINE2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_scrolled()

    def _right(self, column: int) -> int:
        return sum(self.columnWidth(at) for at in range(column + 1))

    def _on_scrolled(self) -> None:
        """Qt moves what was painted; the first columns must not move along."""
        self.viewport().update()
        if self._heads is not None:
            self._heads.follow()


class _Heads(QWidget):
    """The heads of the columns that stay."""

    def __init__(self, table: FrozenGrid) -> None:
        super().__init__(table.horizontalHeader())
        self._table = table
        self.hide()

    def follow(self) -> None:
        """Lie over the heads that scroll, as long as they do."""
        self.setGeometry(0, 0, self._table.frozen, self._table.horizontalHeader().height())
        self.setVisible(self._table.frozen > 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        head = self._table.horizontalHeader()
        assert isinstance(head, Head)
        left = 0
        with painting.painting(self) as painter:
            for at in range(self._table.kept):
                wide = self._table.columnWidth(at)
                head.paintSection(painter, QRect(left, 0, wide, self.height()), at)
                left += wide
            painter.fillRect(QRect(left - 1, 0, 1, self.height()), theme.colour(Tone.LINE2))
