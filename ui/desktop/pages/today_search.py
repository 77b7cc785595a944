"""The search of the day's page: people and classes under the field while one types."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.queries import finding
from app.queries.finding import Found
from ui.desktop import places
from ui.desktop.desk import Desk
from ui.desktop.pages.class_head import class_title
from ui.desktop.pages.today_side import Wanted
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.cells import TwoLines
from ui.desktop.widgets.inputs import SearchInput
from ui.desktop.widgets.labels import quiet
from ui.desktop.widgets.layouts import fill
from ui.desktop.widgets.rows import Column, RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.wording import Text, words

_WIDE = 392
_ROW = 46
_CLASS_PAGES = ("class_participants", "class_attendance", "progress", "classes")


class DaySearch(QObject):
    """The field and, under it, what fits.

    Signals:
        wanted: somebody or something was chosen: where it leads, as a Wanted.
    """

    wanted = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.field = SearchInput(words("today-search"))
        self.field.setMinimumWidth(280)
        self.field.changed.connect(self._on_field_changed)
        self.field.input.installEventFilter(self)
        columns: list[Column[Found]] = [Column("", _cell, 1, 200)]
        self._rows: RowsModel[Found] = RowsModel(columns, _key)
        self.table = TableView(
            self._rows, str(words("today-search")), row_height=_ROW, head_height=0, framed=False
        )
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.opened.connect(self._on_table_opened)
        self.table.clicked.connect(self._open)
        self._nobody = quiet(words("today-search-none"))
        self.list = Card(margins=(6, 6, 6, 6), firm=True, parent=page)
        fill(self.list.body, [self.table, self._nobody])
        self.list.hide()

    def close(self) -> bool:
        """Empty the field and put the list away; whether there was anything."""
        open_one = not self.list.isHidden() or bool(self.field.text())
        self.field.input.clear()
        self.list.hide()
        return open_one

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or self.list.isHidden():
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def _on_field_changed(self, text: str) -> None:
        if not text.strip():
            self.list.hide()
            return
        runner, then = self._desk.runner, functools.partial(self._on_found, text)
        runner.read(finding.by_text, runner.centre, text, then=then)

    def _on_found(self, text: str, found: Sequence[Found]) -> None:
        if text != self.field.text():
            return
        self._rows.show(list(found))
        self.table.select_first()
        self.table.setVisible(bool(found))
        self._nobody.setVisible(not found)
        self.field.input.setAccessibleDescription(str(words("today-search-found", n=len(found))))
        place = self.field.mapTo(self._page, self.field.rect().bottomRight())
        high = 12 + (len(found) * _ROW if found else 34)
        self.list.setGeometry(
            place.x() - _WIDE + 1, place.y() + 6, _WIDE, min(high, self._page.height() - place.y() - 20)
        )
        self.list.show()
        self.list.raise_()

    def _move(self, by: int) -> None:
        at = max(0, min(self.table.currentIndex().row() + by, self._rows.rowCount() - 1))
        self.table.setCurrentIndex(self._rows.index(at, 0))

    def _on_table_opened(self, key: object) -> None:
        self._open()

    def _open(self) -> None:
        found = self._rows.row_at(self.table.currentIndex().row())
        goes = None if found is None else _goes(found)
        if goes is not None:
            self.close()
            self.wanted.emit(goes)


def _goes(found: Found) -> Wanted | None:
    """The page that shows this, if the program has one."""
    if found.person is not None:
        story = "participant_history"
        return Wanted(story, (found.person.id,)) if places.exists(story) else None
    assert found.head is not None
    page = next((page for page in _CLASS_PAGES if places.exists(page)), None)
    return None if page is None else Wanted(page, (found.head.key,))


def _key(found: Found) -> tuple[object, ...]:
    return tuple(found.head.key) if found.head is not None else (found.person.id if found.person else None,)


def _cell(found: Found) -> TwoLines:
    if found.head is not None:
        detail: Text = words("today-found-class", code=found.head.key.code, n=found.head.enrolled)
        return TwoLines(class_title(found.head), detail)
    assert found.person is not None
    tail, business = found.person.nik[-4:], found.person.business
    detail = words("today-found-person", tail=tail, business=business) if business else f"NIK …{tail}"
    return TwoLines(found.person.name, detail)
