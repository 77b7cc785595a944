"""How a table's rows and heads are painted, and the field that a cell is typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import chips, painting
from ui.desktop.widgets.rows import Column, Edge, Group, RowsModel

if TYPE_CHECKING:
    from ui.desktop.widgets.table import TableView

PAD, EDGE, NUMBERS = 7, 18, 10
SAMPLE = 200  # rows that are measured for the width of a column
Index = QModelIndex | QPersistentModelIndex


class RowPainter(QStyledItemDelegate):
    """Paints each cell with its share of the row's ground, line and bar."""

    def __init__(self, table: TableView) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        entry = self._table.rows.entry(index.row())
        if isinstance(entry, Group):
            self._paint_group(painter, rect, entry)
            return
        selected = index.row() == self._table.currentIndex().row()
        self._paint_ground(painter, rect, index, selected)
        cell = self._table.rows.cell(index.row(), index.column())
        cell.draw(painter, self._table.cell_place(QRectF(rect), index.column()), selected)
        if self._table.by_cell and index == self._table.currentIndex():
            painting.ring(painter, rect.adjusted(0, 0, -1, -1), 2)

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

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        table = self._table
        column = table.by_cell and index.column() == table.currentIndex().column() and index.column() > 0
        soft = (selected and not table.by_cell) or column
        hovered = index.row() == table.hovered
        fill = Tone.ACCENT_SOFT if soft else Tone.BG if hovered else Tone.SURFACE
        painter.fillRect(rect, theme.colour(fill))
        bottom = rect.bottom()
        if index.row() < table.rows.rowCount() - 1 or not table.framed:
            painting.hairline(painter, rect.left(), rect.right() + 1, bottom)
        if table.grid and 0 < index.column() < table.rows.columnCount() - 1:
            painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.colour(Tone.LINE))
        if selected and index.column() == 0:
            bar = QRect(rect.left(), rect.top(), 5 if table.framed else 4, rect.height())
            painter.fillRect(bar, theme.colour(Tone.ACCENT))

    def _paint_group(self, painter: QPainter, rect: QRect, group: Group) -> None:
        painter.fillRect(rect, theme.colour(Tone.SUNKEN))
        painting.hairline(painter, rect.left(), rect.right() + 1, rect.bottom())
        said = str(group.title)
        wide = theme.width(Role.STRONG, said)
        place = QRectF(rect.left() + EDGE, rect.top(), wide, rect.height())
        painting.text(painter, place, said, Role.STRONG, Tone.INK)
        if group.chip is not None:
            top = rect.top() + (rect.height() - chips.HEIGHT) / 2
            chips.draw(painter, place.right() + 10, top, group.chip)


class Head(QHeaderView):
    """The heads of the columns, in words; with a number over each where the columns have one."""

    def __init__(self, table: TableView, height: int) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table, self._height = table, height
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @staticmethod
    def needed(column: Column[Any]) -> int:
        """How wide a head is at least; the words under a number may break, so only the longest one counts."""
        if column.over:
            return max(theme.width(Role.TINY, part) for part in str(column.title).split() or [""]) + 4
        return theme.width(Role.HEAD, str(column.title))

    def sizeHint(self) -> QSize:
        return QSize(200, self._height)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = self._table.rows.columns[logicalIndex]
        current = self._table.by_cell and logicalIndex == self._table.currentIndex().column() > 0
        painter.fillRect(rect, theme.colour(Tone.ACCENT_SOFT if current else Tone.SURFACE))
        painting.hairline(painter, rect.left(), rect.right() + 1, rect.bottom())
        if self._table.grid and 0 < logicalIndex < self._table.rows.columnCount() - 1:
            painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.colour(Tone.LINE))
        place = self._table.cell_place(QRectF(rect), logicalIndex)
        if column.over:
            self._paint_numbered(painter, place, column)
        else:
            low = place.adjusted(0, self._height - 30, 0, -4) if self._height > 44 else place
            painting.text(painter, low, str(column.title), Role.HEAD, Tone.INK2, column.edge.value)

    def _paint_numbered(self, painter: QPainter, place: QRectF, column: Column[Any]) -> None:
        upper = QRectF(place.left(), place.top() + 4, place.width(), 17)
        painting.text(painter, upper, str(column.over), Role.TITLE, Tone.INK, Qt.AlignmentFlag.AlignHCenter)
        for at, line in enumerate(broken(str(column.title), Role.TINY, place.width())[:2]):
            under = QRectF(place.left(), place.top() + 20 + 12 * at, place.width(), 14)
            painting.text(painter, under, line, Role.TINY, Tone.INK2, Qt.AlignmentFlag.AlignHCenter)


def widths(rows: RowsModel[Any], room: int, grid: bool) -> list[int]:
    """How wide each column is: what it needs, and its share of the room that is left."""
    wide = [_needed(rows, at, grid) for at in range(len(rows.columns))]
    spare = max(0, room - sum(wide))
    shares = sum(column.share for column in rows.columns)
    for at, column in enumerate(rows.columns):
        if column.share:
            part = spare * column.share // shares
            wide[at] += part
            spare, shares = spare - part, shares - column.share
    return wide


def _needed(rows: RowsModel[Any], at: int, grid: bool) -> int:
    """What a column needs: its head and its cells; one with a share and a least width may cut long cells."""
    column = rows.columns[at]
    before, after = pads(rows, at, grid)
    head = Head.needed(column) + before + after
    if column.share and column.least:
        return max(column.least, head)
    count = rows.rowCount()
    sample = range(0, count, max(1, count // SAMPLE))
    cells = max((rows.cell(row, at).wide() for row in sample), default=0)
    return max(column.least, head, cells + before + after)


def pads(rows: RowsModel[Any], at: int, grid: bool) -> tuple[int, int]:
    """What a column leaves empty at its left and right; numbers in the first one stand near the edge."""
    column = rows.columns[at]
    if grid and column.edge is Edge.MIDDLE:
        return 0, 1
    first = NUMBERS if column.edge is Edge.RIGHT else EDGE
    return first if at == 0 else PAD, EDGE if at == len(rows.columns) - 1 else PAD


def broken(said: str, role: Role, room: float) -> list[str]:
    """The words in lines that fit the room."""
    lines: list[str] = []
    for word in said.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and theme.width(role, longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class Frame(QWidget):
    """The border and the round corners, over everything else."""

    def __init__(self, table: TableView, ground: Tone) -> None:
        super().__init__(table)
        self._table, self._ground = table, ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        radius = tokens().radius["card"]
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(QRectF(self.rect()))
        inside.addRoundedRect(QRectF(self.rect()), radius, radius)
        with painting.painting(self) as painter:
            painter.fillPath(outside - inside, theme.colour(self._ground))
            painting.box(painter, self.rect(), None, theme.colour(Tone.LINE), radius)
            if self._table.hasFocus() and self._table.key() is None:
                painting.ring(painter, self.rect(), radius)
