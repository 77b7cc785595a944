"""The table in which a roster is mended in place: one goes from fault to fault and types what is right."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.roster.fields import Field
from app.roster.mending import Place
from ui.desktop.pages import roster_import_rows as rows
from ui.desktop.pages.roster_import_rows import ShownRow, View
from ui.desktop.pages.roster_import_typing import MendingField
from ui.desktop.pages.roster_import_words import SQUARE, Bucket, field_words
from ui.desktop.pages.roster_import_work import Looked
from ui.desktop.widgets.layouts import column
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.wording import words


@dataclass(frozen=True, slots=True)
class _Spot:
    """A cell of a line, and the how manieth of the rows shown that is."""

    at: Place
    field: Field
    number: int


class MendingTable(QWidget):
    """Rows of a roster; the selected one's first fault is typed into at once.

    Signals:
        typed: a cell was typed into: the line's place, the field, the text.
        left_out: a line is not to be taken: its place.
        undone: a line is to be as the file has it: its place.
    """

    typed = Signal(object, object, str)
    left_out = Signal(object)
    undone = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._looked: Looked | None = None
        self._spot: _Spot | None = None
        self._awaited: _Spot | None = None
        self._filling = False
        self.model = RowsModel(rows.columns(), lambda r: r.at)
        self.table = TableView(self.model, str(words("import-step-rows")), row_height=48, head_height=35)
        self.table.heights = lambda entry: rows.height(entry, self._room())
        self.field = MendingField(self.table.viewport())
        self.table.chosen.connect(self._on_table_chosen)
        self.table.opened.connect(self._on_table_opened)
        self.table.hit.connect(self._on_table_hit)
        self.table.verticalScrollBar().valueChanged.connect(lambda _: self._lie())
        self.field.entered.connect(self._on_field_entered)
        self.field.moved.connect(self._on_field_moved)
        self.field.tabbed.connect(self._on_field_tabbed)
        self.field.dropped.connect(self.close_field)
        self.setLayout(column(self.table))
        self.setFocusProxy(self.table)

    def show_view(self, looked: Looked, view: View) -> None:
        """Show these rows, and go on where one was: the same fault where it is still one, else the next."""
        self._looked, self._filling = looked, True
        self.model.show(view.entries)
        self.table.fit()
        self._filling = False
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            self._go_on(awaited)
        elif self._spot is not None and self._row(self._spot.at) is None:
            self.close_field()
        else:
            self._lie()

    def begin(self) -> None:
        """Go to the first row, and into its fault if it has one."""
        self.close_field()
        self.table.selectionModel().clear()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.select_first()

    def commit(self) -> bool:
        """Take down what is being typed; whether that changed anything."""
        spot = self._spot
        if spot is None or not self.field.changed:
            return False
        self.field.settle()
        self.typed.emit(spot.at, spot.field, self.field.text().strip())
        return True

    def close_field(self) -> None:
        """Type nowhere any more."""
        self._spot = None
        if self.field.isVisible():
            had = self.field.hasFocus()
            self.field.hide()
            if had:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self, at: Place, field: Field) -> bool:
        """Type into this cell; False where the row is not here, or left out."""
        row, looked = self._row(at), self._looked
        if row is None or looked is None or looked.mending is None or at in looked.mending.left_out:
            return False
        self._spot = _Spot(at, field, self._number(at))
        others = [other for other in row.wrong if other is not field]
        self.field.goes_on = bool(others) and field in row.wrong
        text = rows.begins_with(looked.mending, at, field)
        shown = row.values[1].words() if SQUARE in row.values[1].text and field is Field.NIK else ""
        hint = shown or (str(words("import-nik-hint")) if field is Field.NIK else "")
        name = words("import-edit", field=field_words(field), row=at[1])
        wrong = field in row.wrong and row.bucket is Bucket.FIX
        self.field.begin(text, hint, name, self._place(self._spot), wrong)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.table.key()
        if event.key() == Qt.Key.Key_Delete and isinstance(key, tuple):
            self._leave_out(key)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_last()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def undo_last(self) -> None:
        """Undo the selected row if a person has done with it, else the last that one has."""
        settled = [r.at for r in self.model.entries() if isinstance(r, ShownRow) and r.settled]
        key = self.table.key()
        if key in settled:
            self.undone.emit(key)
        elif settled:
            self.undone.emit(settled[-1])

    def _go_on(self, awaited: _Spot) -> None:
        row = self._row(awaited.at)
        if row is not None and not row.settled and awaited.field in row.wrong:
            self.table.select(awaited.at)
            self.edit(awaited.at, awaited.field)
        elif row is not None and not row.settled and row.wrong:
            self.table.select(awaited.at)
            self.edit(awaited.at, row.wrong[0])
        else:
            self._to_fault(awaited.number + (1 if row is not None and not row.settled else 0))

    def _to_fault(self, number: int) -> None:
        """Go to the next row that is to be mended, from the place where one was, or to none."""
        self.close_field()
        open_ = [r for r in self.model.entries() if isinstance(r, ShownRow) and not r.settled]
        if not open_:
            return
        chosen = open_[min(number, len(open_) - 1)]
        if self.table.key() == chosen.at:
            self._enter(chosen)
        else:
            self.table.select(chosen.at)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._enter(chosen)

    def _enter(self, row: ShownRow) -> None:
        """Type into the first fault of a row that must be mended; any other is only selected."""
        if row.wrong and row.bucket is Bucket.FIX and not row.settled:
            self.edit(row.at, row.wrong[0])
        else:
            self.close_field()

    def _on_table_chosen(self, key: object) -> None:
        if self._filling:
            return
        row = self._row(key)
        if self._spot is not None and key != self._spot.at:
            self.commit()
        if row is not None and (self.table.hasFocus() or self.field.hasFocus()):
            self._enter(row)
        else:
            self.close_field()

    def _on_table_opened(self, key: object) -> None:
        row = self._row(key)
        if row is None:
            return
        if row.told.presses and not row.wrong:
            self._use_this(row.at)
        else:
            self.edit(row.at, row.wrong[0] if row.wrong else Field.NAME)

    def _on_table_hit(self, key: object, column: int, what: str) -> None:
        row = self._row(key)
        if row is None:
            return
        steps = {
            "first": functools.partial(self._leave_out, row.at),
            "this": functools.partial(self._use_this, row.at),
            "undo": functools.partial(self.undone.emit, row.at),
        }
        if what in steps:
            self.commit()
            steps[what]()
        else:
            self.commit()
            self.edit(row.at, Field(what))

    def _on_field_entered(self) -> None:
        spot = self._spot
        if self.commit():
            self._awaited = spot
        elif spot is not None:
            self._to_fault(spot.number + 1)

    def _on_field_moved(self, by: int) -> None:
        entries, at = self.model.entries(), self.table.currentIndex().row() + by
        while 0 <= at < len(entries) and not isinstance(entries[at], ShownRow):
            at += by
        if 0 <= at < len(entries):
            self.table.setCurrentIndex(self.model.index(at, 0))

    def _on_field_tabbed(self) -> None:
        spot = self._spot
        row = None if spot is None else self._row(spot.at)
        if spot is None or row is None or spot.field not in row.wrong:
            return
        self.commit()
        wrong = row.wrong
        self.edit(spot.at, wrong[(wrong.index(spot.field) + 1) % len(wrong)])

    def _leave_out(self, at: Place) -> None:
        self._awaited = _Spot(at, Field.NUMBER, self._number(at))
        self.close_field()
        self.left_out.emit(at)

    def _use_this(self, at: Place) -> None:
        """Of two lines with one NIK, take this one."""
        assert self._looked is not None and self._looked.mending is not None
        first = self._looked.mending.row(at).same_as
        if first is not None:
            self._awaited = _Spot(at, Field.NUMBER, self._number(at))
            self.left_out.emit(first)

    def _row(self, key: object) -> ShownRow | None:
        return self.model.row_at(self.model.place(key)) if isinstance(key, tuple) else None

    def _number(self, at: Place) -> int:
        """The how manieth of the rows that nobody has done with."""
        shown = [r.at for r in self.model.entries() if isinstance(r, ShownRow) and not r.settled]
        return shown.index(at) if at in shown else 0

    def _place(self, spot: _Spot) -> QRect:
        row = self._row(spot.at)
        where = rows.column_of(spot.field)
        cell = QRectF(self.table.visualRect(self.model.index(self.model.place(spot.at), where)))
        inner = self.table.cell_place(cell, where)
        return QRect() if row is None else rows.place_in(spot.field, row, inner).toRect()

    def _lie(self) -> None:
        if self._spot is not None and self.field.isVisible():
            self.field.lie(self._place(self._spot))

    def _room(self) -> float:
        wide = self.table.columnWidth(rows.SAID)
        return self.table.cell_place(QRectF(0, 0, wide, 40), rows.SAID).width()

    def _fit(self) -> None:
        self.table.fit()
        self.table.redraw()
        self._lie()
