"""The two ends of a roll call, in the place of its side: finalising it, or that it did not happen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.attendance import Status
from app.domain.ids import ParticipantId
from app.queries.roll_calls import Outlook
from ui.desktop.pages.roll_call_consequences import consequence
from ui.desktop.pages.roll_call_marks import chip, counted, part_of_day
from ui.desktop.pages.roll_call_presenter import RollCall
from ui.desktop.pages.roll_call_sheet import Line
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.figures import Figure
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, Item, Put, clear, column, fill, row, scrolled, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.wording import Text, words

WIDE = 430
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_NUMBER = 22


class Panel(Card):
    """A question in place: a title, what it is about, and at the foot yes (Enter) and back (Esc).

    Signals:
        agreed: yes, with the reason where one was asked for, else "".
        closed: back.
    """

    agreed = Signal(str)
    closed = Signal()

    def __init__(self, yes: Text, kind: Kind = Kind.PRIMARY) -> None:
        super().__init__(margins=(20, 18, 20, 18), firm=True)
        self.title, self.said = heading("", Role.PANEL), Label("", Role.BODY, Tone.INK2, wrap=True)
        self.yes = Button(yes, kind, size=Size.MAIN, key="Enter", spread=True)
        self.no = Button(words("roll-back"), size=Size.MAIN, key="Esc")
        self.reason = Field(words("roll-reason"), TextInput(words("roll-reason-hint"), letters=24))
        self.yes.clicked.connect(self.agree)
        self.no.clicked.connect(self.closed)
        self.hide()

    def foot(self) -> Item:
        """The two buttons."""
        return row(Grow(self.yes), 10, self.no)

    def agree(self) -> None:
        """Yes, if it may be; a reason that is wanted is asked for first."""
        if not self.yes.isEnabled():
            return
        said = self._reason_input().text().strip() if self.reason.isVisibleTo(self) else ""
        if self.reason.isVisibleTo(self) and not said:
            self.reason.refuse(words("reason-missing"))
        else:
            self.agreed.emit(said)

    def press(self, event: QKeyEvent) -> bool:
        """What a key means while this is open; letters mean nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.agree()
            return True
        return bool(event.text().strip()) and event.key() != Qt.Key.Key_Escape

    def begin(self) -> None:
        """Put the focus where the answer is given."""
        wanted = self.reason.control if self.reason.isVisibleTo(self) else self.yes
        if not wanted.isEnabled():
            wanted = self.no
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reason_input(self) -> TextInput:
        assert isinstance(self.reason.control, TextInput)
        return self.reason.control


class CancelPanel(Panel):
    """That a session did not happen, and why."""

    def __init__(self) -> None:
        super().__init__(words("roll-cancel-yes"))
        self.title.say(words("roll-cancel-title"))
        self.said.say(words("roll-cancel-said"))
        fill(self.body, [self.title, 2, self.said, 18, self.reason, Grow(), 16, self.foot()])

    def ask(self) -> None:
        """Appear, with nothing written yet."""
        self._reason_input().clear()
        self.reason.accept()
        self.show()
        self.begin()


class FinalPanel(Panel):
    """Counts, everybody who is not simply present, and what that brings about.

    Signals:
        rest: whoever is not marked is to be present after all.
        anyway: it is to be finalised without those who are not marked.
    """

    rest = Signal()
    anyway = Signal()

    def __init__(self) -> None:
        super().__init__(words("roll-finalise"))
        self._figures = {status: Figure("0", chip(status)) for status in Status}
        self._list = column()
        self._list_title = Label("", Role.STRONG)
        self._outlooks: Mapping[ParticipantId, Outlook] = {}
        self._roll: RollCall | None = None
        self._unmarked = Strip("")
        fill_rest = Button(words("roll-fill"), size=Size.SMALL, key="F2")
        fill_rest.clicked.connect(self.rest)
        self.leave = Button(words("roll-without-them"), Kind.QUIET, size=Size.SMALL)
        self.leave.clicked.connect(self.anyway)
        self._incomplete = widget(column(self._unmarked, 8, row(fill_rest, 8, self.leave, Grow()), 16))
        self._later = Strip(words("roll-after-final"), Hue.GREY, "pencil", role=Role.SMALL)
        figures: list[Item] = [Grow()]
        for figure in self._figures.values():
            figures += [figure, Grow()]
        inner = widget(column(self._list, Grow()))
        parts: list[Item] = [self.title, 2, self.said, 12, Rule(), 8, row(*figures), 10, Rule(), 16]
        parts += [self._incomplete, self._list_title, 6, Grow(scrolled(inner)), 8, self.reason]
        fill(self.body, [*parts, self._later, 12, self.foot()])

    def ask(self, roll: RollCall) -> None:
        """Appear with what is marked now."""
        self._outlooks, self._roll = {}, roll
        self._reason_input().clear()
        self.reason.accept()
        self.show()
        self.show_roll(roll)
        self.begin()

    def press(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_F2:
            self.rest.emit()
            return True
        return super().press(event)

    def show_roll(self, roll: RollCall) -> None:
        """Show the sheet as it is now."""
        sheet = roll.sheet
        if sheet is None:
            return
        counts, left, corrected = sheet.counts(), sheet.unmarked(), sheet.corrected()
        for status, figure in self._figures.items():
            figure.say(str(counts[status]))
        self.title.say(words("roll-correct-title" if sheet.final else "roll-final-title"))
        self.said.say(_said(roll, len(left)))
        self._incomplete.setVisible(bool(left) and not sheet.final)
        self._unmarked.say(words("roll-left", n=len(left)))
        self.reason.setVisible(bool(corrected))
        self._later.setVisible(not sheet.final)
        self.yes.say(words("roll-finalise-changes" if sheet.final else "roll-finalise"))
        blocked = (bool(left) and not sheet.final) or not sheet.drafts()
        self.yes.setEnabled(not blocked)
        self._show_list(roll)

    def foresee(self, found: Mapping[ParticipantId, Outlook]) -> None:
        """What the marks bring about is known now."""
        self._outlooks = found
        if self._roll is not None and self.isVisible():
            self._show_list(self._roll)

    def _show_list(self, roll: RollCall) -> None:
        clear(self._list)
        sheet = roll.sheet
        assert sheet is not None
        drafted = sheet.drafts()
        if sheet.final:
            told = [line for line in sheet.lines if line.participant in drafted]
            self._list_title.say(words("roll-changed", n=len(told)))
        else:
            told = [line for line in sheet.lines if line.status not in (None, Status.PRESENT)]
            code = "roll-not-present" if told else "roll-all-present"
            self._list_title.say(words(code, n=len(told), count=counted(len(told))))
        minimum = 0 if roll.read is None else roll.read.minimum
        for line in told:
            said = consequence(line, self._outlooks.get(line.participant), minimum)
            fill(self._list, [_person(line, said), Rule()])


def _said(roll: RollCall, left: int) -> Text:
    session, sheet = roll.session, roll.sheet
    if session is None or sheet is None:
        return ""
    if sheet.final:
        return words("roll-correct-said")
    part = part_of_day(session.starts or 0)
    code = "roll-final-said" if not left else "roll-final-said-left"
    return words(code, number=session.number, part=part, n=left, of=len(sheet.lines))


def _person(line: Line, said: Text) -> QWidget:
    number = Label(str(line.number), Role.BODY, Tone.INK2)
    number.setMinimumWidth(_NUMBER)
    number.setAlignment(Qt.AlignmentFlag.AlignRight | _MIDDLE)
    told: list[Item] = [Label(line.name, Role.NAME, wrap=True)]
    if str(said):
        told.append(Label(said, Role.SMALL, Tone.INK2, wrap=True, strong=Tone.RED))
    chips: list[Item] = []
    if line.corrected and line.stored is not None:
        before = chip(line.stored.status)
        chips += [Chip(ChipLook(before.text, Hue.GREY, before.letter)), 4, Icon("arrow-right", size=14), 4]
    if line.status is not None:
        chips.append(Chip(chip(line.status)))
    made = widget(row(Put(number, _MIDDLE), 10, Grow(column(*told)), 10, *chips, margins=(0, 7, 0, 7)))
    made.setAccessibleName(f"{line.number} {line.name}. {said}")
    return made
