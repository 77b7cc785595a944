"""The attendance of a class: everybody in every session, how each stands towards the rule, and the way in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.attendance import Status
from app.domain.ids import SessionNumber
from app.domain.keys import ClassKey
from app.errors import Trouble
from app.queries import attendance_board
from app.queries.attendance_board import AttendanceBoard
from app.queries.classes import SessionRow
from ui.desktop import places
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import class_attendance_rows, roll_call_marks
from ui.desktop.pages.class_attendance_rows import FIRST, RecapRow
from ui.desktop.pages.class_head import ClassHead
from ui.desktop.pages.class_schedule_rows import first_open
from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.chips import Chip
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.frozen import FrozenGrid
from ui.desktop.widgets.grid import Grid
from ui.desktop.widgets.keys import KeyHelp, KeyLine
from ui.desktop.widgets.labels import quiet
from ui.desktop.widgets.layouts import Grow, Item, clear, column, fill, row
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import told, words

KEYS = (
    KeyHelp(("↑", "↓", "←", "→"), words("recap-key-walk")),
    KeyHelp(("Enter",), words("recap-key-open")),
)


_ROOMY = 780  # below this height the room is for the rows: 20 of them stand on a screen of 768


class ClassAttendancePage(Page):
    """go("class_attendance", class key). Enter, a double click and a column's head open that session; on a
    name, that person."""

    place = "classes"
    watches = frozenset(
        {"training_class", "session", "mark", "enrolment", "participant", "programme", "module"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key: ClassKey | None = None
        self._board: AttendanceBoard | None = None
        self._sessions: list[SessionRow] = []
        self.grid: Grid | None = None
        self.model: RowsModel[RecapRow] | None = None
        self.print_button = Button(words("recap-print"), icon="printer")
        self.print_button.clicked.connect(lambda: self.desk.go("reports", self._key, "attendance-recap"))
        self.head = ClassHead(desk, "class_attendance", self.print_button)
        self.rule = quiet("", wrap=True)
        self._legend = row(Grow(self.rule), 18, *_legend(), space=6)
        self._room = column()
        self._keys = KeyLine(KEYS)
        parts = (self.head, 12, self._legend, 10, Grow(self._room), 6, self._keys)
        self.setLayout(column(*parts, margins=(28, 20, 28, 8)))

    def shown(self, *arguments: object) -> None:
        key = arguments[0]
        assert isinstance(key, ClassKey)
        if key != self._key:
            self._key, self._board, self._sessions = key, None, []
            self.grid = None
            self.head.open(key)
            self.rule.say("")
            self._put(Skeleton(16, 24), Grow())
            self._stale = True

    def refresh(self) -> None:
        if self._key is not None:
            read = self.desk.runner.read
            read(attendance_board.of, self._key, then=self._on_read, refused=self._on_read_refused)

    def keys(self) -> Sequence[KeyHelp]:
        return KEYS

    def focus_first(self) -> None:
        if self.grid is not None:
            self.grid.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keys.setVisible(self.height() >= _ROOMY)

    def open_session(self, column: int) -> None:
        """Open the roll call of the session in this column of the table."""
        if FIRST <= column < FIRST + len(self._sessions):
            self.desk.go("roll_call", self._key, self._sessions[column - FIRST].number)

    def _on_read(self, board: AttendanceBoard) -> None:
        if board.head.key != self._key:
            return
        first, self._board = self._board is None, board
        self.head.show_class(board.head)
        self.rule.say(class_attendance_rows.rule_said(board))
        sessions = class_attendance_rows.in_order(board)
        if not board.matrix.people or not sessions:
            self.grid = None
            people = bool(board.matrix.people)
            shown = _empty(self._way(people), people)
            self._put(Grow(shown))
            shown.show()  # now, so that it can have the focus
        else:
            self._show(board, sessions)
        if first and self.isVisible():
            self.focus_first()

    def _on_read_refused(self, trouble: Trouble) -> None:
        self.grid = None
        self._put(Strip(told(trouble), Hue.RED, "circle-alert"), Grow())

    def _show(self, board: AttendanceBoard, sessions: list[SessionRow]) -> None:
        fresh = self.grid is None or _heads(sessions) != _heads(self._sessions)
        self._sessions = sessions
        if fresh:
            self._make_grid(sessions)
        assert self.grid is not None and self.model is not None
        self.model.show(class_attendance_rows.rows(board))
        self.grid.foot.show_figures(
            words("roll-status-present"), ["", "", *class_attendance_rows.present(board)]
        )
        if fresh:
            self._begin(board)

    def _make_grid(self, sessions: list[SessionRow]) -> None:
        """A table with a column for each session; its heads can be pressed."""
        self.model = RowsModel(class_attendance_rows.columns(sessions), lambda r: r.participant)
        table = FrozenGrid(self.model, str(words("class-tab-class-attendance")), FIRST)
        table.opened.connect(lambda _: self._open(table.currentIndex()))
        table.doubleClicked.connect(self._open)
        heads = table.horizontalHeader()
        heads.setSectionsClickable(True)
        heads.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        heads.sectionClicked.connect(self.open_session)
        self.grid = Grid(table, 1)
        self._put(self.grid, Grow())

    def _begin(self, board: AttendanceBoard) -> None:
        """Go to the first person, in the session one most likely wants."""
        assert self.grid is not None
        wanted = first_open(self._sessions, self.desk.now().date())
        numbers: list[SessionNumber] = [session.number for session in self._sessions]
        at = numbers.index(wanted) if wanted in numbers else 0
        self.grid.table.select(board.matrix.people[0].participant, FIRST + at)

    def _open(self, index: QModelIndex) -> None:
        """Open what the cell is of: a session, or a person."""
        who = None if self.model is None else self.model.key_at(index.row())
        if index.column() < FIRST and who is not None and places.exists("participant"):
            self.desk.go("participant", who)
        else:
            self.open_session(index.column())

    def _put(self, *items: Item) -> None:
        clear(self._room)
        fill(self._room, items)

    def _way(self, people: bool) -> Button:
        """The way to what has to be there first."""
        key = "class_schedule" if people else "class_participants"
        go = Button(words("schedule-plan" if people else "progress-empty-button"), Kind.PRIMARY)
        go.clicked.connect(lambda: self.desk.go(key, self._key, *(["plan"] if people else [])))
        return go


def _empty(go: Button, people: bool) -> EmptyState:
    """A class without people, or without sessions."""
    if people:
        step = Step(words("schedule-step-plan"), words("schedule-step-plan-how"), go)
        return EmptyState(words("schedule-empty"), words("recap-empty-said"), [step])
    step = Step(words("progress-empty-step"), words("progress-empty-how"), go)
    return EmptyState(words("progress-empty"), words("recap-empty-people"), [step])


def _legend() -> list[QWidget]:
    """What the letters mean that are not plain."""
    return [Chip(roll_call_marks.chip(status)) for status in Status if status is not Status.PRESENT]


def _heads(sessions: Sequence[SessionRow]) -> list[object]:
    """What the columns are of."""
    return [(session.number, session.day) for session in sessions]


PAGE = ClassAttendancePage
