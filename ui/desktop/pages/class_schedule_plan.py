"""The form that plans many sessions at once, and says what it would make while one types."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain import calendar, planning, typed_days, typed_times
from app.domain.keys import ClassKey
from app.domain.planning import Planned
from app.errors import Refused, Trouble
from app.queries import schedule_board
from app.queries.schedule_board import ScheduleBoard
from ui.desktop.desk import Desk
from ui.desktop.pages import class_schedule_rows
from ui.desktop.pages.class_schedule_rows import joined, next_day
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.form import Form
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, column, fill, row
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.toggles import TickBox
from ui.desktop.wording import Day, long_day, plain_day, short_day, told, words

_MONDAY = date(2026, 11, 23)
_USUAL = ((510, 690), (780, 960))
_DAYS_A_LINE = 4
Request = tuple[date, int, tuple[tuple[int, int], ...], frozenset[int], bool]


class Weekdays(QWidget):
    """Seven tick boxes, Monday to Friday on.

    Signals:
        changed: another day was ticked or left.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        self.boxes = [
            TickBox(Day(_MONDAY + timedelta(days=n), "ddd"), n in calendar.WEEKDAYS) for n in range(7)
        ]
        for at, box in enumerate(self.boxes):
            box.toggled.connect(lambda _: self.changed.emit())
            grid.addWidget(box, at // _DAYS_A_LINE, at % _DAYS_A_LINE)
        self.setLayout(grid)
        self.setFocusProxy(self.boxes[0])

    def value(self) -> frozenset[int]:
        """The ticked days, Monday 0."""
        return frozenset(at for at, box in enumerate(self.boxes) if box.isChecked())


class PlanForm(Card):
    """Signals:
    previewed: what it would make, a Planned, or None where that cannot be said yet.
    ready: the sessions to be planned, as a tuple of SessionPlan.
    dropped: it is not wanted any more.
    """

    previewed = Signal(object)
    ready = Signal(object)
    dropped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=(20, 18, 20, 18))
        self._desk = desk
        self._key: ClassKey | None = None
        self._last_day: date | None = None
        self._request: Request | None = None
        self.first, self.count = TextInput(words("schedule-day-hint"), 12), TextInput("", 4)
        self.times, self.weekdays = TextInput("08.30-11.30, 13.00-16.00", 12), Weekdays()
        self.modules = TickBox(words("schedule-spread"), True)
        self.form = Form(3)
        self.form.add("day", Field(words("schedule-first"), self.first), span=2)
        self.form.add("count", Field(words("schedule-count-of"), self.count))
        self.form.add("times", Field(words("schedule-times-of-day"), self.times), wide=True)
        self.form.add("weekdays", Field(words("schedule-weekdays-on"), self.weekdays), wide=True)
        self.sum = Label("", Role.STRONG, wrap=True)
        self.skipped = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self.beyond = Strip("", Hue.AMBER, "triangle-alert", role=Role.SMALL)
        for field in (self.first, self.count, self.times):
            field.textEdited.connect(self._preview)
            field.returnPressed.connect(self.save)
        self.weekdays.changed.connect(self._preview)
        self.modules.toggled.connect(lambda _: self._preview())
        self.keep = Button(words("schedule-keep"), Kind.PRIMARY, key="Enter")
        self.keep.clicked.connect(self.save)
        drop = Button(words("schedule-drop"), key="Esc")
        drop.clicked.connect(self.dropped)
        said = column(self.skipped, 6, self.beyond)
        title = Label(words("schedule-plan"), Role.SECTION)
        verbs = row(self.keep, drop, Grow(), space=8)
        fill(self.body, [title, 10, self.form, 2, self.modules, 12, self.sum, 12, verbs, 12, said])

    def ask(self, board: ScheduleBoard, today: date) -> None:
        """Begin with what the class most likely wants: the rest of its programme, from the next day on."""
        self._key, self._last_day = board.head.key, board.head.last_day
        times = _times(board)
        self.first.setText(str(long_day(next_day(board, today))))
        self.times.setText(", ".join(class_schedule_rows.times(*slot) for slot in times))
        self.count.setText(str(_count(board, times)))
        self.modules.setVisible(bool(board.modules))
        self.form.accept()
        self._preview()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.first.selectAll()

    def save(self) -> None:
        """Plan what stands here, or say at its field what cannot be read."""
        try:
            request = self._read()
        except Refused as refusal:
            self.refuse(refusal)
            return
        self.form.accept()
        runner = self._desk.runner
        runner.read(schedule_board.preview, self._key, *request, then=self._on_ready, refused=self.refuse)

    def refuse(self, trouble: Trouble) -> None:
        """Say what is wrong at the field it is about."""
        field = "times" if trouble.field in ("starts", "jp") else trouble.field
        self.form.refuse(field, told(trouble))

    def _read(self) -> Request:
        """What is typed; Refused for what cannot be read."""
        day = typed_days.parse(self.first.text(), self._desk.now().date())
        typed = self.count.text().strip()
        count = int(typed) if typed.isdecimal() and len(typed) < 5 else 0
        times = typed_times.parse_many(self.times.text())
        return day, count, times, self.weekdays.value(), bool(self.modules.isChecked())

    def _preview(self) -> None:
        """Say what would be made. What cannot be read yet is said when one saves, not while one types."""
        try:
            self._request = self._read()
        except Refused:
            self._show(None)
            return
        self.form.accept()
        meant = long_day(self._request[0])
        self.form.fields["day"].explain(None if self.first.text() == str(meant) else meant)
        read = self._desk.runner.read
        read(
            schedule_board.preview,
            self._key,
            *self._request,
            then=self._on_previewed,
            refused=self._on_unplanned,
        )

    def _on_previewed(self, plan: Planned) -> None:
        self._show(plan)

    def _on_unplanned(self, _: Trouble) -> None:
        self._show(None)

    def _on_ready(self, plan: Planned) -> None:
        self.ready.emit(plan.sessions)

    def _show(self, plan: Planned | None) -> None:
        self.sum.setVisible(plan is not None)
        self.skipped.setVisible(plan is not None and bool(plan.skipped))
        last = None if plan is None else plan.sessions[-1].day
        late = last is not None and self._last_day is not None and last > self._last_day
        self.beyond.setVisible(late)
        if plan is not None:
            self._say(plan)
        self.previewed.emit(plan)

    def _say(self, plan: Planned) -> None:
        n, jp = len(plan.sessions), sum(session.jp for session in plan.sessions)
        first, last = plan.sessions[0].day, plan.sessions[-1].day
        self.sum.say(words("schedule-sum", n=n, jp=jp, first=long_day(first), last=long_day(last)))
        names = [words("schedule-skip", day=short_day(s.day), holiday=s.holiday) for s in plan.skipped]
        self.skipped.say(words("schedule-skipped", days=joined(names, "schedule-and")))
        if self._last_day is not None:
            self.beyond.say(words("schedule-beyond", day=plain_day(self._last_day)))


def _times(board: ScheduleBoard) -> Sequence[tuple[int, int]]:
    """The times of the last day that has sessions; without any, a morning and a noon."""
    days = [session.day for session in board.sessions if session.day is not None]
    found = {
        (session.starts, session.ends)
        for session in board.sessions
        if days and session.day == max(days) and session.starts is not None and session.ends is not None
    }
    return sorted(found) or _USUAL


def _count(board: ScheduleBoard, times: Sequence[tuple[int, int]]) -> int:
    """As many sessions as the rest of the programme takes; a day's where nothing is left."""
    left = board.programme_jp - board.planned_jp
    per = sum(planning.jp_of(*slot, board.jp_minutes) for slot in times) / len(times)
    return math.ceil(left / per) if left > 0 else len(times)
