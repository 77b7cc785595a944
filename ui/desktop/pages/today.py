"""The day of somebody who teaches: today's sessions and the way into each, tomorrow's, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QDateTime, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.queries import today, waiting
from app.queries.today import DaySession, Today
from app.queries.waiting import Waiting
from ui.desktop import places
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import today_words
from ui.desktop.pages.class_head import class_title
from ui.desktop.pages.today_cards import SessionList
from ui.desktop.pages.today_search import DaySearch
from ui.desktop.pages.today_side import DaySide, Wanted
from ui.desktop.tokens import Role
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.keys import KeyHelp, KeyLine
from ui.desktop.widgets.labels import Label, heading, quiet
from ui.desktop.widgets.layouts import Grow, Item, clear, column, fill, row, scrolled, widget
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import long_day, words

KEYS = (
    KeyHelp(("↑", "↓"), words("today-key-choose")),
    KeyHelp(("Enter",), words("today-key-open")),
    KeyHelp(("F1",), words("today-key-help")),
)
_MINUTE_MS = 60_000
_TIME = 104


class TodayPage(Page):
    """Reads the day when it is shown, when something of it has changed, and when the day or minute turns."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"training_class", "session", "enrolment", "mark", "draft", "result", "decision", "certificate"}
        | {"participant", "programme", "module"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.day: Today | None = None
        self.finder = DaySearch(desk, self)
        self.finder.wanted.connect(self._on_wanted)
        self.head = PageHead("", self.finder.field, role=Role.DISPLAY)
        self.sessions, self.side = SessionList(), DaySide()
        self.sessions.opened.connect(self._on_session_opened)
        self.side.wanted.connect(self._on_wanted)
        self._tomorrow = column()
        self.empty = self._empty()
        self._body = QStackedWidget()
        self._body.addWidget(self._full())
        self._body.addWidget(self.empty)
        reading = widget(row(Grow(column(Skeleton(3, 112), Grow())), 28, column(Skeleton(3, 65), Grow())))
        self._body.addWidget(reading)
        self._body.setCurrentWidget(reading)
        self.setLayout(column(self.head, 16, Grow(self._body), margins=(28, 20, 28, 14)))
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self.tick)

    def refresh(self) -> None:
        runner, now = self.desk.runner, self.desk.now()
        who = (runner.centre, now.date(), runner.author)
        runner.read(today.today, *who, then=self._on_read)
        runner.read(waiting.listed, *who, then=self._on_waiting_read, aside=True)

    def tick(self) -> None:
        """Another minute, or a clock that was set: say it, and read another day anew."""
        now = self.desk.now()
        if self.day is None:
            self.head.say(long_day(now.date()), detail=today_words.time_said(now))
        if self.day is None or self.day.day != now.date():
            self._stale = True
            self.catch_up()
        else:
            self._show(self.day)
        self._clock.start(_MINUTE_MS - QDateTime.currentMSecsSinceEpoch() % _MINUTE_MS + 1)

    def search(self) -> QWidget:
        return self.finder.field

    def keys(self) -> Sequence[KeyHelp]:
        return KEYS[:2]

    def focus_first(self) -> None:
        if self._body.currentWidget() is self.empty:
            super().focus_first()
        else:
            self.sessions.setFocus(Qt.FocusReason.OtherFocusReason)

    def escaped(self) -> bool:
        closed = self.finder.close()
        if closed:
            self.focus_first()
        return closed

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self.finder.close()

    def _full(self) -> QWidget:
        left = widget(
            column(
                heading(words("today-sessions")),
                10,
                self.sessions,
                34,
                self._tomorrow,
                Grow(),
                margins=(0, 0, 0, 8),
            )
        )
        days = column(Grow(scrolled(left)), 8, KeyLine(KEYS))
        return widget(row(Grow(days), 28, self.side))

    def _empty(self) -> EmptyState:
        add = Button(words("today-add-class"), Kind.PRIMARY, icon="plus")
        add.clicked.connect(self._on_add_clicked)
        if not places.exists("classes"):
            add.hide()  # never setVisible(True) before there is a parent: it would open a window of its own
        steps = [
            Step(words("today-step-class"), words("today-step-class-said"), add),
            Step(words("today-step-people"), words("today-step-people-said")),
            Step(words("today-step-roll"), words("today-step-roll-said")),
        ]
        more = words("today-empty-more") if places.exists("sync") else ""
        made = EmptyState(words("today-empty"), words("today-empty-said"), steps, more)
        made.linked.connect(self._on_empty_linked)
        return made

    def _on_read(self, read: Today) -> None:
        first = self.day is None or (self._body.currentWidget() is self.empty) == read.anything
        self.day = read
        self._body.setCurrentIndex(0 if read.anything else 1)
        self._show(read)
        self.side.show_day(read)
        if first and self.isVisible():
            self.focus_first()

    def _on_waiting_read(self, waits: list[Waiting]) -> None:
        self.side.show_waiting(waits)

    def _show(self, read: Today) -> None:
        now = self.desk.now()
        said = today_words.day_said(now, read.sessions) if read.anything else ""
        self.head.say(long_day(now.date()), detail=said)
        self.sessions.show_sessions(read.sessions, now)
        clear(self._tomorrow)
        if read.tomorrow:
            fill(self._tomorrow, [heading(words("today-tomorrow")), 10, _lines(read.tomorrow)])

    def _on_session_opened(self, of: DaySession) -> None:
        self.desk.go("roll_call", of.head.key, of.session.number)

    def _on_wanted(self, goes: Wanted) -> None:
        self.desk.go(goes.page, *goes.arguments)

    def _on_add_clicked(self) -> None:
        self.desk.go("class_form")

    def _on_empty_linked(self, key: str) -> None:
        self.desk.go("sync", *(["stick"] if key == "stick" else []))


def _lines(sessions: Sequence[DaySession]) -> Card:
    """Tomorrow's sessions, a line each."""
    parts: list[Item] = []
    for of in sessions:
        parts += [13, Rule(), 13] if parts else []
        time = Label(today_words.at(of.session.starts), Role.STRONG)
        time.setMinimumWidth(_TIME)
        about = quiet(today_words.tomorrow(of), Role.BODY, wrap=True)
        about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        parts.append(row(time, Grow(Label(class_title(of.head), wrap=True)), 16, Grow(about)))
    return Card(*parts)


PAGE = TodayPage
