"""One person's standing: the checklist, what was decided, and the ways to decide."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.completion import Outcome
from app.domain.ids import ParticipantId
from app.domain.programme import Programme
from app.queries.completion import CompletionLine
from app.queries.participants import ParticipantDetail
from ui.desktop.pages.completion_checklist import Point, points
from ui.desktop.pages.completion_rows import Fate, fate, missing_words
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, Put, clear, column, fill, row, scrolled, widget
from ui.desktop.widgets.lines import Line, ruled
from ui.desktop.widgets.notices import Strip
from ui.desktop.wording import Text, plain_day, words


class PersonPanel(Card):
    """The right side of the completion page.

    Signals:
        decided: an outcome is wanted for the person shown, with a reason or None.
        score_wanted: a score is to be entered in the module of this code.
        certificate_wanted: the class's certificates are to be shown.
    """

    decided = Signal(object, object)
    score_wanted = Signal(str)
    certificate_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=(22, 22, 22, 20), parent=parent)
        self.name, self._detail = (
            Label("", Role.PANEL, wrap=True),
            Label("", Role.SMALL, Tone.INK2, wrap=True),
        )
        self.chip = Chip(ChipLook(""))
        self.points = column()
        self.strip = Strip("", Hue.AMBER, "circle-alert")
        self._buttons = row(space=10)
        self._outcome = Outcome.PASSED
        self._who: ParticipantId | None = None
        self.reason = TextInput(words("completion-reason-hint"), letters=30)
        self.reason.returnPressed.connect(self._on_reason_given)
        self.field = Field(words("completion-reason"), self.reason)
        self.confirm = Button("", Kind.PRIMARY, key="Enter")
        self.confirm.clicked.connect(self._on_reason_given)
        leave = Button(words("completion-leave"), key="Esc")
        leave.clicked.connect(self.close_reason)
        self._form = widget(column(self.field, 6, row(self.confirm, leave, Grow(), space=8)))
        self._form.hide()
        top = Qt.AlignmentFlag.AlignTop
        head = row(Grow(column(self.name, 2, self._detail)), 12, Put(self.chip, top))
        checks = scrolled(widget(column(self.points, Grow())))
        parts = (head, 16, Rule(), Grow(checks), 10, self.strip, 14, self._form, self._buttons)
        fill(self.body, parts)

    @property
    def asking(self) -> bool:
        """Whether a reason is being asked for."""
        return not self._form.isHidden()

    def show_person(
        self, line: CompletionLine, programme: Programme, person: ParticipantDetail | None, certified: bool
    ) -> None:
        """Show this person. A reason that is being typed for the same one stays."""
        keep = self.asking and self._who == line.person.participant
        self._who = line.person.participant
        if not keep:
            self._form.hide()
            self.reason.clear()
        self.name.say(line.person.name)
        self._detail.say(_about(line, person))
        self.chip.show_look(_chip(line))
        clear(self.points)
        fill(self.points, [14, *ruled(*(self._line(point) for point in points(line, programme, person)))])
        self._say_decision(line, certified)
        clear(self._buttons)
        fill(self._buttons, [*self._ways(line, certified), Grow()])
        self._show_buttons(not keep)

    def close_reason(self) -> bool:
        """Ask no more for a reason; whether one was asked for."""
        was = self.asking
        self._form.hide()
        self._show_buttons(True)
        return was

    def refuse(self, why: Text) -> None:
        """The reason, or the want of one, is refused."""
        self._ask(self._outcome)
        self.field.refuse(why)

    def _line(self, point: Point) -> QWidget:
        if point.module is None or point.verb is None:
            return Line(point.icon, point.hue, point.title, point.detail)
        button = Button(point.verb, size=Size.SMALL)
        button.clicked.connect(lambda _=False, code=point.module: self.score_wanted.emit(code))
        return Line(point.icon, point.hue, point.title, point.detail, button)

    def _say_decision(self, line: CompletionLine, certified: bool) -> None:
        """The strip: what was decided, or why nothing can be."""
        made, lacks = line.decision, line.judgement.missing
        if made is not None:
            code = "completion-decided-override" if made.override else "completion-decided"
            day = "" if made.decided_on is None else plain_day(made.decided_on)
            hue = Hue.GREEN if made.outcome is Outcome.PASSED else Hue.GREY
            told = words(code, outcome=made.outcome.value, day=day, reason=made.reason or "")
            said: Text = words("completion-and-certified", said=told) if certified else told
            self.strip.say(said, hue, "circle-check" if hue is Hue.GREEN else "circle-minus")
        elif lacks:
            final = next((lack for lack in lacks if lack.final), None)
            first = final or lacks[0]
            code = "completion-cannot-any-more" if final else "completion-cannot-yet"
            icon, hue = ("circle-minus", Hue.RED) if final else ("circle-alert", Hue.AMBER)
            self.strip.say(words(code, what=missing_words(first)), hue, icon)
        self.strip.setVisible(made is not None or bool(lacks))

    def _ways(self, line: CompletionLine, certified: bool) -> list[Item]:
        """The buttons: by the rule without a reason, against it as a quiet link."""
        if certified:
            return [self._certificates()]
        by_rule, other = line.judgement.outcome, _other(line.judgement.outcome)
        if line.decision is not None:
            change = self._asking(_other(line.decision.outcome), words("completion-change"))
            return [self._certificates(), change] if line.decision.outcome is Outcome.PASSED else [change]
        kind = Kind.PRIMARY if by_rule is Outcome.PASSED else Kind.NORMAL
        decide = Button(words("completion-decide", outcome=by_rule.value), kind)
        decide.clicked.connect(lambda: self.decided.emit(by_rule, None))
        against = "completion-pass-anyway" if other is Outcome.PASSED else "completion-fail-anyway"
        return [decide, self._asking(other, words(against))]

    def _certificates(self) -> Button:
        go = Button(words("completion-to-certificates"), icon="award")
        go.clicked.connect(self.certificate_wanted)
        return go

    def _asking(self, outcome: Outcome, said: Text) -> Button:
        """A quiet link that asks for the reason first."""
        link = Button(said, Kind.QUIET)
        link.clicked.connect(lambda: self._ask(outcome))
        return link

    def _ask(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self.field.accept()
        self.confirm.say(words("completion-decide", outcome=outcome.value))
        self._show_buttons(False)
        self._form.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_buttons(self, shown: bool) -> None:
        for at in range(self._buttons.count()):
            item = self._buttons.itemAt(at)
            made = None if item is None else item.widget()
            if made is not None:
                made.setVisible(shown)

    def _on_reason_given(self) -> None:
        said = self.reason.text().strip()
        if not said:
            self.field.refuse(words("completion-reason-missing"))
            return
        self.decided.emit(self._outcome, said)


def _other(outcome: Outcome) -> Outcome:
    return Outcome.NOT_PASSED if outcome is Outcome.PASSED else Outcome.PASSED


def _about(line: CompletionLine, person: ParticipantDetail | None) -> Text:
    """Number, the end of the NIK, and the enterprise."""
    facts: dict[str, object] = {"number": line.person.place or "–", "nik": line.person.nik[-4:] or "–"}
    if person is None or not person.business:
        return words("completion-about", **facts)
    scale = person.scale.scale if person.scale is not None else None
    if scale is None:
        return words("completion-about-business", business=person.business, **facts)
    named = words(f"completion-scale-{scale}")
    return words("completion-about-scale", business=person.business, scale=named, **facts)


def _chip(line: CompletionLine) -> ChipLook:
    """What was decided, else how far it is."""
    if line.decision is not None:
        passed = line.decision.outcome is Outcome.PASSED
        return ChipLook(line.decision.outcome.value, Hue.GREEN if passed else Hue.GREY)
    stands = fate(line)
    if stands is Fate.MET:
        return ChipLook(words("completion-chip-met"), Hue.GREEN)
    if stands is Fate.IMPOSSIBLE:
        return ChipLook(words("completion-chip-impossible"), Hue.RED)
    return ChipLook(words("completion-chip-left", n=len(line.judgement.missing)), Hue.AMBER)
