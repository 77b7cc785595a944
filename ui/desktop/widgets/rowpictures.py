"""Pictures of a table's rows, kept: drawing a table again is one call a row and not a hundred.

That matters most while a lane works hard: every call into Qt may cost the window its turn.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets import chips, painting
from ui.desktop.widgets.rows import Group
from ui.desktop.widgets.tableparts import EDGE

if TYPE_CHECKING:
    from ui.desktop.widgets.table import TableView

KEPT_BYTES = 24_000_000
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _State:
    """All that a row's picture depends on besides the row."""

    selected: bool
    column: int
    hovered: bool
    last: bool
    size: tuple[int, int]
    ratio: float


@dataclass(frozen=True, slots=True)
class _Kept:
    """A picture with what it is of."""

    entry: Any
    state: _State
    picture: QPixmap


class RowPictures:
    """Draws the rows of one table and keeps what it drew; a row that is equal looks the same."""

    def __init__(self, table: TableView) -> None:
        self._table = table
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._bytes = 0

    def forget(self) -> None:
        """Draw all of them anew: colours, language or widths have changed."""
        self._kept.clear()
        self._bytes = 0

    def of(self, at: int) -> QPixmap:
        """The picture of the row at a place, at the screen's own resolution."""
        entry, state = self._table.rows.entry(at), self._state(at)
        name = self._table.rows.name(entry)
        kept = self._kept.get(name)
        if kept is not None and kept.state == state and kept.entry == entry:
            self._kept.move_to_end(name)
            return kept.picture
        made = self._draw(at, state)
        self._keep(name, _Kept(entry, state, made))
        return made

    def _keep(self, name: Hashable, made: _Kept) -> None:
        old = self._kept.pop(name, None)
        self._bytes += _bytes(made) - (0 if old is None else _bytes(old))
        self._kept[name] = made
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            self._bytes -= _bytes(self._kept.popitem(last=False)[1])

    def _state(self, at: int) -> _State:
        table, current = self._table, self._table.currentIndex()
        return _State(
            at == current.row(),
            current.column() if table.by_cell else -1,
            at == table.hovered,
            at == table.rows.rowCount() - 1,
            (table.horizontalHeader().length(), table.rowHeight(at)),
            table.devicePixelRatioF(),
        )

    def _draw(self, at: int, state: _State) -> QPixmap:
        size = QSize(*state.size)
        made = QPixmap(size * state.ratio)
        made.setDevicePixelRatio(state.ratio)
        made.fill(theme.colour(Tone.SURFACE))
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entry = self._table.rows.entry(at)
        if isinstance(entry, Group):
            _draw_group(painter, size, entry)
        else:
            self._draw_row(painter, size, at, state)
        painter.end()
        return made

    def _draw_row(self, painter: QPainter, size: QSize, at: int, state: _State) -> None:
        table = self._table
        whole = QRect(0, 0, size.width(), size.height())
        soft = state.selected and table.soft
        ground = Tone.ACCENT_SOFT if soft else Tone.BG if state.hovered else Tone.SURFACE
        painter.fillRect(whole, theme.colour(ground))
        for column in range(table.rows.columnCount()):
            left, wide = table.horizontalHeader().sectionPosition(column), table.columnWidth(column)
            self._draw_cell(painter, QRect(left, 0, wide, size.height()), at, column, state)
        if not state.last or not table.framed:
            painting.hairline(painter, 0, size.width(), size.height() - 1)
        if state.selected:
            bar = QRect(0, 0, 5 if table.framed else 4, size.height())
            painter.fillRect(bar, theme.colour(Tone.ACCENT))

    def _draw_cell(self, painter: QPainter, rect: QRect, at: int, column: int, state: _State) -> None:
        table = self._table
        current = table.by_cell and column == state.column and column > 0
        if current:
            painter.fillRect(rect, theme.colour(Tone.ACCENT_SOFT))
        if table.grid and 0 < column < table.rows.columnCount() - 1:
            painter.fillRect(QRect(rect.right(), 0, 1, rect.height()), theme.colour(Tone.LINE))
        cell = table.rows.cell(at, column, state.selected)
        cell.draw(painter, table.cell_place(QRectF(rect), column), state.selected)
        if state.selected and table.by_cell and column == state.column:
            painting.ring(painter, rect.adjusted(0, 0, -1, -1), 2, cell.ring)


def _draw_group(painter: QPainter, size: QSize, group: Group) -> None:
    whole = QRect(0, 0, size.width(), size.height())
    painter.fillRect(whole, theme.colour(Tone.SUNKEN))
    painting.hairline(painter, 0, size.width(), size.height() - 1)
    said = str(group.title)
    place = QRectF(EDGE, 0, theme.width(Role.STRONG, said), size.height())
    painting.text(painter, place, said, Role.STRONG, Tone.INK)
    if group.chip is not None:
        chips.draw(painter, place.right() + 10, (size.height() - chips.HEIGHT) // 2, group.chip)


def _bytes(kept: _Kept) -> int:
    return kept.picture.width() * kept.picture.height() * 4


class CellEditor(QStyledItemDelegate):
    """The field that a cell is typed into; the rows themselves are painted by their pictures."""

    def __init__(self, table: TableView) -> None:
        super().__init__(table)
        self._table = table

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A bare field in the cell's own place, the text in it selected."""
        field = QLineEdit(parent)
        field.setProperty("cell", True)
        field.setFont(theme.font(Role.BODY))
        field.setAlignment(self._table.rows.columns[index.column()].edge.value)
        return field

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """What was typed goes to whoever listens; the row comes back changed, or it does not."""
        assert isinstance(editor, QLineEdit)
        key = self._table.rows.key_at(index.row())
        self._table.edited.emit(key, index.column(), editor.text())
