"""Adding somebody to a class: found among the centre's participants while one types, or recorded anew."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.domain.enrolment import EnrolmentState
from app.domain.ids import ParticipantId
from app.queries import participants_board
from app.queries.participants_board import ParticipantsBoard, PersonLine
from ui.desktop.desk import Desk
from ui.desktop.pages.participants_rows import class_said
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.cells import TwoLines
from ui.desktop.widgets.inputs import Field, SearchInput
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, fill, row
from ui.desktop.widgets.rows import Column, RowsModel
from ui.desktop.widgets.switches import Option, Switch
from ui.desktop.widgets.table import TableView
from ui.desktop.wording import Text, words

_FOUND = 8
_ROW = 50
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class AddPanel(Card):
    """The right side of the page while people are added; it stays open for the next one.

    Signals:
        chosen: this PersonLine is to have this state in the class.
        new_wanted: somebody new is to be recorded.
        closed: nobody more is to be added.
    """

    chosen = Signal(object, object)
    new_wanted = Signal()
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=(22, 18, 22, 18), marked=True)
        self._desk = desk
        self._here: Mapping[bytes, EnrolmentState] = {}
        self.field = SearchInput(words("participants-search"))
        self.field.changed.connect(self._on_field_changed)
        self.field.input.installEventFilter(self)
        states = (EnrolmentState.ENROLLED, EnrolmentState.WAITING, EnrolmentState.APPLIED)
        self.state = Switch([Option(one, words(f"value-state-{one}")) for one in states])
        columns: list[Column[PersonLine]] = [Column("", self._cell, 1, 160)]
        self.rows: RowsModel[PersonLine] = RowsModel(columns, lambda line: line.person.id)
        name = str(words("members-found"))
        self.table = TableView(self.rows, name, row_height=_ROW, head_height=0, ground=Tone.SURFACE)
        self.table.opened.connect(lambda _: self._choose())
        self.nobody = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self.add = Button(words("members-add-chosen"), Kind.PRIMARY, key="Enter")
        self.add.clicked.connect(self._choose)
        new = Button(words("members-new"), icon="plus")
        new.clicked.connect(self.new_wanted)
        close = Button(words("members-close"), key="Esc")
        close.clicked.connect(self.closed)
        state = Field(words("members-as"), self.state)
        title = heading(words("participants-add"))
        foot = row(new, Grow(), close, space=8)
        fill(self.body, [title, 10, self.field, 12, state, 8, self.nobody, 4, self.table, Grow(), 10])
        fill(self.body, [row(self.add, Grow()), 10, foot])

    def begin(self, here: Mapping[bytes, EnrolmentState]) -> None:
        """Ask whom; `here` is who is in the class already."""
        self._here = here
        self.field.input.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    def know(self, here: Mapping[bytes, EnrolmentState]) -> None:
        """The class has other people now."""
        self._here = here
        self.table.redraw()
        self._show_verb()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif event.key() in _STEPS:
            at = self.table.currentIndex().row() + _STEPS[Qt.Key(event.key())]
            self.table.setCurrentIndex(self.rows.index(max(0, min(at, self.rows.rowCount() - 1)), 0))
            self._show_verb()
        else:
            return False
        return True

    def _ask(self) -> None:
        text, today = self.field.text(), self._desk.now().date()
        then = functools.partial(self._on_found, text)
        self._desk.runner.read(participants_board.of, today, text, limit=_FOUND, then=then)

    def _on_field_changed(self, _: str) -> None:
        self._ask()

    def _on_found(self, text: str, board: ParticipantsBoard) -> None:
        if text != self.field.text():
            return
        self.rows.show(list(board.lines))
        fresh = (line.person.id for line in board.lines if not self.enrolled(line.person.id))
        if not self.table.select(next(fresh, None)):
            self.table.select_first()
        self.table.setVisible(bool(board.lines))
        more = board.found > len(board.lines)
        self.nobody.say(words("members-more" if more else "members-nobody", n=board.found))
        self.nobody.setVisible(more or not board.lines)
        self._show_verb()

    def _show_verb(self) -> None:
        line = self.line()
        there = line is not None and self.enrolled(line.person.id)
        self.add.setEnabled(line is not None and not there)

    def line(self) -> PersonLine | None:
        """The person who is chosen in the list."""
        return self.rows.row_at(self.table.currentIndex().row())

    def enrolled(self, who: ParticipantId) -> bool:
        """Whether somebody is in the class already, in one of the states that can be given here."""
        gone = (None, EnrolmentState.WITHDRAWN, EnrolmentState.MOVED)
        return self._here.get(who) not in gone

    def _choose(self) -> None:
        line = self.line()
        if line is not None and not self.enrolled(line.person.id):
            self.chosen.emit(line, self.state.value())
            self.field.input.selectAll()

    def _cell(self, line: PersonLine) -> TwoLines:
        said: list[Text] = [f"…{line.person.nik[-4:]}"] if line.person.nik else []
        said += [line.person.business] if line.person.business else []
        if self.enrolled(line.person.id):
            said.append(words("members-here"))
        elif line.now is not None:
            said.append(class_said(line.now))
        return TwoLines(line.person.name, ", ".join(str(one) for one in said))
