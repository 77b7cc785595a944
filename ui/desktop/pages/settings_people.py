"""Settings of who works on this laptop: added, given another PIN, let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.roles import Role as Work
from ui.desktop.desk import Desk
from ui.desktop.pages.settings_person import PersonCard
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets import cells
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.cells import Cell, Iconed, TwoLines
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, column, row, widget
from ui.desktop.widgets.rows import Column, RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.wording import words

if TYPE_CHECKING:
    from app.queries.persons import PersonRow

MAY_MANAGE = frozenset({Work.COORDINATOR.value, Work.ADMINISTRATOR.value})


class PeopleTab(QWidget):
    """A table of people, and beside it what can be done with the chosen one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._people: list[PersonRow] = []
        columns: list[Column[PersonRow]] = [
            Column(words("people-name"), lambda p: TwoLines(p.name, p.login), least=160, share=2),
            Column(words("people-role"), lambda p: cells.side(words(f"role-{p.role}")), least=120, share=1),
            Column(words("people-pin"), _pin, least=150, share=1),
        ]
        self.rows = RowsModel(columns, lambda p: p.id)
        self.table = TableView(self.rows, str(words("settings-people")), row_height=58, head_height=37)
        self.table.chosen.connect(self._on_chosen)
        self.add = Button(words("people-add"), icon="plus")
        self.add.clicked.connect(self._on_add_clicked)
        self.card = PersonCard(desk)
        self.card.done.connect(self.read)
        top = Qt.AlignmentFlag.AlignTop
        what = Label(words("people-what"), Role.BODY, Tone.INK2, wrap=True)
        left = column(row(Grow(what), 16, self.add), 4, self.add.reason(), 10, self.table, Grow())
        self.setLayout(row(Grow(widget(left)), 20, Put(self.card, top)))

    def read(self) -> None:
        """Ask who works here."""
        self._desk.runner.read(_people, then=self._on_people)

    def escaped(self) -> bool:
        """Go back from the form of a new person; False when it is not open."""
        if self.card.person is None and self._people:
            self._choose(self.table.key())
            return True
        return False

    def _on_people(self, people: list[PersonRow]) -> None:
        self._people = people
        self.rows.show(people)
        mine = self._desk.runner.author
        if self.table.key() is None and not self.table.select(mine):
            self.table.select_first()
        if not self.card.asking:
            self._choose(self.table.key())
        managers = [p for p in people if p.has_pin and p.role in MAY_MANAGE]
        may = not managers or any(p.id == mine for p in managers)
        self.card.allow(may)
        self.add.refuse(None if may else words("people-may-not"))

    def _on_chosen(self, key: object) -> None:
        self._choose(key)

    def _choose(self, key: object) -> None:
        for person in self._people:
            if person.id == key:
                self.card.show_person(person)

    def _on_add_clicked(self) -> None:
        self.card.ask_new()


def _pin(person: PersonRow) -> Cell:
    if person.has_pin:
        return Iconed("circle-check", words("people-has-pin"), Tone.GREEN)
    return Iconed("circle-minus", words("people-no-pin"), Tone.INK2)


def _people(session: Any) -> list[PersonRow]:
    from app.queries import persons  # with the database's tables

    return persons.listed(session, only_active=True)
