"""A table's heads and frame, and how wide its columns are."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.rows import Column, Edge, RowsModel
from ui.desktop.wording import language

if TYPE_CHECKING:
    from ui.desktop.widgets.table import TableView

PAD, EDGE, NUMBERS = 7, 18, 10
READABLE = 110  # pixels that a column keeps whose cells are cut
SAMPLE = 200  # rows that are measured for the width of a column


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
    def needed(column: Column[Any], broken: bool = False) -> int:
        """How wide a head must be; words under a number, and all when there is no room, stand in two lines,
        broken where it saves most."""
        if column.over or broken:
            role, spare = (Role.TINY, 4) if column.over else (Role.HEAD, 1)
            said = str(column.title).split() or [""]
            breaks = range(1, len(said)) if len(said) > 1 else [1]
            halves = (max(_wide(role, said[:at]), _wide(role, said[at:])) for at in breaks)
            return min(halves) + spare
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
            self._paint_words(painter, low, column)

    def _paint_words(self, painter: QPainter, place: QRectF, column: Column[Any]) -> None:
        """In one line where it fits, else in two that stand close."""
        said = str(column.title)
        fits = theme.width(Role.HEAD, said) <= place.width() + 0.5
        lines = [said] if fits else broken(said, Role.HEAD, place.width())[:2]
        high = place.height() if len(lines) == 1 else 14
        top = place.center().y() - high * len(lines) / 2
        for at, line in enumerate(lines):
            spot = QRectF(place.left(), top + high * at, place.width(), high)
            painting.text(painter, spot, line, Role.HEAD, Tone.INK2, column.edge.value)

    def _paint_numbered(self, painter: QPainter, place: QRectF, column: Column[Any]) -> None:
        upper = QRectF(place.left(), place.top() + 4, place.width(), 17)
        painting.text(painter, upper, str(column.over), Role.TITLE, Tone.INK, Qt.AlignmentFlag.AlignHCenter)
        for at, line in enumerate(broken(str(column.title), Role.TINY, place.width())[:2]):
            under = QRectF(place.left(), place.top() + 20 + 12 * at, place.width(), 14)
            painting.text(painter, under, line, Role.TINY, Tone.INK2, Qt.AlignmentFlag.AlignHCenter)


def _wide(role: Role, said: list[str]) -> int:
    return theme.width(role, " ".join(said))


def widths(rows: RowsModel[Any], room: int, grid: bool) -> list[int]:
    """How wide each column is: what it needs, and its share of the room that is left.

    Where that is more than there is, they give way step by step: first to no more than their content, then
    with heads in two lines, then with cells at their least; at last those with a share, whose cells are cut.
    """
    for tight in Tight:
        wide = [_needed(rows, at, grid, tight) for at in range(len(rows.columns))]
        if sum(wide) <= room:
            break
    else:
        return _cut(rows, wide, sum(wide) - room)
    spare = room - sum(wide)
    shares = sum(column.share for column in rows.columns)
    for at, column in enumerate(rows.columns):
        if column.share:
            part = spare * column.share // shares
            wide[at] += part
            spare, shares = spare - part, shares - column.share
    return wide


class Tight(IntEnum):
    """How little room a table makes do with."""

    ROOMY = 0
    CONTENT = 1
    HEADS = 2
    CELLS = 3


def _cut(rows: RowsModel[Any], wide: list[int], missing: int) -> list[int]:
    """Take what is missing from the columns whose cells may be cut, down to what can still be read."""
    for at, column in enumerate(rows.columns):
        if column.share and column.least and missing > 0:
            given = min(missing, max(0, wide[at] - READABLE))
            wide[at], missing = wide[at] - given, missing - given
    return wide


def _needed(rows: RowsModel[Any], at: int, grid: bool, tight: Tight) -> int:
    """What a column needs: its head and its cells; one with a share and a least width may cut long cells."""
    column = rows.columns[at]
    before, after = pads(rows, at, grid)
    head = Head.needed(column, broken=tight >= Tight.HEADS) + before + after
    if column.share and column.least and tight is Tight.ROOMY:
        return max(column.least, head)
    cells = _widest(rows, at, tight is Tight.CELLS) + before + after
    if tight is Tight.ROOMY:
        return max(column.least, head, cells)
    if column.share and column.least:
        return max(head, min(column.least, cells))
    return max(head, cells)


def _widest(rows: RowsModel[Any], at: int, least: bool) -> int:
    """What the widest cell of a column needs, found once: a table is laid out often while a page settles."""
    key = at, least, language()
    if key not in rows.measures:
        count = rows.rowCount()
        shown = [rows.cell(row, at) for row in range(0, count, max(1, count // SAMPLE))]
        if rows.columns[at].chosen is not None and count:
            shown.append(rows.cell(0, at, chosen=True))
        rows.measures[key] = max((cell.least() if least else cell.wide() for cell in shown), default=0)
    return rows.measures[key]


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


def dress(table: TableView, head_height: int) -> None:
    """Take from Qt's own table what we do otherwise."""
    table.setHorizontalHeader(Head(table, head_height))
    table.horizontalHeader().setVisible(head_height > 0)
    table.verticalHeader().setVisible(False)
    table.verticalHeader().setMinimumSectionSize(1)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setMouseTracking(True)
    table.setWordWrap(False)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    whole = QAbstractItemView.SelectionBehavior
    table.setSelectionBehavior(whole.SelectItems if table.by_cell else whole.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    typing = QAbstractItemView.EditTrigger
    table.setEditTriggers(
        typing.AnyKeyPressed | typing.EditKeyPressed if table.by_cell else typing.NoEditTriggers
    )
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)


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
            if self._table.hasFocus() and (self._table.key() is None or self._table.came_by_tab):
                painting.ring(painter, self.rect(), radius)
