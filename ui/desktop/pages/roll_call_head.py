"""The head of a roll call: which session it is, and in the same place the search for a name."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.ids import ParticipantId
from app.queries.classes import SessionRow
from app.queries.roll_calls import Opened
from ui.desktop.pages.class_head import class_title
from ui.desktop.pages.roll_call_marks import part_of_day
from ui.desktop.pages.roll_call_presenter import RollCall
from ui.desktop.pages.roll_call_sheet import Line
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.inputs import SearchInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Put, column, row, widget
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.wording import Text, clock, long_day, words

_RIGHT = Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_COUNT = 120  # logical pixels kept for how many fit, so that the field does not move


class Head(QWidget):
    """Title at the left; at the right the session's time, or the search while one searches.

    Signals:
        crumb: a crumb was followed, by its place in the row.
        left: the search is over.
    """

    crumb = Signal(int)
    left = Signal()

    def __init__(self, roll: RollCall) -> None:
        super().__init__()
        self._roll = roll
        self._came_from: ParticipantId | None = None
        self._hits: list[Line] = []
        self._at = 0
        self._day, self._when = Label("", Role.STRONG), Label("", Role.SMALL, Tone.INK2)
        self.field = SearchInput(words("roll-find-hint"))
        self.field.setMinimumWidth(300)
        self._count = Label("", Role.SMALL, Tone.INK2)
        self._count.setAlignment(_RIGHT | _MIDDLE)
        self._count.setMinimumWidth(_COUNT)
        self.field.changed.connect(self._on_field_changed)
        self._dated = widget(column(Put(self._day, _RIGHT), Put(self._when, _RIGHT)))
        self._search = widget(row(Put(self._count, _MIDDLE), 10, self.field))
        self._search.hide()
        self._head = PageHead("", self._dated, self._search)
        self._head.crumb.connect(self.crumb)
        self.setLayout(column(self._head))

    @property
    def finding(self) -> bool:
        """Whether one is searching."""
        return not self._search.isHidden()

    def show_session(self, read: Opened, zone: str) -> None:
        """Say which session it is."""
        session, name = read.call.session, class_title(read.head)
        self._head.say(words("roll-title", number=session.number), (words("place-today"), name))
        self._day.say("" if session.day is None else long_day(session.day))
        self._when.say(_when(session, read.head.room, zone))

    def seek(self) -> None:
        """Begin to search the sheet, if it is there; what is found becomes the current line."""
        if self._roll.sheet is None:
            return
        self._came_from = self._roll.current
        self.field.input.clear()
        self._count.say("")
        self._turn(True)
        self.field.input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stop(self, stay: bool) -> None:
        """End the search; without `stay` one is where one came from again."""
        if self.finding:
            self._turn(False)
            if not stay:
                self._roll.go_to(self._came_from)
            self.left.emit()

    def press(self, event: QKeyEvent) -> bool:
        """What a key means while one searches."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stop(True)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.another(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            return False
        return True

    def another(self, by: int) -> None:
        """Go to the next hit, or the one before."""
        if self._hits:
            self._at = (self._at + by) % len(self._hits)
            self._tell()

    def _turn(self, finding: bool) -> None:
        self._dated.setVisible(not finding)
        self._search.setVisible(finding)

    def _on_field_changed(self, text: str) -> None:
        self._hits = [] if self._roll.sheet is None else self._roll.sheet.found(text)
        self._at = 0
        self._tell()

    def _tell(self) -> None:
        typed = bool(self.field.text().strip())
        several = words("roll-hits", at=self._at + 1, of=len(self._hits))
        self._count.say((several if self._hits else words("roll-no-hit")) if typed else "")
        if typed:
            self._roll.go_to(self._hits[self._at].participant if self._hits else self._came_from)


def _when(session: SessionRow, room: str, zone: str) -> Text:
    if session.starts is None or session.ends is None:
        return room
    times = f"{clock(session.starts)}–{clock(session.ends)} {zone}"
    part = part_of_day(session.starts)
    return words("roll-when-room" if room else "roll-when", part=part, times=times, room=room)
