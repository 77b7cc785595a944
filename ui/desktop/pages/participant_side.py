"""Beside the form of a participant: how large the enterprise is by law, and the proof of consent."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.participants import ConsentGiven
from app.domain.enterprise import Classification
from app.errors import Refused
from app.queries.participants import ConsentRow, ParticipantDetail
from app.roster import dates
from ui.desktop.pages.participant_fields import day_text
from ui.desktop.tokens import Hue, Role
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.form import Form
from ui.desktop.widgets.inputs import ChoiceInput, Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import clear, column, fill
from ui.desktop.widgets.lines import Line
from ui.desktop.wording import Text, plain_day, words

MANNERS = ("signed", "ticked", "spoken")


class ScaleCard(Card):
    """The scale of the enterprise under PP 7/2021 article 35, and by which figure."""

    def __init__(self, existing: QWidget) -> None:
        """`existing` is the choice whether the enterprise goes on already, which decides the figure."""
        super().__init__(margins=(18, 14, 18, 16))
        self._line = column()
        field = Field(words("participant-existing"), existing)
        fill(self.body, [Label(words("participant-scale"), Role.STRONG), 8, self._line, 10, field])
        self.tell(None)

    def tell(self, found: Classification | None) -> None:
        """Show this scale; None: neither figure is known."""
        clear(self._line)
        fill(self._line, [_scale_line(found)])


class ConsentCard(Card):
    """Consents on record, and the one to be recorded when the form is saved.

    Signals:
        changed: something else is chosen or typed.
        withdraw_wanted: this ConsentRow is taken back.
    """

    changed = Signal()
    withdraw_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(margins=(18, 14, 18, 16))
        self._there = column()
        self.manner: ChoiceInput[str] = ChoiceInput(
            [("", words("participant-consent-none")), *((one, _manner(one)) for one in MANNERS)]
        )
        self.version, self.day = TextInput(letters=8), TextInput(letters=8)
        self.form = Form(2)
        self.form.add("manner", Field(words("participant-consent-manner"), self.manner), wide=True)
        self._more = [
            self.form.add("given_on", Field(words("participant-consent-day"), self.day)),
            self.form.add("version", Field(words("participant-consent-version"), self.version)),
        ]
        self.manner.currentIndexChanged.connect(self._on_manner_changed)
        for one in (self.version, self.day):
            one.textChanged.connect(lambda _: self.changed.emit())
        fill(self.body, [Label(words("participant-consent"), Role.STRONG), 8, self._there, self.form])
        self._on_manner_changed()

    def begin(self, person: ParticipantDetail | None, version: str, today: date) -> None:
        """Show the consents on record; a new one is offered with the version in force, and today."""
        clear(self._there)
        given = () if person is None else person.consents
        stands = any(one.withdrawn_on is None for one in given)
        fill(self._there, [part for one in given for part in (self._line(one), 8)])
        self.form.setVisible(not stands)
        self.manner.choose("")
        self.version.setText(version)
        self.day.setText(day_text(today))
        self.form.accept()

    def typed(self) -> tuple[object, ...]:
        """What is chosen, to see whether something was changed."""
        return (self.manner.value(), self.version.text(), self.day.text()) if self.manner.value() else ()

    def read(self, today: date) -> ConsentGiven | None:
        """The consent to record. Raises Refused("consent-day-unreadable", "text-missing") for one without
        version or day."""
        manner, version = self.manner.value(), self.version.text().strip()
        if not manner:
            return None
        try:
            day = dates.read(self.day.text(), today).date
        except Refused:
            raise Refused("consent-day-unreadable", field="given_on") from None
        if day is None or not version:
            raise Refused("text-missing", field="version" if day else "given_on")
        return ConsentGiven(version, day, manner)

    def _line(self, one: ConsentRow) -> Line:
        day: Text = "–" if one.given_on is None else plain_day(one.given_on)
        facts = {"day": day, "version": one.version, "manner": _manner(one.manner)}
        if one.withdrawn_on is not None:
            said = words("participant-consent-withdrawn", withdrawn=plain_day(one.withdrawn_on), **facts)
            return Line("circle-minus", Hue.RED, said)
        back = Button(words("participant-consent-withdraw"), Kind.DESTRUCTIVE, size=Size.SMALL)
        back.clicked.connect(lambda: self.withdraw_wanted.emit(one))
        return Line("circle-check", Hue.GREEN, words("participant-consent-given", **facts), "", back)

    def _on_manner_changed(self, _: int = 0) -> None:
        for field in self._more:
            field.setVisible(bool(self.manner.value()))
        self.changed.emit()


def _scale_line(found: Classification | None) -> Line:
    if found is None:
        return Line("circle-alert", Hue.GREY, words("participant-scale-none"))
    facts = {
        "scale": words(f"completion-scale-{found.scale}"),
        "by": words(f"participant-by-{found.criterion}"),
    }
    if found.refusal is not None:
        return Line("circle-alert", Hue.RED, words(found.refusal))
    return Line("circle-check", Hue.GREEN, words("participant-scale-said", **facts))


def _manner(manner: str) -> Text:
    return words(f"value-manner-{manner}") if manner in MANNERS else manner
