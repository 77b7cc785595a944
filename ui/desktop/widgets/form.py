"""A form: labelled fields in columns, and refusals shown at the field they speak of."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.desktop.tokens import Hue, Role
from ui.desktop.widgets.inputs import Field
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import column
from ui.desktop.widgets.notices import Strip
from ui.desktop.wording import Text


class Form(QWidget):
    """Fields by the name that refusals give them."""

    def __init__(self, columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self._columns, self._next = columns, 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(10)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
        self._general = Strip("", Hue.RED, "circle-alert")
        self._general.hide()
        self.setLayout(column(self._grid, self._general, space=12))

    def section(self, title: Text) -> None:
        """Begin a section under this heading."""
        self._start_line()
        self._grid.addWidget(Label(title, Role.SECTION), self._next // self._columns, 0, 1, self._columns)
        self._next += self._columns

    def add(self, name: str, field: Field, wide: bool = False, span: int = 1) -> Field:
        """Add a field under its name, over `span` columns; `wide` over the whole line."""
        if wide:
            self._start_line()
        line, place = divmod(self._next, self._columns)
        over = self._columns if wide else span
        self._grid.addWidget(field, line, place, 1, over)
        self._next += over
        self.fields[name] = field
        return field

    def refuse(self, name: str | None, why: Text) -> None:
        """Show why at the field of this name, or under the form where no field has it."""
        self.accept()
        if name in self.fields:
            self.fields[name].refuse(why)
        else:
            self._general.say(why)
            self._general.show()

    def accept(self) -> None:
        """Nothing is refused any more."""
        for field in self.fields.values():
            field.accept()
        self._general.hide()

    def _start_line(self) -> None:
        self._next = -(-self._next // self._columns) * self._columns
