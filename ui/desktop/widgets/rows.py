"""One table model for every list: immutable rows that are replaced, shown through columns of cells."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.desktop.widgets.cells import Cell, Plain
from ui.desktop.widgets.chips import ChipLook
from ui.desktop.wording import Text

R = TypeVar("R")
CELL = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class Edge(Enum):
    """Where a column's head and plain texts stand."""

    LEFT = Qt.AlignmentFlag.AlignLeft
    MIDDLE = Qt.AlignmentFlag.AlignHCenter
    RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: its head, what it shows of a row, and how wide it is.

    Without a `share` it is as wide as its widest cell and at least `least` pixels; columns with shares divide
    the rest. `over` is a short line above the head (a module's number). `edit` gives the text to begin with
    where a cell can be typed into, None where it can't. `chosen` is shown instead of `cell` in the selected
    row. Both may look at the row alone: pictures of rows are kept, and equal rows look the same.
    """

    title: Text
    cell: Callable[[R], Cell | Text]
    share: int = 0
    least: int = 0
    edge: Edge = Edge.LEFT
    over: Text = ""
    edit: Callable[[R], str | None] | None = None
    chosen: Callable[[R], Cell | Text] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A head between rows, over the whole width. `key` tells groups with buttons apart."""

    title: Text
    chip: ChipLook | None = None
    key: str = ""


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows of one kind. `key` names a row for good, so that selection and focus survive a refresh."""

    def __init__(
        self, columns: Sequence[Column[R]], key: Callable[[R], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns: list[Column[R]] = list(columns)
        self._key = key
        self._entries: list[R | Group] = []
        self._places: dict[Hashable, int] = {}
        self.measures: dict[Hashable, int] = {}  # what views have measured of these very rows

    def show(self, entries: Sequence[R | Group]) -> None:
        """Replace the rows. The same ones in the same order: only what differs is drawn anew."""
        fresh = list(entries)
        keys = [self.name(entry) for entry in fresh]
        self.measures.clear()
        if keys == list(self._places) and len(keys) == len(self._entries):
            self._replace(fresh)
            return
        self.beginResetModel()
        self._entries = fresh
        self._places = {key: at for at, key in enumerate(keys)}
        self.endResetModel()

    def entry(self, at: int) -> R | Group:
        """The row or group head at a place from 0."""
        return self._entries[at]

    def entries(self) -> list[R | Group]:
        """All of them."""
        return list(self._entries)

    def row_at(self, at: int) -> R | None:
        """The row at a place; None for a group head and outside the table."""
        found = self._entries[at] if 0 <= at < len(self._entries) else None
        return None if isinstance(found, Group) else found

    def key_at(self, at: int) -> Hashable | None:
        """The name of the row at a place; None where there is no row."""
        found = self.row_at(at)
        return None if found is None else self._key(found)

    def place(self, key: Hashable) -> int:
        """Where the row of this name is; -1 when it is not here."""
        return self._places.get(key, -1)

    def cell(self, at: int, column: int, chosen: bool = False) -> Cell:
        """What is drawn there, while its row is the selected one or not."""
        row, told = self.row_at(at), self.columns[column]
        if row is None:
            return Plain("")
        shown = told.chosen(row) if chosen and told.chosen is not None else told.cell(row)
        return shown if isinstance(shown, Cell) else Plain(shown, edge=told.edge.value)

    def said_again(self) -> None:
        """Everything is to be drawn anew: the language has changed."""
        self.measures.clear()
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == CELL:
            return self.cell(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(index.row(), index.column())
        if role == Qt.ItemDataRole.EditRole:
            return self._editable(index) or ""
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return str(self.columns[section].title) if 0 <= section < len(self.columns) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.row_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if self._editable(index) is not None else plain

    def _editable(self, index: Index) -> str | None:
        row, edit = self.row_at(index.row()), self.columns[index.column()].edit
        return None if row is None or edit is None else edit(row)

    def _words(self, at: int, column: int) -> str:
        entry = self._entries[at]
        if isinstance(entry, Group):
            return str(entry.title) if column == 0 else ""
        return self.cell(at, column).words()

    def name(self, entry: R | Group) -> Hashable:
        """The name of an entry: a row's key; for a group head its own or its title."""
        return ("group", entry.key or str(entry.title)) if isinstance(entry, Group) else self._key(entry)

    def _replace(self, fresh: list[R | Group]) -> None:
        old, self._entries = self._entries, fresh
        for first, last in _runs([at for at, new in enumerate(fresh) if new != old[at]]):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


def rows_of(model: object) -> RowsModel[Any]:
    """The model of a view, as what it is."""
    return cast("RowsModel[Any]", model)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring places as first and last."""
    start = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield places[start], places[at - 1]
            start = at
