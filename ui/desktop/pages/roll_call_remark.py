"""The remark of a mark, typed in its own row: what there is to say, and when somebody came."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain import marks
from app.domain.attendance import Status
from app.domain.ids import ParticipantId
from app.domain.text import LONGEST_REMARK
from app.errors import Refused
from ui.desktop import theme
from ui.desktop.pages.roll_call_sheet import Line
from ui.desktop.tokens import Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.keys import KeyHelp, KeyLine
from ui.desktop.widgets.layouts import Grow, column, row
from ui.desktop.wording import clock, told, words


class RemarkBar(QWidget):
    """Lies over the table, under the row it is about.

    Signals:
        written: whose remark, the text, and the time of arrival in minutes or None.
        closed: it has gone, with or without something written.
    """

    written = Signal(object, str, object)
    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._participant: ParticipantId | None = None
        self._timed = False
        self._arrival: int | None = None
        self.text = TextInput(words("roll-remark-hint"), letters=22)
        self.text.setMaxLength(LONGEST_REMARK)
        self.time = TextInput("08.05", letters=12)
        self._text_field = Field(words("roll-remark"), self.text)
        self._time_field = Field(words("roll-arrival"), self.time)
        for field in (self.text, self.time):
            field.installEventFilter(self)
        keys = KeyLine(
            [KeyHelp(("Enter",), words("roll-keep")), KeyHelp(("Esc",), words("roll-back-key"))], icon=False
        )
        fields = row(Grow(self._text_field), 12, self._time_field)
        self.setLayout(column(fields, 4, keys, margins=(16, 10, 16, 12)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def ask(self, line: Line, over: QRect) -> None:
        """Appear for this line, beside the place of its row (in the host's coordinates)."""
        self._participant = line.participant
        self._arrival = None if line.now is None else line.now.arrival
        self._timed = line.status is Status.LATE
        self._text_field.label.say(words("roll-remark-of", name=line.name))
        self.text.setAccessibleName(str(words("roll-remark-of", name=line.name)))
        self.text.setText(line.remark)
        self.time.setText("" if self._arrival is None else clock(self._arrival))
        self._time_field.setVisible(self._timed)
        self._time_field.accept()
        self._place(over)
        self.show()
        self.raise_()
        self.text.selectAll()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Hand over what was typed; a time nobody can read is said beside it, and everything stays."""
        try:
            arrival = marks.minute(self.time.text()) if self._timed else self._arrival
        except Refused as refused:
            self._time_field.refuse(told(refused))
            self._place(self.geometry())
            return
        self.written.emit(self._participant, self.text.text(), arrival)
        self.close_bar()

    def close_bar(self) -> None:
        """Go."""
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.keep()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return False

    def event(self, event: QEvent) -> bool:
        """Where something in it needs more room, by a refusal or in another language, it takes that."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._place(self.geometry())
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            surface, edge = theme.colour(Tone.SURFACE), theme.colour(Tone.ACCENT)
            painting.box(painter, self.rect(), surface, edge, tokens().radius["control"], width=2)

    def _place(self, over: QRect) -> None:
        host = self.parentWidget()
        layout = self.layout()
        if host is None or layout is None:
            return
        layout.activate()  # a refusal that has just been shown counts
        wide = min(host.width() - 40, max(440, layout.minimumSize().width() + 40))
        high = layout.heightForWidth(wide) if layout.hasHeightForWidth() else layout.sizeHint().height()
        left = host.width() - wide - 20
        top = over.bottom() + 2 if over.bottom() + 2 + high <= host.height() else over.top() - high - 2
        if over == self.geometry():
            top = over.top()
        self.setGeometry(left, max(0, top), wide, high)
