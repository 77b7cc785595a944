"""The classes of the centre: what runs, what comes, what is over, what is special about each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.queries import class_board
from app.queries.class_board import ClassBoard, ClassLine, Stage
from ui.desktop import places
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import class_head, classes_rows
from ui.desktop.pages.classes_list import ClassList
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.inputs import SearchInput
from ui.desktop.widgets.keys import KeyHelp, KeyLine
from ui.desktop.widgets.labels import quiet
from ui.desktop.widgets.layouts import Grow, column, scrolled, widget
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import words

KEYS = (
    KeyHelp(("↑", "↓"), words("classes-key-choose")),
    KeyHelp(("Enter",), words("classes-key-open")),
    KeyHelp(("P",), words("classes-key-roll")),
)
_SEARCH = 260


class ClassesPage(Page):
    """go("classes"). Enter opens a class, P today's roll call of it."""

    watches = frozenset(
        {"training_class", "session", "enrolment", "mark", "draft", "result", "decision", "certificate"}
        | {"programme", "module"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._board: ClassBoard | None = None
        self.field = SearchInput(words("classes-search"))
        self.field.setMinimumWidth(_SEARCH)
        self.field.changed.connect(self._on_field_changed)
        self.field.input.returnPressed.connect(self._on_field_entered)
        self.add = Button(words("today-add-class"), Kind.PRIMARY, icon="plus")
        self.add.clicked.connect(self._on_add_clicked)
        self.list = ClassList()
        self.list.opened.connect(self._on_list_opened)
        self.list.area = scrolled(self.list)
        self.nothing = quiet(words("classes-none-found"))
        self.empty = self._empty()
        self._body = QStackedWidget()
        for part in (widget(column(Skeleton(6, classes_rows.ROW), Grow())), self._full(), self.empty):
            self._body.addWidget(part)
        head = PageHead(words("place-classes"), self.field, self.add)
        self.setLayout(column(head, 18, Grow(self._body), margins=(28, 20, 28, 14)))
        self._show_tools(False)

    def shown(self, *arguments: object) -> None:
        self._stale = True  # the day and the minute go on, whether a table has changed or not

    def refresh(self) -> None:
        runner, now = self.desk.runner, self.desk.now()
        if self._board is None:
            runner.read(class_board.quick, runner.centre, now.date(), then=self._on_quick_read)
        minute = now.hour * 60 + now.minute
        runner.read(class_board.of, runner.centre, now.date(), minute, then=self._on_read, aside=True)

    def search(self) -> QWidget:
        return self.field

    def keys(self) -> Sequence[KeyHelp]:
        return KEYS

    def focus_first(self) -> None:
        if self._body.currentIndex() == 1:
            self.list.begin()
        else:
            super().focus_first()

    def escaped(self) -> bool:
        if not self.field.text():
            return False
        self.field.input.clear()
        self.focus_first()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.list.line()
        if event.text().casefold() != "p" or line is None:
            super().keyPressEvent(event)
        elif line.session is None:
            self.desk.tell(words("classes-no-session", title=line.head.title))
        else:
            self.desk.go("roll_call", line.head.key, line.session)

    def _full(self) -> QWidget:
        assert self.list.area is not None
        return widget(column(self.nothing, Grow(self.list.area), 8, KeyLine(KEYS)))

    def _empty(self) -> EmptyState:
        self.first = Button(words("today-add-class"), Kind.PRIMARY, icon="plus")
        self.first.clicked.connect(self._on_add_clicked)
        steps = [
            Step(words("today-step-class"), words("today-step-class-said"), self.first),
            Step(words("today-step-people"), words("today-step-people-said")),
            Step(words("today-step-roll"), words("today-step-roll-said")),
        ]
        made = EmptyState(words("today-empty"), words("today-empty-said"), steps, words("today-empty-more"))
        made.linked.connect(self._on_empty_linked)
        return made

    def _on_quick_read(self, board: ClassBoard) -> None:
        if self._board is None:
            self._on_read(board)

    def _on_read(self, board: ClassBoard) -> None:
        first = self._board is None
        had_focus = self.isAncestorOf(self.window().focusWidget() or self)
        self._board = board
        before = self._body.currentIndex()
        self._body.setCurrentIndex(1 if board.lines else 2)
        self._show_tools(bool(board.lines))
        self._show()
        if self.isVisible() and (first or (had_focus and before != self._body.currentIndex())):
            self.focus_first()

    def _show(self) -> None:
        if self._board is None:
            return
        typed = self.field.text().strip()
        lines = {stage: classes_rows.matching(self._board.at(stage), typed) for stage in Stage}
        self.list.show_lines(lines, self._board.graduates, bool(typed))
        self.nothing.setVisible(bool(typed) and not any(lines.values()))

    def _show_tools(self, shown: bool) -> None:
        self.field.setVisible(shown)
        self.add.setVisible(shown)

    def _on_field_changed(self, _: str) -> None:
        self._show()

    def _on_field_entered(self) -> None:
        """Into the list; where only one class is left, into that class."""
        found = self.list.lines()
        if len(found) == 1:
            self._on_list_opened(found[0])
        elif found:
            self.list.begin()

    def _on_list_opened(self, line: ClassLine) -> None:
        first = next(key for key in class_head.TABS if places.exists(key))
        self.desk.go(first, line.head.key)

    def _on_add_clicked(self) -> None:
        self.desk.go("class_form")

    def _on_empty_linked(self, key: str) -> None:
        self.desk.go("sync", *(["stick"] if key == "stick" else []))


PAGE = ClassesPage
