"""The fields of a participant's form: the person and the enterprise, read as what was typed means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.participants import ParticipantForm
from app.domain import calendar, money
from app.domain.nik import Nik, Sex
from app.errors import Refused
from app.queries.participants import ParticipantDetail
from app.roster import dates
from ui.desktop.pages.participant_nik import NikField
from ui.desktop.pages.participants_rows import phone_text
from ui.desktop.widgets.form import Form
from ui.desktop.widgets.inputs import ChoiceInput, Field, TextInput
from ui.desktop.wording import language, words

T = TypeVar("T")
_PLAIN = ("name", "birth_place", "address", "business", "nib", "remark")


class PersonFields(Form):
    """What is asked of a participant. What the NIK says is filled in where nothing was typed. The choice
    `existing` is read here and placed by the page, beside the scale that it decides.

    Signals:
        changed: something else stands in a field; the field's name.
    """

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__(2)
        self.nik = NikField()
        self.sex: ChoiceInput[Sex | None] = ChoiceInput(
            [(None, words("participant-unsaid")), *((one, words(f"value-sex-{one.lower()}")) for one in Sex)]
        )
        self.existing: ChoiceInput[bool | None] = ChoiceInput(
            [
                (None, words("participant-unsaid")),
                (True, words("participant-running")),
                (False, words("participant-new")),
            ]
        )
        self._inputs: dict[str, TextInput] = {}
        self.section(words("participant-person"))
        self._text("name")
        self.add("nik", self.nik)
        self._text("phone", "participant-phone-hint")
        self._field("sex", self.sex)
        self._text("birth_date", "participant-birth-hint")
        self._text("birth_place")
        self._text("address")
        self._text("remark")
        self.section(words("participant-enterprise"))
        self._text("business")
        self._text("nib", "participant-nib-hint")
        self._text("sales", "participant-sales-hint")
        self._text("capital", "participant-capital-hint")
        self.sex.currentIndexChanged.connect(lambda _: self.changed.emit("sex"))
        self.existing.currentIndexChanged.connect(lambda _: self.changed.emit("existing"))
        self.nik.changed.connect(lambda: self.changed.emit("nik"))

    def text(self, name: str) -> TextInput:
        """The input of this name."""
        return self._inputs[name]

    def fill(self, person: ParticipantDetail | None) -> None:
        """Show what is on record; None begins a new person."""
        self.accept()
        for name in _PLAIN:
            self._inputs[name].setText("" if person is None else getattr(person, name) or "")
        self.nik.begin("" if person is None else person.nik or "")
        self.sex.choose(None if person is None else person.sex)
        self.existing.choose(None if person is None else person.existing)
        phone = None if person is None else person.phone
        self._inputs["phone"].setText(phone_text(phone) if phone else "")
        self._inputs["birth_date"].setText(day_text(None if person is None else person.birth_date))
        for name in ("sales", "capital"):
            self._inputs[name].setText(money_text(None if person is None else getattr(person, name)))

    def fill_from(self, said: Nik) -> None:
        """Fill in what a NIK says where the form says nothing yet."""
        if self.sex.value() is None:
            self.sex.choose(said.sex)
        if not self._inputs["birth_date"].text().strip():
            self._inputs["birth_date"].setText(day_text(said.birth_date))

    def typed(self) -> tuple[object, ...]:
        """Everything as it stands in the fields, to see whether something was changed."""
        texts = (one.text() for name, one in self._inputs.items())
        return (*texts, self.nik.value(), self.sex.value(), self.existing.value())

    def read(self, today: date) -> ParticipantForm:
        """What was typed, as values. Raises Refused with the field that cannot be read."""
        said = {name: self._inputs[name].text().strip() or None for name in _PLAIN}
        return ParticipantForm(
            name=said["name"] or "",
            nik=self.nik.value() or None,
            sex=self.sex.value(),
            birth_place=said["birth_place"],
            birth_date=self.birth_date(today),
            phone=self._inputs["phone"].text().strip() or None,
            address=said["address"],
            business=said["business"],
            nib=said["nib"],
            capital=self.amount("capital"),
            sales=self.amount("sales"),
            existing=self.existing.value(),
            remark=said["remark"],
        )

    def birth_date(self, today: date) -> date | None:
        """The birth date; Refused("birth-date-unreadable") for a text that is none."""
        typed = self._inputs["birth_date"].text().strip()
        if not typed:
            return None
        found = _of("birth_date", lambda: dates.read(typed, today)).date
        if found is None:
            raise Refused("birth-date-unreadable", field="birth_date")
        return found

    def amount(self, name: str) -> int | None:
        """Rupiah, None for an empty field; Refused("money-unreadable")."""
        typed = self._inputs[name].text().strip()
        return _of(name, lambda: money.parse(typed)) if typed else None

    def _text(self, name: str, hint: str = "") -> None:
        made = TextInput(words(hint) if hint else "", letters=12)
        made.textChanged.connect(lambda _: self.changed.emit(name))
        self._inputs[name] = made
        self._field(name, made)

    def _field(self, name: str, control: QWidget) -> None:
        self.add(name, Field(words(f"participant-{name.replace('_', '-')}"), control))


def day_text(day: date | None) -> str:
    """A day as it can be typed: 24-11-1985."""
    return "" if day is None else f"{day:%d-%m-%Y}"


def money_text(rupiah: int | None) -> str:
    """An amount as it can be typed: Rp1.500.000."""
    return "" if rupiah is None else calendar.money(rupiah, "en" if language() == "en" else "id")


def _of(field: str, read: Callable[[], T]) -> T:
    """Read a field; a refusal names it."""
    try:
        return read()
    except Refused as fault:
        raise Refused(fault.code, field=field, **fault.facts) from None
