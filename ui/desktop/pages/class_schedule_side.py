"""The card beside the schedule: the chosen session in words, and what can be done with it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from PySide6.QtCore import Qt, Signal

from app.domain.attendance import SessionState
from app.queries.classes import SessionRow
from app.queries.schedule_board import ScheduleBoard
from ui.desktop.pages import class_schedule_rows
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, column, fill, row
from ui.desktop.widgets.notices import Strip
from ui.desktop.wording import Text, long_day, words

WIDE = 360  # with the scroll bar, where one of the forms needs it


class Verb(StrEnum):
    """What is wanted of a session."""

    OPEN = "open"
    CHANGE = "change"
    NOT_HELD = "not-held"
    HAPPENED = "happened"
    MAKE_UP = "make-up"
    REMOVE = "remove"


class SessionCard(Card):
    """Signals:
    wanted: something is wanted of the session: the Verb.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(margins=(20, 18, 20, 18))
        self._title, self._chip = Label("", Role.PANEL), Chip(ChipLook(""))
        self._day = Label("", Role.STRONG, wrap=True)
        self._when = Label("", Role.BODY, Tone.INK2, wrap=True)
        self._taught = Label("", Role.BODY, Tone.INK2, wrap=True)
        self._counted = Label("", Role.BODY, Tone.INK2, wrap=True)
        self._note = Strip("", Hue.AMBER, "circle-alert", role=Role.SMALL)
        self.buttons = {verb: self._button(verb) for verb in Verb}
        head = row(Grow(self._title), 8, Put(self._chip, Qt.AlignmentFlag.AlignVCenter))
        told = column(self._day, self._when, self._taught, self._counted, space=2)
        rest = [Verb.CHANGE, Verb.MAKE_UP, Verb.NOT_HELD, Verb.HAPPENED]
        verbs = column(*(row(self.buttons[verb], Grow()) for verb in rest), space=4)
        last = row(self.buttons[Verb.REMOVE], Grow())
        parts = (head, 12, told, 10, self._note, 14, self.buttons[Verb.OPEN], 12, Rule(), 8, verbs, 4, last)
        fill(self.body, [*parts])

    def show_session(self, board: ScheduleBoard, session: SessionRow, today: date) -> None:
        """Say all there is to say of it, and offer what its state allows."""
        self._title.say(words("today-session-number", number=session.number))
        self._chip.show_look(class_schedule_rows.chip(session, today))
        self._day.say("–" if session.day is None else long_day(session.day))
        times = class_schedule_rows.times(session.starts, session.ends)
        self._when.say(words("schedule-when", times=times, jp=session.jp))
        self._say(self._taught, class_schedule_rows.taught(board, session))
        self._say(self._counted, _marked(board, session))
        notes = class_schedule_rows.notes(board, session)
        self._note.setVisible(bool(notes))
        self._note.say(class_schedule_rows.joined(notes))
        self._offer(session, any(other.make_up_of == session.number for other in board.sessions))

    def _say(self, label: Label, text: Text) -> None:
        label.say(text)
        label.setVisible(bool(str(text)))

    def _offer(self, session: SessionRow, made_up: bool) -> None:
        off = session.state is SessionState.NOT_HELD
        traceless = session.state is SessionState.PLANNED and not session.marks and not session.drafts
        shown = {
            Verb.OPEN: not off,
            Verb.CHANGE: not off,
            Verb.NOT_HELD: not off,
            Verb.HAPPENED: off,
            Verb.MAKE_UP: session.state is not SessionState.PLANNED and not made_up,
            Verb.REMOVE: traceless and not made_up,
        }
        for verb, button in self.buttons.items():
            button.setVisible(shown[verb])

    def _button(self, verb: Verb) -> Button:
        said = words(f"schedule-verb-{verb}")
        if verb is Verb.OPEN:
            made = Button(said, Kind.PRIMARY, size=Size.MAIN, key="Enter")
        elif verb is Verb.REMOVE:
            made = Button(said, Kind.DESTRUCTIVE, size=Size.SMALL, key="Del")
        else:
            made = Button(said, Kind.QUIET, size=Size.SMALL)
        made.clicked.connect(lambda: self.wanted.emit(verb))
        return made


def _marked(board: ScheduleBoard, session: SessionRow) -> Text:
    """How far the roll call is."""
    if session.marks and session.state is SessionState.HELD:
        return words("schedule-marked", n=session.marks)
    if session.drafts and session.state is not SessionState.NOT_HELD:
        return words("today-marked", n=session.drafts, of=board.head.enrolled)
    return ""
