"""One person of a class: attendance and consent so far, and what can be done about the enrolment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.enrolment import EnrolmentState
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.queries.class_people import ClassPerson
from app.queries.classes import ClassRow
from ui.desktop.pages.class_participants_rows import HUES, rate_said
from ui.desktop.pages.participants_rows import AGREED, phone_text
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.inputs import ChoiceInput, Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, Put, clear, column, fill, row, widget
from ui.desktop.widgets.lines import Line, ruled
from ui.desktop.wording import Text, words

_AGREED_HUES = {Tone.GREEN: Hue.GREEN, Tone.RED: Hue.RED, Tone.AMBER: Hue.AMBER}


class MemberPanel(Card):
    """The right side of the page.

    Signals:
        state_wanted: the person shown is to have this state.
        withdrawn: they withdraw, for this reason.
        moved: they move to the class of this key.
        edit_wanted, story_wanted: their form, their history.
    """

    state_wanted = Signal(object)
    withdrawn = Signal(str)
    moved = Signal(object)
    edit_wanted = Signal()
    story_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(22, 20, 22, 20))
        self.who: ParticipantId | None = None
        self._others: Sequence[ClassRow] = ()
        self.name = Label("", Role.PANEL, wrap=True)
        self._detail = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self.chip = Chip(ChipLook(""))
        self._points, self._verbs = column(), column(space=8)
        self.reason = TextInput(words("members-reason-hint"), letters=14)
        self.reason.returnPressed.connect(self._on_withdraw_confirmed)
        self.reason_field = Field(words("members-reason"), self.reason)
        self.to: ChoiceInput[ClassKey] = ChoiceInput()
        self.confirm_withdraw = Button(words("members-withdraw-now"), Kind.PRIMARY, key="Enter")
        self.confirm_withdraw.clicked.connect(self._on_withdraw_confirmed)
        self.confirm_move = Button(words("members-move-now"), Kind.PRIMARY)
        self.confirm_move.clicked.connect(self._on_move_confirmed)
        self._asks = {
            EnrolmentState.WITHDRAWN: self._ask_form(self.reason_field, self.confirm_withdraw),
            EnrolmentState.MOVED: self._ask_form(Field(words("members-to"), self.to), self.confirm_move),
        }
        top = Qt.AlignmentFlag.AlignTop
        head = row(Grow(column(self.name, 2, self._detail)), 12, Put(self.chip, top))
        self._buttons = widget(self._verbs)
        fill(self.body, [head, 14, Rule(), 14, self._points, Grow(), 14, *self._asks.values(), self._buttons])

    @property
    def asking(self) -> bool:
        """Whether a reason or a class is being asked for."""
        return any(not form.isHidden() for form in self._asks.values())

    def show_person(self, one: ClassPerson, others: Sequence[ClassRow]) -> None:
        """Show this person. What is being asked of the same one stays."""
        keep = self.asking and self.who == one.row.participant
        self.who, self._others = one.row.participant, others
        self.name.say(one.row.name or words("members-erased"))
        self._detail.say(_about(one))
        self.chip.show_look(ChipLook(words(f"value-state-{one.row.state}"), HUES[one.row.state]))
        clear(self._points)
        fill(self._points, ruled(*_points(one), above=10))
        clear(self._verbs)
        fill(self._verbs, self._ways(one))
        self.to.offer([(other.key, _named(other)) for other in others])
        if not keep:
            self.reason.clear()
            self.close_ask()

    def close_ask(self) -> bool:
        """Ask no more; whether something was asked."""
        was = self.asking
        for form in self._asks.values():
            form.hide()
        self.reason_field.accept()
        self._buttons.show()
        return was

    def refuse(self, why: Text) -> None:
        """The reason, or the want of one, is refused."""
        self._ask(EnrolmentState.WITHDRAWN)
        self.reason_field.refuse(why)

    def _ask_form(self, field: Field, confirm: Button) -> QWidget:
        leave = Button(words("completion-leave"), key="Esc")
        leave.clicked.connect(self.close_ask)
        made = widget(column(field, 8, row(confirm, leave, Grow(), space=8)))
        made.hide()
        return made

    def _ways(self, one: ClassPerson) -> list[Item]:
        """The buttons: the likeliest first, the destructive one last."""
        state, ways = one.row.state, list[Item]()
        enrolled = EnrolmentState.ENROLLED
        if state in (EnrolmentState.WAITING, EnrolmentState.APPLIED):
            accept = self._state_button("members-accept", enrolled, Kind.PRIMARY)
            wait = self._state_button("members-to-waiting", EnrolmentState.WAITING, Kind.NORMAL)
            ways.append(row(accept, *([wait] if state is EnrolmentState.APPLIED else []), Grow(), space=8))
        elif state is not enrolled:
            ways.append(row(self._state_button("members-again", enrolled, Kind.NORMAL), Grow()))
        edit = self._button("participants-key-edit-button", Kind.NORMAL, self.edit_wanted.emit, "pencil")
        story = self._button("members-story", Kind.NORMAL, self.story_wanted.emit)
        ways.append(row(edit, story, Grow(), space=8))
        if state in (enrolled, EnrolmentState.WAITING, EnrolmentState.APPLIED):
            move = self._button("members-move", Kind.QUIET, lambda: self._ask(EnrolmentState.MOVED))
            leave = self._button(
                "members-withdraw", Kind.DESTRUCTIVE, lambda: self._ask(EnrolmentState.WITHDRAWN)
            )
            ways.append(row(*([move] if self._others else []), leave, Grow(), space=4))
        return ways

    def _state_button(self, code: str, state: EnrolmentState, kind: Kind) -> Button:
        return self._button(code, kind, lambda: self.state_wanted.emit(state))

    def _button(
        self, code: str, kind: Kind, pressed: Callable[[], object], icon: str | None = None
    ) -> Button:
        made = Button(words(code), kind, icon=icon)
        made.clicked.connect(lambda _=False: pressed())
        return made

    def _ask(self, what: EnrolmentState) -> None:
        for state, form in self._asks.items():
            form.setVisible(state is what)
        self._buttons.hide()
        asked = self.reason if what is EnrolmentState.WITHDRAWN else self.to
        asked.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_withdraw_confirmed(self) -> None:
        said = self.reason.text().strip()
        if said:
            self.withdrawn.emit(said)
        else:
            self.reason_field.refuse(words("members-reason-missing"))

    def _on_move_confirmed(self) -> None:
        if self.to.value() is not None:
            self.moved.emit(self.to.value())


def _about(one: ClassPerson) -> Text:
    """The end of the NIK, business and phone."""
    parts = [f"NIK …{one.row.nik[-4:]}" if one.row.nik else words("participants-no-nik")]
    parts += [one.row.business] if one.row.business else []
    parts += [phone_text(one.row.phone).replace(" ", "\u00a0")] if one.row.phone else []
    return ", ".join(str(part) for part in parts)


def _points(one: ClassPerson) -> list[QWidget]:
    """Attendance and consent in sentences, and where somebody moved."""
    counted = one.tally.present + one.tally.absent
    if counted:
        facts = {"present": one.tally.present, "counted": counted, "rate": rate_said(one)}
        points: list[QWidget] = [Line("calendar-check", Hue.GREY, words("members-attended", **facts))]
    else:
        points = [Line("calendar-check", Hue.GREY, words("completion-attendance-none"))]
    icon, _, tone = AGREED[one.agreed]
    points.append(Line(icon, _AGREED_HUES[tone], words(f"members-consent-{one.agreed}")))
    if one.row.moved_to:
        points.append(Line("arrow-right", Hue.GREY, words("members-moved-to", code=one.row.moved_to)))
    return points


def _named(other: ClassRow) -> Text:
    return f"{other.key.code}, {other.title}"
