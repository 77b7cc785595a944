"""The schedule of a class: sessions in order, many planned at once, each moved, made up for or called off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.ids import SessionNumber
from app.domain.keys import ClassKey
from app.domain.planning import Planned
from app.domain.timetable import SessionPlan
from app.errors import Trouble
from app.queries import schedule_board
from app.queries.classes import SessionRow
from app.queries.schedule_board import ScheduleBoard
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import class_schedule_rows
from ui.desktop.pages.class_head import ClassHead
from ui.desktop.pages.class_schedule_cards import Asking, Cards, Room, add_button, empty, plan_button
from ui.desktop.pages.class_schedule_forms import Job
from ui.desktop.pages.class_schedule_rows import ScheduleRow
from ui.desktop.pages.class_schedule_side import WIDE, Verb
from ui.desktop.pages.class_schedule_writing import Writing
from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.keys import KeyHelp, KeyLine
from ui.desktop.widgets.labels import quiet
from ui.desktop.widgets.layouts import Grow, column, row, scrolled, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import told, words

KEYS = (
    KeyHelp(("↑", "↓"), words("schedule-key-choose")),
    KeyHelp(("Enter",), words("today-key-open")),
    KeyHelp(("Del",), words("schedule-key-remove")),
)
PLAN = "plan"


class ClassSchedulePage(Page):
    """go("class_schedule", class key, session number), the number only to begin with one; PLAN instead of it
    opens the form that plans many."""

    place = "classes"
    watches = frozenset(
        {"training_class", "session", "mark", "draft", "enrolment", "programme", "module", "holiday"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key: ClassKey | None = None
        self._board: ScheduleBoard | None = None
        self._wanted: object = None
        self._plan: Planned | None = None
        self._asked: SessionRow | None = None
        self.edit = Button(words("schedule-edit-class"), icon="pencil")
        self.edit.clicked.connect(lambda: self.desk.go("class_form", self._key))
        self.sheet = Button(words("schedule-sheet"), icon="printer")
        self.sheet.clicked.connect(lambda: self.desk.go("reports", self._key, "attendance-sheet"))
        self.head = ClassHead(desk, "class_schedule", self.sheet, self.edit)
        self.model: RowsModel[ScheduleRow] = RowsModel(class_schedule_rows.columns(), lambda r: r.key)
        name = str(words("class-tab-class-schedule"))
        self.table = TableView(self.model, name, row_height=class_schedule_rows.ROW)
        self.table.chosen.connect(self._show_session)
        self.table.opened.connect(self._on_table_opened)
        self.sum = quiet("")
        self.add, self.plan_many = add_button(), plan_button()
        self.add.clicked.connect(self._on_add_clicked)
        self.plan_many.clicked.connect(self.plan)
        self.writing = Writing(desk)
        self.writing.done.connect(self._on_written)
        self.writing.refused.connect(self._on_refused)
        self.cards = self._cards()
        self._room = Room(self._full())
        self.setLayout(column(self.head, 14, Grow(self._room), margins=(28, 20, 28, 14)))

    def shown(self, *arguments: object) -> None:
        key, self._wanted = (*arguments, None)[:2]
        assert isinstance(key, ClassKey)
        if key != self._key:
            self._key, self._board = key, None
            self.head.open(key)
            self.model.show([])
            self._open(None)
            self._room.put(Skeleton(12, class_schedule_rows.ROW), Grow())
        self._stale = True  # a day goes by without any table's changing

    def refresh(self) -> None:
        if self._key is not None:
            read = self.desk.runner.read
            read(schedule_board.of, self._key, then=self._on_read, refused=self._on_read_refused)

    def keys(self) -> Sequence[KeyHelp]:
        return KEYS

    def focus_first(self) -> None:
        asking = self.cards.asking is not None
        if not asking and self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not (asking and self.has_focus):
            super().focus_first()

    def escaped(self) -> bool:
        if self.cards.asking is None:
            return False
        self._close_form()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        session = self.session()
        remove = self.cards.card.buttons[Verb.REMOVE]
        if event.key() == Qt.Key.Key_Delete and session is not None and remove.isVisible():
            self._on_card_wanted(Verb.REMOVE)
        else:
            super().keyPressEvent(event)

    def session(self) -> SessionRow | None:
        """The chosen session."""
        found = self.model.row_at(self.table.currentIndex().row())
        return None if found is None else found.session

    def plan(self) -> None:
        """Open the form that plans many."""
        if self._board is not None:
            self._room.put()
            self._open(self.cards.plan_form)
            self.cards.plan_form.ask(self._board, self.desk.now().date())

    def _cards(self) -> Cards:
        made = Cards(self.desk)
        made.card.wanted.connect(self._on_card_wanted)
        made.form.filled.connect(self._on_form_filled)
        made.not_held.given.connect(self._on_reason_given)
        made.plan_form.previewed.connect(self._on_previewed)
        made.plan_form.ready.connect(self._on_plan_ready)
        made.dropped.connect(self._close_form)
        return made

    def _full(self) -> QWidget:
        tools = row(Grow(self.sum), self.add, self.plan_many, space=10)
        left = column(tools, 12, self.table, Grow(), 8, KeyLine(KEYS))
        side = scrolled(self.cards)
        side.setFixedWidth(WIDE)
        return widget(row(Grow(widget(left)), 20, side))

    def _on_read(self, board: ScheduleBoard) -> None:
        if board.head.key != self._key:
            return
        first = self._board is None
        self._board = board
        self.head.show_class(board.head)
        self.sum.say(class_schedule_rows.total(board))
        if self._wanted == PLAN:
            self._wanted = None
            self.plan()
        if not board.sessions and self.cards.asking is None:
            self._put_empty()
            if first and self.isVisible():
                self.focus_first()
            return
        self._room.put()
        self._fill()
        self._choose(first)
        if first and self.isVisible():
            self.focus_first()

    def _on_read_refused(self, trouble: Trouble) -> None:
        self._room.put(Strip(told(trouble), Hue.RED, "circle-alert"), Grow())

    def _fill(self) -> None:
        assert self._board is not None
        self.model.show(class_schedule_rows.entries(self._board, self.desk.now().date(), self._plan))

    def _choose(self, first: bool) -> None:
        """Go to the session that is wanted; at first to today's, else the first that is open."""
        assert self._board is not None
        if self._wanted is not None and self.table.select(self._wanted):
            self._wanted = None
        elif first or self.table.key() is None:
            self.table.select(class_schedule_rows.first_open(self._board.sessions, self.desk.now().date()))
        self._show_session()

    def _show_session(self, _: object = None) -> None:
        session = self.session()
        if self._board is not None and session is not None:
            self.cards.card.show_session(self._board, session, self.desk.now().date())
        self.cards.card.setVisible(session is not None and self.cards.asking is None)

    def _on_table_opened(self, _: object) -> None:
        if self.session() is not None:
            self._on_card_wanted(Verb.OPEN)

    def _on_card_wanted(self, verb: Verb) -> None:
        session = self.session()
        if session is None or self._key is None:
            return
        if verb is Verb.OPEN:
            self.desk.go("roll_call", self._key, session.number)
        elif verb in (Verb.CHANGE, Verb.MAKE_UP):
            self._ask(Job(verb.value), session)
        elif verb is Verb.NOT_HELD:
            self._asked = session
            self._open(self.cards.not_held)
            self.cards.not_held.ask(session.number)
        elif verb is Verb.HAPPENED:
            self.writing.happened(self._key, session)
        else:
            self.writing.remove(self._key, session.number)

    def _on_add_clicked(self) -> None:
        self._room.put()
        self._ask(Job.ADD, None)

    def _ask(self, job: Job, of: SessionRow | None) -> None:
        """Open the form of one session."""
        if self._board is not None:
            self._asked = of
            self._open(self.cards.form)
            day = class_schedule_rows.next_day(self._board, self.desk.now().date())
            self.cards.form.ask(job, self._board, of, day)

    def _on_form_filled(self, job: Job, plan: SessionPlan, reason: str) -> None:
        if self._key is None:
            return
        session = self._asked
        if job is Job.ADD or session is None:
            self.writing.add(self._key, [plan], reason)
        elif job is Job.CHANGE:
            self.writing.move(self._key, session, plan, reason)
        else:
            self.writing.make_up(self._key, session.number, plan, reason)

    def _on_reason_given(self, reason: str) -> None:
        session = self._asked
        if session is not None and self._key is not None:
            self.writing.did_not_happen(self._key, session, reason)

    def _on_previewed(self, plan: Planned | None) -> None:
        self._plan = plan if self.cards.asking is self.cards.plan_form else None
        if self._board is not None:
            self._fill()
            if self._plan is not None:
                self.table.scrollToBottom()

    def _on_plan_ready(self, plans: Sequence[SessionPlan]) -> None:
        if self._key is not None:
            self.writing.add(self._key, plans, "")

    def _on_written(self, number: SessionNumber | None) -> None:
        self._wanted = number
        self._close_form()

    def _on_refused(self, trouble: Trouble) -> None:
        if not self.cards.refuse(trouble):
            self.desk.tell_trouble(trouble)

    def _open(self, form: Asking | None) -> None:
        """Show this form at the right, or the card again."""
        self.cards.open(form)
        self.table.setEnabled(form is None or form is self.cards.plan_form)
        if form is not self.cards.plan_form and self._plan is not None:
            self._plan = None
            if self._board is not None:
                self._fill()

    def _close_form(self) -> None:
        self._open(None)
        if self._board is not None and not self._board.sessions:
            self._put_empty()
        self._show_session()
        self.focus_first()

    def _put_empty(self) -> None:
        """Show what a class without sessions shows."""
        plan, add = plan_button(primary=True), add_button()
        plan.clicked.connect(self.plan)
        add.clicked.connect(self._on_add_clicked)
        shown = empty(plan, add)
        self._room.put(Grow(shown))
        shown.show()  # now, so that it can have the focus


PAGE = ClassSchedulePage
