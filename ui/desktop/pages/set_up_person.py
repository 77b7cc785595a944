"""The first person of a laptop: a new one with a role, or one whom the centre knows already, with a PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from app.domain.roles import Role as Work
from app.errors import Refused
from ui.desktop.desk import Desk
from ui.desktop.pages.set_up_parts import Step
from ui.desktop.widgets.inputs import ChoiceInput, Field, TextInput
from ui.desktop.widgets.pin import PinInput
from ui.desktop.wording import words

if TYPE_CHECKING:
    from app.queries.persons import PersonRow

NEW = b""


class PersonStep(Step):
    """Who works here, and the six digits.

    Signals:
        added: somebody can sign in now.
    """

    added = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(words("person-title"), words("person-detail"), go=words("person-go"), back=False)
        self._desk = desk
        self._who: ChoiceInput[bytes] = ChoiceInput([(NEW, words("person-new"))])
        self._who.picked.connect(self._on_who_picked)
        self._known = self.form.add("who", Field(words("person-who"), self._who), wide=True)
        self._name, self._login = TextInput(words("person-name-hint")), TextInput()
        self._name.textEdited.connect(self._on_name_edited)
        self._role: ChoiceInput[Work] = ChoiceInput([(role, words(f"role-{role.value}")) for role in Work])
        self._new = [
            self.form.add("name", Field(words("person-name"), self._name), wide=True),
            self.form.add("login", Field(words("person-login"), self._login)),
            self.form.add("role", Field(words("person-role"), self._role)),
        ]
        self._pin, self._again = (
            PinInput(words("person-pin"), narrow=True),
            PinInput(words("person-again"), narrow=True),
        )
        self.form.add("pin", Field(words("person-pin"), self._pin))
        self.form.add("again", Field(words("person-again"), self._again))
        self._again.entered.connect(self.on_go)
        self._pin.changed.connect(self._on_pin_changed)
        self._known.hide()

    def ask(self) -> None:
        """Look who is known at the centre already."""
        self._pin.clear()
        self._again.clear()
        self._desk.runner.read(_people, then=self._on_people)

    def on_go(self) -> None:
        if self._pin.pin() != self._again.pin():
            self._again.clear()
            self.refuse(Refused("pin-not-same", field="again"))
            return
        self.wait(words("person-busy"))
        write, pin = self._desk.runner.write, self._pin.pin()
        if person := self._who.value():
            write(_set_pin, person, pin, then=self._on_added, refused=self.refuse)
        else:
            said = (self._name.text(), self._login.text(), self._role.value(), pin)
            write(_add, *said, then=self._on_added, refused=self.refuse)

    def _on_people(self, people: list[PersonRow]) -> None:
        self._who.offer([(NEW, words("person-new")), *((person.id, person.name) for person in people)])
        self._known.setVisible(bool(people))

    def _on_who_picked(self, person: bytes) -> None:
        for field in self._new:
            field.setVisible(person == NEW)

    def _on_name_edited(self, name: str) -> None:
        self._login.setText(login_of(name))

    def _on_pin_changed(self, digits: int) -> None:
        if digits == 6 and not self._again.pin():
            self._again.setFocus()

    def _on_added(self, _: bytes) -> None:
        self.wait("")
        self.added.emit()


def login_of(name: str) -> str:
    """What a person with this name may sign in by: the first name in small letters."""
    first = next(iter(name.casefold().split()), "")
    return "".join(letter for letter in first if letter.isascii() and letter.isalnum())


def _people(session: Any) -> list[PersonRow]:
    from app.queries import persons  # with the database's tables

    return persons.listed(session, only_active=True)


def _set_pin(session: Any, person: bytes, pin: str) -> bytes:
    from app.actions import persons

    return persons.set_pin(session, person, pin)


def _add(session: Any, name: str, login: str, role: Work, pin: str) -> bytes:
    from app.actions import persons

    return persons.add(session, name=name, login=login, role=role, pin=pin)
