"""The participants of a class: who is in it, who waits, and the ways in, out and into another class."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.enrolment import EnrolmentState
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.errors import Trouble
from app.queries import class_people
from app.queries.class_people import ClassPeople, ClassPerson
from app.queries.participants_board import PersonLine
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import class_participants_rows as shown_rows
from ui.desktop.pages.class_head import ClassHead
from ui.desktop.pages.class_participants_add import AddPanel
from ui.desktop.pages.class_participants_moves import Moves
from ui.desktop.pages.class_participants_panel import MemberPanel
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.keys import KeyHelp, KeyLine
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, column, row, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import told, words

KEYS = (
    KeyHelp(("↑", "↓"), words("participants-key-choose")),
    KeyHelp(("Enter",), words("members-key-story")),
    KeyHelp(("T",), words("members-key-add")),
)
_WAITING, _FULL, _EMPTY, _REFUSED = range(4)


class ClassParticipantsPage(Page):
    """go("class_participants", class key, participant): the last only to begin with somebody."""

    place = "classes"
    watches = frozenset(
        {"enrolment", "participant", "consent", "mark", "session", "training_class", "centre"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key: ClassKey | None = None
        self.people: ClassPeople | None = None
        self._wanted: object = None
        self.bring = self._button("participants-import", Kind.NORMAL, "upload", self._on_bring_clicked)
        self.cards = self._button("members-cards", Kind.NORMAL, "printer", self._on_cards_clicked)
        self.add = self._button("participants-add", Kind.PRIMARY, "plus", self.begin_adding)
        self.head = ClassHead(desk, "class_participants", self.cards, self.bring, self.add)
        self.rows: RowsModel[ClassPerson] = RowsModel(shown_rows.columns(), lambda one: one.row.participant)
        title = str(words("class-tab-class-participants"))
        self.table = TableView(self.rows, title, row_height=shown_rows.ROW)
        self.table.chosen.connect(self._on_table_chosen)
        self.table.opened.connect(lambda who: desk.go("participant_history", who))
        self.moves = Moves(desk, self)
        self.moves.done.connect(self._on_moves_done)
        self.moves.refused.connect(self._on_moves_refused)
        self.panel, self.adding = MemberPanel(), AddPanel(desk)
        self._listen()
        self.side = QStackedWidget()
        self.side.addWidget(self.panel)
        self.side.addWidget(self.adding)
        self.summary = Label("", Role.SMALL, Tone.INK2)
        self.strip, self.quota = Strip("", Hue.RED, "circle-alert"), Strip(words("members-full"))
        self._body = QStackedWidget()
        waiting = widget(column(Skeleton(12, shown_rows.ROW), Grow()))
        for part in (waiting, self._full(), self._empty(), widget(column(self.strip, Grow()))):
            self._body.addWidget(part)
        self.setLayout(column(self.head, 15, Grow(self._body), margins=(28, 20, 28, 14)))

    def shown(self, *arguments: object) -> None:
        key, self._wanted = (*arguments, None)[:2]
        assert isinstance(key, ClassKey)
        if key != self._key:
            self._key, self.people = key, None
            self.head.open(key)
            self.rows.show([])
            self.side.setCurrentWidget(self.panel)
            self._body.setCurrentIndex(_WAITING)
            self._show_tools(False)
            self._stale = True
        elif self._wanted is not None:
            self._select()

    def refresh(self) -> None:
        if self._key is not None:
            read, today = self.desk.runner.read, self.desk.now().date()
            read(class_people.of, self._key, today, then=self._on_read, refused=self._on_read_refused)

    def search(self) -> QWidget | None:
        """The field that finds somebody to add."""
        if self.people is None:
            return None
        if self.side.currentWidget() is not self.adding:
            self.begin_adding()
        return self.adding.field

    def keys(self) -> Sequence[KeyHelp]:
        return KEYS

    def focus_first(self) -> None:
        index = self._body.currentIndex()
        if index == _EMPTY and self.side.currentWidget() is not self.adding:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif index == _FULL and self.side.currentWidget() is self.adding:
            self.adding.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def escaped(self) -> bool:
        if self.side.currentWidget() is self.adding:
            self._end_adding()
            return True
        closed = self.panel.close_ask()
        if closed:
            self.focus_first()
        return closed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().casefold() == "t" and self.people is not None:
            self.begin_adding()
        else:
            super().keyPressEvent(event)

    def begin_adding(self) -> None:
        """Ask at the right who is to be added."""
        if self.people is not None:
            self.side.setCurrentWidget(self.adding)
            self._show_body()
            self.adding.begin(shown_rows.names(self.people.people))

    def _listen(self) -> None:
        panel, adding, go = self.panel, self.adding, self.desk.go
        panel.state_wanted.connect(lambda state: self._move(self.moves.enrol, state))
        panel.withdrawn.connect(lambda reason: self._move(self.moves.withdraw, reason))
        panel.moved.connect(lambda to: self._move(self.moves.move, to))
        panel.edit_wanted.connect(lambda: go("participant", panel.who))
        panel.story_wanted.connect(lambda: go("participant_history", panel.who))
        adding.chosen.connect(self._on_adding_chosen)
        adding.new_wanted.connect(lambda: go("participant", None, self._key))
        adding.closed.connect(self._end_adding)

    def _button(self, code: str, kind: Kind, icon: str, pressed: Callable[[], None]) -> Button:
        made = Button(words(code), kind, icon=icon)
        made.clicked.connect(pressed)
        return made

    def _full(self) -> QWidget:
        left = column(self.quota, self.table, Grow(), 8, self.summary, 8, KeyLine(KEYS))
        return widget(row(Grow(left, 66), 20, Grow(self.side, 34)))

    def _empty(self) -> EmptyState:
        self.first = self._button("participants-import", Kind.PRIMARY, "upload", self._on_bring_clicked)
        one = self._button("participants-add", Kind.NORMAL, "plus", self.begin_adding)
        steps = [
            Step(words("members-empty-import"), words("members-empty-import-said"), self.first),
            Step(words("members-empty-add"), words("members-empty-add-said"), one),
        ]
        return EmptyState(words("progress-empty"), words("members-empty-said"), steps)

    def _on_read(self, people: ClassPeople) -> None:
        if people.head.key != self._key:
            return
        first, self.people = self.people is None, people
        self.head.show_class(people.head)
        self.rows.show(shown_rows.entries(people))
        self.summary.say(shown_rows.summary(people))
        self.quota.setVisible(shown_rows.full(people))
        self.adding.know(shown_rows.names(people.people))
        self._show_body()
        self._select()
        self._show_person()
        if first and self.isVisible():
            self.focus_first()
        QTimer.singleShot(0, self.table, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        """The chosen row, once the table has the height that it keeps."""
        self.table.scrollTo(self.table.currentIndex())

    def _on_read_refused(self, trouble: Trouble) -> None:
        self.strip.say(told(trouble))
        self._show_tools(False)
        self._body.setCurrentIndex(_REFUSED)

    def _show_body(self) -> None:
        """The list with its side; the first steps where nobody is in the class and nobody is being added."""
        anybody = bool(self.rows.rowCount())
        adding = self.side.currentWidget() is self.adding
        self.table.setVisible(anybody)
        self._body.setCurrentIndex(_FULL if anybody or adding else _EMPTY)
        self._show_tools(anybody)

    def _show_tools(self, shown: bool) -> None:
        for tool in (self.cards, self.bring, self.add):
            tool.setVisible(shown)

    def _select(self) -> None:
        """Choose who is wanted, else keep who was chosen, else the first."""
        if isinstance(self._wanted, bytes) and self.table.select(self._wanted):
            self._wanted = None
        self.table.select_first()

    def _person(self) -> ClassPerson | None:
        return self.rows.row_at(self.table.currentIndex().row())

    def _show_person(self) -> None:
        one = self._person()
        if one is not None and self.people is not None:
            self.panel.show_person(one, self.people.others)

    def _on_table_chosen(self, key: object) -> None:
        if key is not None:
            self._show_person()

    def _move(self, way: Callable[..., None], what: object) -> None:
        """Do something about the person shown."""
        one = self._person()
        if one is not None and self._key is not None:
            way(self._key, one.row.participant, one.row.name, what)

    def _on_adding_chosen(self, line: PersonLine, state: EnrolmentState) -> None:
        if self._key is not None:
            self.moves.enrol(self._key, line.person.id, line.person.name, state)

    def _on_moves_done(self, who: ParticipantId) -> None:
        self._wanted = who
        self.panel.close_ask()
        self.focus_first()

    def _on_moves_refused(self, trouble: Trouble) -> None:
        if trouble.field == "reason":
            self.panel.refuse(told(trouble))
        else:
            self.desk.tell_trouble(trouble)

    def _end_adding(self) -> None:
        self.side.setCurrentWidget(self.panel)
        self._show_body()
        self._show_person()
        self.focus_first()

    def _on_bring_clicked(self) -> None:
        self.desk.go("roster_import", None, self._key)

    def _on_cards_clicked(self) -> None:
        self.desk.go("reports", self._key, "cards")


PAGE = ClassParticipantsPage
