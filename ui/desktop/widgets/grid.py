"""A grid to type numbers into: walked by Enter, with a foot that stays where it is while the rows scroll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.layouts import Grow, column
from ui.desktop.widgets.rowpictures import CellEditor
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.wording import Text

ROW = 24
_HEAD = 49
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GOING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class GridTable(TableView):
    """A table by cells. Enter goes down the column out of a cell that is typed into (`opened` says Enter on
    any other), Shift+Enter goes up.

    Signals:
        emptied: Delete was pressed on the cell of this row and column.
        pasted: Ctrl+V; what is in the clipboard is for the page to read.
        undone: Ctrl+Z while nothing is being typed.
    """

    emptied = Signal(object, int)
    pasted = Signal()
    undone = Signal()

    def __init__(self, model: RowsModel[Any], name: str) -> None:
        super().__init__(model, name, ROW, head_height=_HEAD, by_cell=True, grid=True, framed=False)
        self.setItemDelegate(_WalkingEditor(self))

    def walk(self, by: int) -> None:
        """Go so many rows down the column; not beyond its ends, nor past what the page keeps one at."""
        at = self.currentIndex()
        self.setCurrentIndex(
            self.rows.index(min(max(at.row() + by, 0), self.rows.rowCount() - 1), at.column())
        )

    def stay(self, key: object, column: int) -> None:
        """Go (back) to a cell once the key that is being handled has had its effect."""
        QTimer.singleShot(0, self, lambda: self.select(key, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTERS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.walk(-1)
        elif event.key() in _GOING and not event.modifiers():
            self.emptied.emit(self.key(), self.currentIndex().column())
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        else:
            super().keyPressEvent(event)


class _WalkingEditor(CellEditor):
    """The field of a cell; Enter hands over what was typed and goes on."""

    def __init__(self, table: GridTable) -> None:
        super().__init__(table)
        self._grid = table

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and isinstance(editor, QLineEdit)):
            return super().eventFilter(editor, event)
        if event.type() != QEvent.Type.KeyPress or event.key() not in _ENTERS:
            return super().eventFilter(editor, event)
        up = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._grid.walk(-1 if up else 1)
        return True


class Grid(QWidget):
    """The table with its foot in one frame, as high as its rows where there is room."""

    def __init__(self, table: GridTable, title_column: int, ground: Tone = Tone.BG) -> None:
        super().__init__()
        self.table = table
        self.foot = _Foot(table, title_column)
        self.setLayout(column(Grow(table), self.foot))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusProxy(table)
        self._frame = _Frame(self, ground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._frame.setGeometry(self.rect())
        self._frame.raise_()


class _Foot(QWidget):
    """One line under the rows, its figures under their columns."""

    def __init__(self, table: GridTable, title_column: int) -> None:
        super().__init__()
        self._table, self._title_column = table, title_column
        self._title: Text = ""
        self._figures: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.update())

    def show_figures(self, title: Text, figures: Sequence[str]) -> None:
        """What the line is, and one figure for each column; empty where there is none."""
        self._title, self._figures = title, tuple(figures)
        self.setAccessibleName(str(title))
        self.setAccessibleDescription(", ".join(figure for figure in figures if figure))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, ROW + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour(Tone.SUNKEN))
            painting.hairline(painter, 0, self.width(), 0)
            for at in range(self._table.rows.columnCount()):
                left, wide = self._table.columnViewportPosition(at), self._table.columnWidth(at)
                place = QRectF(left, 1, wide, ROW)
                if 0 < at < self._table.rows.columnCount() - 1:
                    painter.fillRect(QRectF(place.right() - 1, 0, 1, ROW + 1), theme.colour(Tone.LINE))
                if at == self._title_column:
                    inner = self._table.cell_place(place, at)
                    painting.text(painter, inner, str(self._title), Role.STRONG, Tone.INK)
                elif at < len(self._figures):
                    middle = Qt.AlignmentFlag.AlignHCenter
                    painting.text(painter, place, self._figures[at], Role.STRONG, Tone.INK, middle)


class _Frame(QWidget):
    """Border and round corners over table and foot."""

    def __init__(self, grid: Grid, ground: Tone) -> None:
        super().__init__(grid)
        self._grid, self._ground = grid, ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        radius = tokens().radius["card"]
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(QRectF(self.rect()))
        inside.addRoundedRect(QRectF(self.rect()), radius, radius)
        with painting.painting(self) as painter:
            painter.fillPath(outside - inside, theme.colour(self._ground))
            painting.box(painter, self.rect(), None, theme.colour(Tone.LINE), radius)
            if self._grid.table.hasFocus() and self._grid.table.came_by_tab:
                painting.ring(painter, self.rect(), radius)
