"""The participants of the centre: found by name, business, phone or NIK, with class and consent of each."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import Trouble
from app.queries import participants_board
from app.queries.participants_board import LIMIT, Choice, ParticipantsBoard, PersonLine
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import participants_rows
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.inputs import SearchInput
from ui.desktop.widgets.keys import KeyHelp, KeyLine
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, column, row, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.switches import Option, Switch
from ui.desktop.widgets.table import TableView
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import number, told, words

KEYS = (
    KeyHelp(("↑", "↓"), words("participants-key-choose")),
    KeyHelp(("Enter",), words("participants-key-open")),
    KeyHelp(("U",), words("participants-key-edit")),
)
_SEARCH = 300
_WAITING, _FULL, _EMPTY, _REFUSED = range(4)


class ParticipantsPage(Page):
    """go("participants", text): everybody, or those who fit the text. Enter opens a person's page."""

    watches = frozenset({"participant", "consent", "enrolment", "training_class"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.board: ParticipantsBoard | None = None
        self._asked: tuple[str, Choice, int] | None = None
        self._limit, self._again = LIMIT, False
        self.field = SearchInput(words("participants-search"))
        self.field.setMinimumWidth(_SEARCH)
        self.field.changed.connect(self._on_field_changed)
        self.field.input.returnPressed.connect(self._on_field_entered)
        self.bring = self._button("participants-import", Kind.NORMAL, "upload", self._on_bring_clicked)
        self.add = self._button("participants-add", Kind.PRIMARY, "plus", self._on_add_clicked)
        self.choices = Switch([Option(one, words(f"participants-{one}"), count=0) for one in Choice])
        self.choices.chosen.connect(self._on_choice_chosen)
        self.rows: RowsModel[PersonLine] = RowsModel(participants_rows.columns(), lambda line: line.person.id)
        title = str(words("place-participants"))
        self.table = TableView(self.rows, title, row_height=participants_rows.ROW)
        self.table.opened.connect(lambda who: desk.go("participant_history", who))
        self.nothing = Label(words("participants-none-found"), Role.BODY, Tone.INK2, wrap=True)
        self.shown_of = Label("", Role.SMALL, Tone.INK2)
        self.shown_of.linked.connect(self._on_more_linked)
        self.strip = Strip("", Hue.RED, "circle-alert")
        self._body = QStackedWidget()
        waiting = widget(column(Skeleton(12, participants_rows.ROW), Grow()))
        refused = widget(column(self.strip, Grow()))
        for part in (waiting, self._full(), self._empty(), refused):
            self._body.addWidget(part)
        head = PageHead(words("place-participants"), self.field, self.bring, self.add)
        self.setLayout(column(head, 14, Grow(self._body), margins=(28, 20, 28, 14)))

    def shown(self, *arguments: object) -> None:
        text = next((one for one in arguments if isinstance(one, str)), None)
        if text is not None and text != self.field.text():
            self.field.input.setText(text)

    def refresh(self) -> None:
        self._ask()

    def search(self) -> QWidget:
        return self.field

    def keys(self) -> Sequence[KeyHelp]:
        return KEYS

    def focus_first(self) -> None:
        if self._body.currentIndex() == _FULL and self.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._body.currentIndex() == _EMPTY:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def escaped(self) -> bool:
        if not self.field.text():
            return False
        self.field.input.clear()
        self.focus_first()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        who = self.table.key()
        if event.text().casefold() == "u" and who is not None and self.table.hasFocus():
            self.desk.go("participant", who)
        else:
            super().keyPressEvent(event)

    def _button(self, code: str, kind: Kind, icon: str, pressed: Callable[[], None]) -> Button:
        made = Button(words(code), kind, icon=icon)
        made.clicked.connect(pressed)
        return made

    def _full(self) -> QWidget:
        above = row(self.choices, Grow(), self.shown_of, space=12)
        return widget(column(above, 12, self.nothing, self.table, Grow(), 8, KeyLine(KEYS)))

    def _empty(self) -> EmptyState:
        self.first = self._button("participants-import", Kind.PRIMARY, "upload", self._on_bring_clicked)
        one = self._button("participants-add", Kind.NORMAL, "plus", self._on_add_clicked)
        steps = [
            Step(words("participants-empty-import"), words("participants-empty-import-said"), self.first),
            Step(words("participants-empty-add"), words("participants-empty-add-said"), one),
            Step(words("participants-empty-class"), words("participants-empty-class-said")),
        ]
        more = words("participants-empty-more")
        made = EmptyState(words("participants-empty"), words("participants-empty-said"), steps, more)
        made.linked.connect(lambda key: self.desk.go("sync", *(["stick"] if key == "stick" else [])))
        return made

    def _ask(self) -> None:
        """Read what is wanted now; while an answer is under way, only the last wish is kept."""
        if self._asked is not None:
            self._again = True
            return
        choice = self.choices.value()
        assert isinstance(choice, Choice)
        self._asked = self.field.text(), choice, self._limit
        today = self.desk.now().date()
        read, then = self.desk.runner.read, functools.partial(self._on_read, self._asked)
        read(participants_board.of, today, *self._asked, then=then, refused=self._on_refused)

    def _on_read(self, asked: tuple[str, Choice, int], board: ParticipantsBoard) -> None:
        self._asked = None
        if self._again:
            self._again = False
            self._ask()
        first = self.board is None
        self.board = board
        for choice, n in board.counts.items():
            self.choices.count(choice, n)
        self.rows.show(list(board.lines))
        self.table.setVisible(bool(board.lines))
        self.nothing.setVisible(not board.lines)
        more = len(board.lines) < board.found
        facts = {"shown": number(len(board.lines)), "n": board.found, "found": number(board.found)}
        self.shown_of.say(words("participants-shown-more" if more else "participants-shown", **facts))
        anybody = bool(board.counts[Choice.ALL])
        for tool in (self.field, self.bring, self.add):
            tool.setVisible(anybody)
        before = self._body.currentIndex()
        self._body.setCurrentIndex(_FULL if anybody else _EMPTY)
        self.table.select_first()
        if self.isVisible() and (first or before != self._body.currentIndex()) and not self.field.text():
            self.focus_first()

    def _on_refused(self, trouble: Trouble) -> None:
        self._asked = None
        self.strip.say(told(trouble))
        self._body.setCurrentIndex(_REFUSED)

    def _on_field_changed(self, _: str) -> None:
        self._limit = LIMIT
        self._ask()

    def _on_field_entered(self) -> None:
        """Into the list; where only one is left, to that person."""
        if self.board is not None and len(self.board.lines) == 1 and self._asked is None:
            self.desk.go("participant_history", self.board.lines[0].person.id)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_choice_chosen(self, _: object) -> None:
        self._limit = LIMIT
        self._ask()

    def _on_more_linked(self, _: str) -> None:
        self._limit += LIMIT
        self._ask()

    def _on_bring_clicked(self) -> None:
        self.desk.go("roster_import")

    def _on_add_clicked(self) -> None:
        self.desk.go("participant", None)


PAGE = ParticipantsPage
