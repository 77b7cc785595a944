"""The table: rows drawn as the design has them, one at a time selected, all of it by keyboard.

The selected row is soft with the accent's bar at its left and its name strong. Letters, digits and "/"
are left to the page, which is how a roll call is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QToolTip, QWidget

from ui.desktop.tokens import Tone
from ui.desktop.widgets import painting
from ui.desktop.widgets.rowpictures import CellEditor, RowPictures
from ui.desktop.widgets.rows import Group, Index, RowsModel
from ui.desktop.widgets.tableparts import Frame, dress, pads, widths

GROUP_HEIGHT = 46
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TableView(QTableView):
    """A table over a RowsModel.

    `row_height` for all rows; `open_height` for the selected one where it shows more. `by_cell` moves by
    cells and lets columns with `edit` be typed into; `grid` draws lines between columns too. A framed table
    has its own border and corners on `ground`, and is as high as its rows where there is room.

    Tables that stand under each other share the widths of their columns by `measured`: a model of all their
    rows. `heights` gives single rows (and group heads) another height than the usual one, None: the usual.

    Signals:
        chosen: the selection moved to the row of this key (None: to nothing).
        opened: Enter or a double click on the row of this key.
        hit: something inside a cell was pressed: key of the row, column, what (Cell.hit).
        edited: a cell was typed into: key of the row, column, the text. The table itself changes nothing.
    """

    chosen = Signal(object)
    opened = Signal(object)
    hit = Signal(object, int, str)
    edited = Signal(object, int, str)

    def __init__(
        self,
        model: RowsModel[Any],
        name: str = "",
        row_height: int = 28,
        open_height: int = 0,
        head_height: int = 33,
        by_cell: bool = False,
        grid: bool = False,
        framed: bool = True,
        ground: Tone = Tone.BG,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = model
        self.measured: RowsModel[Any] = model
        self.heights: Callable[[Any], int | None] | None = None
        self.by_cell, self.grid, self.framed = by_cell, grid, framed
        self.came_by_tab = False  # then a ring shows where the focus is; where one works the row itself does
        self.soft = not by_cell  # whether the whole row of the current cell is shown as selected
        self.hovered = -1
        self._open_height = open_height
        self._kept: Hashable | None = None
        self._last = -1
        self._row_height = row_height
        self.setAccessibleName(name)
        dress(self, head_height)
        self._frame = Frame(self, ground)
        self._frame.setVisible(framed)
        self.setItemDelegate(CellEditor(self))
        self._pictures = RowPictures(self)
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)
        model.modelReset.connect(self._on_model_reset)
        self._on_model_reset()

    def key(self) -> Hashable | None:
        """The key of the selected row."""
        return self.rows.key_at(self.currentIndex().row())

    def select(self, key: Hashable | None, column: int = 0) -> bool:
        """Select the row of this key and bring it into sight; False when it is not here."""
        at = -1 if key is None else self.rows.place(key)
        if at < 0:
            return False
        self.setCurrentIndex(self.rows.index(at, column if self.by_cell else 0))
        return True

    def select_first(self) -> None:
        """Select the first row, if there is one and none is selected."""
        first = next((at for at in range(self.rows.rowCount()) if self.rows.row_at(at) is not None), -1)
        if first >= 0 and self.key() is None:
            self.setCurrentIndex(self.rows.index(first, 0))

    def set_row_height(self, height: int) -> None:
        """Another height for all rows (28 where there is room, 26 on a low screen)."""
        if height != self._row_height:
            self._row_height = height
            self._set_heights()

    def place_of(self, key: Hashable, column: int) -> QRectF:
        """Where a cell lies in the coordinates of the table; empty when it is out of sight."""
        rect = self.visualRect(self.rows.index(self.rows.place(key), column))
        return QRectF(rect.translated(self.viewport().pos()))

    def fit(self) -> None:
        """Find widths and heights anew, where something else than the rows has changed them."""
        self._set_heights()
        self._set_widths()

    def redraw(self) -> None:
        """Draw every row anew, where something else than the rows has changed what they look like."""
        self._pictures.forget()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(320, self._content_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, min(self._content_height(), self._head_height() + 3 * self._row_height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._frame.setGeometry(self.rect())
        self._set_widths()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.rows.said_again()
            self._set_widths()
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.redraw()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() == self._last and not self.by_cell:
            return
        self._open(current.row())
        self.viewport().update()
        if self.by_cell:
            self.horizontalHeader().viewport().update()
        self.chosen.emit(self.rows.key_at(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() is QAbstractItemView.State.EditingState
        if event.key() in _OPENING and not event.modifiers() and not editing:
            self._open_current(event)
        elif event.key() == Qt.Key.Key_Space or (not self.by_cell and _belongs_to_page(event)):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        left = self.columnViewportPosition(0)
        last = self.rowAt(event.rect().bottom())
        last = self.rows.rowCount() - 1 if last < 0 else last
        with painting.painting(self.viewport()) as painter:
            for at in range(max(0, self.rowAt(event.rect().top())), last + 1):
                painter.drawPixmap(left, self.rowViewportPosition(at), self._pictures.of(at))

    def viewportEvent(self, event: QEvent) -> bool:
        """Where a text had to be cut, the whole of it is told when the mouse rests there."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._cut_words(self.indexAt(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        key = self.rows.key_at(index.row())
        if key is None:
            return
        place = self.cell_place(QRectF(self.visualRect(index)), index.column())
        chosen = index.row() == self.currentIndex().row()
        cell = self.rows.cell(index.row(), index.column(), chosen)
        what = cell.hit(QPointF(event.position()), place)
        if what:
            self.hit.emit(key, index.column(), what)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        key = self.rows.key_at(self.indexAt(event.position().toPoint()).row())
        if key is not None and not self.by_cell:
            self.opened.emit(key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.came_by_tab = event.reason() in _BY_TAB
        self.select_first()
        self._frame.update()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._frame.update()
        self.viewport().update()

    def cell_place(self, rect: QRectF, column: int) -> QRectF:
        """The part of a cell that its content has."""
        before, after = pads(self.rows, column, self.grid)
        return rect.adjusted(before, 0, -after, -1)

    def _on_model_about_to_be_reset(self) -> None:
        self._kept = self.key()

    def _on_model_reset(self) -> None:
        self._last = -1
        self._set_heights()
        self._set_widths()
        if not self.select(self._kept):
            self.selectionModel().clear()
        self.updateGeometry()

    def _set_heights(self) -> None:
        head = self.verticalHeader()
        head.setDefaultSectionSize(self._row_height)
        self.clearSpans()
        for at, entry in enumerate(self.rows.entries()):
            own = None if self.heights is None else self.heights(entry)
            if isinstance(entry, Group):
                self.setRowHeight(at, own or (GROUP_HEIGHT if self._row_height > 26 else 36))
                if self.rows.columnCount() > 1:
                    self.setSpan(at, 0, 1, self.rows.columnCount())
            elif own is not None:
                self.setRowHeight(at, own)
        self._last = -1
        self._open(self.currentIndex().row())
        self.setMaximumHeight(self._content_height() if self.framed else 16777215)
        self.updateGeometry()

    def _open(self, at: int) -> None:
        """Give the selected row its own height, and the one before it the usual one again."""
        if self._open_height:
            if 0 <= self._last < self.rows.rowCount() and self.rows.row_at(self._last) is not None:
                self.setRowHeight(self._last, self._row_height)
            if at >= 0 and self.rows.row_at(at) is not None:
                self.setRowHeight(at, self._open_height)
        self._last = at

    def _set_widths(self) -> None:
        wide = widths(self.measured, self.viewport().width(), self.grid)
        if wide == [self.columnWidth(at) for at in range(len(wide))]:
            return
        for at, pixels in enumerate(wide):
            self.setColumnWidth(at, pixels)
        self.redraw()

    def _content_height(self) -> int:
        rows = self.verticalHeader().length()
        spare = max(0, self._open_height - self._row_height) if self._last < 0 else 0
        return self._head_height() + rows + spare + (1 if self.framed else 0)

    def _head_height(self) -> int:
        head = self.horizontalHeader()
        return 0 if head.isHidden() else head.sizeHint().height()

    def _cut_words(self, index: QModelIndex) -> str:
        if self.rows.row_at(index.row()) is None:
            return ""
        cell = self.rows.cell(index.row(), index.column())
        room = self.cell_place(QRectF(self.visualRect(index)), index.column()).width()
        return cell.words() if cell.wide() > room + 1 else ""

    def _hover(self, at: int) -> None:
        if at != self.hovered:
            self.hovered = at
            self.viewport().update()

    def _open_current(self, event: QKeyEvent) -> None:
        key = self.key()
        if key is None:
            event.ignore()
        else:
            self.opened.emit(key)


def _belongs_to_page(event: QKeyEvent) -> bool:
    """Whether a table of whole rows leaves this key to its page."""
    return bool(event.text().strip()) or event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
