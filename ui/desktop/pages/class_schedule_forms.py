"""The forms beside the schedule for one session: a new one, other plans, a make-up, why it did not happen."""

from __future__ import annotations

import functools
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Qt, Signal

from app.domain import planning, typed_days, typed_times
from app.domain.attendance import SessionState
from app.domain.timetable import SessionPlan
from app.errors import Refused, Trouble
from app.queries import schedule_board
from app.queries.classes import SessionRow
from app.queries.schedule_board import ScheduleBoard
from ui.desktop.desk import Desk
from ui.desktop.pages import class_schedule_rows
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.form import Form
from ui.desktop.widgets.inputs import ChoiceInput, Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, fill, row
from ui.desktop.wording import Text, long_day, told, words


class Job(StrEnum):
    """What the form of a session is for."""

    ADD = "add"
    CHANGE = "change"
    MAKE_UP = "make-up"


class SessionForm(Card):
    """Asks for a session's plan; a reason only where its day is a holiday.

    Signals:
        filled: it can be written: the Job, the SessionPlan, the reason (str).
        dropped: it is not wanted any more.
    """

    filled = Signal(object, object, str)
    dropped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=(20, 18, 20, 18))
        self._desk, self.job = desk, Job.ADD
        self._title, self._about = (
            Label("", Role.SECTION, wrap=True),
            Label("", Role.SMALL, Tone.INK2, wrap=True),
        )
        self.day, self.times = TextInput(words("schedule-day-hint"), 12), TextInput("08.30-11.30", 10)
        self.jp, self.topic, self.reason = TextInput("", 4), TextInput("", 12), TextInput("", 12)
        self.module: ChoiceInput[str] = ChoiceInput([("", words("schedule-no-module"))])
        self.form = Form(2)
        self.form.add("day", Field(words("schedule-day"), self.day), wide=True)
        self.form.add("times", Field(words("schedule-times"), self.times))
        self.form.add("jp", Field(words("schedule-jp"), self.jp))
        self.form.add("module", Field(words("schedule-module"), self.module), wide=True)
        self.form.add(
            "topic", Field(words("schedule-topic"), self.topic, words("schedule-topic-help")), wide=True
        )
        self._why = self.form.add("reason", Field(words("schedule-holiday-reason"), self.reason), wide=True)
        self._asked: date | None = None
        self._minutes = planning.MINUTES_PER_JP
        self.day.textChanged.connect(self._on_day_changed)
        self.times.textEdited.connect(self._on_times_edited)
        self.keep = Button(words("schedule-keep"), Kind.PRIMARY, key="Enter")
        self.keep.clicked.connect(self.save)
        drop = Button(words("schedule-drop"), key="Esc")
        drop.clicked.connect(self.dropped)
        for field in (self.day, self.times, self.jp, self.topic, self.reason):
            field.returnPressed.connect(self.save)
        fill(
            self.body, [self._title, 2, self._about, 10, self.form, 14, row(self.keep, drop, Grow(), space=8)]
        )

    def ask(self, job: Job, board: ScheduleBoard, of: SessionRow | None, day: date) -> None:
        """Ask for a plan: of a new session on `day`, or from what is planned for the one it is `of`."""
        self.job, self._minutes = job, board.jp_minutes
        self._title.say(words(f"schedule-title-{job}", number=0 if of is None else of.number))
        self._about.say(words(f"schedule-about-{job}"))
        self.module.offer([("", words("schedule-no-module")), *((m.code, m.title) for m in board.modules)])
        self.form.accept()
        self.reason.clear()
        moved = of if of is not None and job is Job.CHANGE and of.day is not None else None
        self.day.setText(str(long_day(day if moved is None or moved.day is None else moved.day)))
        like = of or (board.sessions[-1] if board.sessions else None)
        self.times.setText("" if like is None else class_schedule_rows.times(like.starts, like.ends))
        self.jp.setText("" if like is None else str(like.jp))
        self.module.choose("" if of is None else of.module or "")
        self.topic.setText("" if of is None else of.topic or "")
        ahead = job is not Job.CHANGE or of is None or of.state is SessionState.PLANNED
        for field in (self.day, self.times, self.jp):
            field.setEnabled(ahead)
        (self.day if ahead else self.topic).setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.selectAll()

    def save(self) -> None:
        """Hand over what was typed, or say at its field what cannot be read."""
        try:
            day = typed_days.parse(self.day.text(), self._desk.now().date())
            starts, ends = typed_times.parse(self.times.text())
            jp = _number(self.jp.text())
            plan = SessionPlan(
                day, starts, ends, jp, self.topic.text(), self.module.value() or None
            ).checked()
        except Refused as refusal:
            self.refuse(refusal)
            return
        self.form.accept()
        self.filled.emit(self.job, plan, self.reason.text())

    def refuse(self, trouble: Trouble) -> None:
        """Say what is wrong at the field it is about."""
        if trouble.code == "session-on-holiday":
            self._why.show()
        field = "times" if trouble.field == "starts" else trouble.field
        self.form.refuse(field, told(trouble))

    def _on_day_changed(self, typed: str) -> None:
        """Say which day of the week that is, and whether it is a holiday."""
        self._asked = None
        self._why.hide()
        try:
            self._asked = typed_days.parse(typed, self._desk.now().date())
        except Refused:
            self.form.fields["day"].explain(None)
            return
        self._explain(long_day(self._asked))
        then = functools.partial(self._on_holiday_read, self._asked)
        self._desk.runner.read(schedule_board.holiday, self._asked, then=then)

    def _on_holiday_read(self, day: date, holiday: str | None) -> None:
        if day != self._asked:
            return
        self._why.setVisible(holiday is not None and self.day.isEnabled())
        said: Text = long_day(day)
        if holiday is not None:
            said = words("schedule-day-holiday", day=said, holiday=holiday)
        self._explain(said)

    def _explain(self, said: Text) -> None:
        self.form.fields["day"].explain(None if str(said) == self.day.text() else said)

    def _on_times_edited(self, typed: str) -> None:
        """Training hours follow the times."""
        try:
            starts, ends = typed_times.parse(typed)
        except Refused:
            return
        if ends > starts:
            self.jp.setText(str(planning.jp_of(starts, ends, self._minutes)))


class NotHeldForm(Card):
    """Asks why a session did not happen.

    Signals:
        given: the reason.
        dropped: it is not wanted any more.
    """

    given = Signal(str)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(20, 18, 20, 18))
        self._title = Label("", Role.SECTION, wrap=True)
        said = Label(words("roll-cancel-said"), Role.SMALL, Tone.INK2, wrap=True)
        self.reason = TextInput(words("schedule-reason-hint"), 12)
        self.reason.returnPressed.connect(self._on_given)
        self.field = Field(words("schedule-reason"), self.reason)
        keep = Button(words("schedule-keep"), Kind.PRIMARY, key="Enter")
        keep.clicked.connect(self._on_given)
        drop = Button(words("schedule-drop"), key="Esc")
        drop.clicked.connect(self.dropped)
        fill(self.body, [self._title, 4, said, 12, self.field, 12, row(keep, drop, Grow(), space=8)])

    def ask(self, number: int) -> None:
        """Ask about this session."""
        self._title.say(words("schedule-not-held-title", number=number))
        self.field.accept()
        self.reason.clear()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, trouble: Trouble) -> None:
        """The reason will not do."""
        self.field.refuse(told(trouble))

    def _on_given(self) -> None:
        if self.reason.text().strip():
            self.given.emit(self.reason.text())
        else:
            self.field.refuse(words("schedule-reason-missing"))


def _number(typed: str) -> int:
    """Training hours; 0, which is refused as too few, where it is no number."""
    return int(typed) if typed.strip().isdecimal() and len(typed) < 5 else 0
