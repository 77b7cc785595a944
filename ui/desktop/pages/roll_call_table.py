"""The middle of a roll call: the table one marks in, the one looked over at the end, one person at a time."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop.pages.roll_call_aloud import Aloud
from ui.desktop.pages.roll_call_cells import columns, review_columns
from ui.desktop.pages.roll_call_presenter import RollCall
from ui.desktop.pages.roll_call_sheet import Line
from ui.desktop.widgets.layouts import Grow, column
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import words

HIGH, LOW = 28, 26
"""Rows where there is room, and on a low screen: twenty people fit either way."""


class Shown(Enum):
    """What is shown."""

    MARKING = "marking"
    REVIEW = "review"
    ALOUD = "aloud"


class Middle(QWidget):
    """Signals:
    chosen: the selection moved to the line of this participant.
    pressed: one of the five keys was clicked, by its letter.
    opened: Enter, or a double click.
    """

    chosen = Signal(object)
    pressed = Signal(str)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._marking: RowsModel[Line] = RowsModel(columns(), lambda line: line.participant)
        self._review: RowsModel[Line] = RowsModel(review_columns(), lambda line: line.participant)
        self.table = TableView(self._marking, str(words("roll-table")), open_height=40)
        self.review = TableView(self._review, str(words("roll-table")))
        self.aloud, self._waiting = Aloud(), Skeleton(20)
        self.table.chosen.connect(self.chosen)
        self.table.hit.connect(self._on_table_hit)
        self.table.opened.connect(self._on_table_opened)
        self.aloud.pressed.connect(self.pressed)
        self.setLayout(column(self._waiting, self.table, self.review, Grow(self.aloud, 100), Grow()))
        self._shown = Shown.MARKING
        self._read = False
        self.turn(Shown.MARKING)

    @property
    def waiting(self) -> bool:
        """Whether nothing has been read yet."""
        return not self._read

    def turn(self, shown: Shown) -> None:
        """Show this."""
        self._shown = shown
        self._waiting.setVisible(not self._read)
        self.table.setVisible(self._read and shown is Shown.MARKING)
        self.review.setVisible(self._read and shown is Shown.REVIEW)
        self.aloud.setVisible(self._read and shown is Shown.ALOUD)

    def show_roll(self, roll: RollCall) -> None:
        """Show the sheet as it is now, in whatever is in front."""
        if roll.sheet is None:
            self._read = False
            self.turn(self._shown)
            return
        if not self._read:
            self._read = True
            self.turn(self._shown)
        self._marking.show(roll.sheet.lines)
        if self._shown is Shown.REVIEW:
            self._review.show(roll.sheet.lines)
        self.go_to(roll)

    def go_to(self, roll: RollCall) -> None:
        """Another line is the current one."""
        self.table.select(roll.current)
        if self._shown is Shown.ALOUD:
            self.aloud.show_roll(roll)

    def rows(self, low: bool) -> None:
        """Rows for a low screen, or where there is room."""
        for table in (self.table, self.review):
            table.set_row_height(LOW if low else HIGH)

    def row_of(self, line: Line) -> QRect:
        """Where the line's row lies, brought into sight."""
        if not self.table.isVisible():
            return QRect(0, self.height() // 2, self.width(), 1)
        self.table.scrollTo(self._marking.index(self._marking.place(line.participant), 0))
        place = self.table.place_of(line.participant, 0).toRect().translated(self.table.pos())
        return QRect(0, place.top(), self.width(), place.height())

    def work(self) -> QWidget:
        """What takes the keys."""
        return {Shown.ALOUD: self.aloud, Shown.REVIEW: self.review}.get(self._shown, self.table)

    def _on_table_hit(self, key: object, column: int, what: str) -> None:
        self.pressed.emit(what)

    def _on_table_opened(self, key: object) -> None:
        self.opened.emit()
