"""The card beside the people: a new person, or another PIN for the chosen one, or letting them go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from app.domain.roles import Role as Work
from app.errors import Refused, Trouble
from ui.desktop.desk import Desk
from ui.desktop.pages.set_up_person import login_of
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.form import Form
from ui.desktop.widgets.inputs import ChoiceInput, Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, fill, row
from ui.desktop.widgets.pin import PinInput
from ui.desktop.wording import told, words

if TYPE_CHECKING:
    from app.queries.persons import PersonRow

WIDE = 392


class PersonCard(Card):
    """Works on one person, or a new one (`person` is None then, and `asking` until they are added).

    Signals:
        done: something was written.
    """

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=(20, 18, 20, 18))
        self._desk, self._may = desk, True
        self.person: PersonRow | None = None
        self.asking = False
        self._title, self._does = Label("", Role.SECTION), Label("", Role.SMALL, Tone.INK2, wrap=True)
        self._form = Form(1)
        self._name, self._login = TextInput(words("person-name-hint")), TextInput()
        self._name.textEdited.connect(self._on_name_edited)
        self._role: ChoiceInput[Work] = ChoiceInput([(role, words(f"role-{role.value}")) for role in Work])
        self._new = [
            self._form.add("name", Field(words("person-name"), self._name)),
            self._form.add("login", Field(words("person-login"), self._login)),
            self._form.add("role", Field(words("person-role"), self._role)),
        ]
        self.old = PinInput(words("people-old-pin"), narrow=True)
        self._old = self._form.add("old", Field(words("people-old-pin"), self.old))
        self.pin, self.again = (
            PinInput(words("person-pin"), narrow=True),
            PinInput(words("person-again"), narrow=True),
        )
        self._form.add("pin", Field(words("person-pin"), self.pin))
        self._form.add("again", Field(words("person-again"), self.again))
        self.old.changed.connect(self._on_old_changed)
        self.pin.changed.connect(self._on_pin_changed)
        self.again.entered.connect(self._on_save_clicked)
        self.save = Button(words("people-save-pin"), Kind.PRIMARY, key="Enter")
        self.save.clicked.connect(self._on_save_clicked)
        self.drop = Button(words("people-drop"), Kind.DESTRUCTIVE)
        self.drop.clicked.connect(self._on_drop_clicked)
        self._note = Label(words("people-may-not"), Role.SMALL, Tone.INK2, wrap=True)
        verbs = row(self.save, Grow(), self.drop, space=10)
        fill(self.body, [self._title, 2, self._does, 12, self._form, 14, verbs, 6, self._note])
        self.setFixedWidth(WIDE)

    def allow(self, may: bool) -> None:
        """Whether who is at work may change others; one's own PIN anybody may."""
        self._may = may
        self._show_allowed()

    def show_person(self, person: PersonRow) -> None:
        """Offer what can be done with this one. What is being typed for the same one stays."""
        same, self.person = self.person is not None and self.person.id == person.id, person
        self._title.say(person.name)
        self._does.say(words("people-own-pin" if self._mine else "people-new-pin"))
        if not same:
            self._begin(new=False)
        self.save.say(words("people-save-pin"))
        self._show_allowed()

    def ask_new(self) -> None:
        """Ask for a new person."""
        self.person = None
        self._title.say(words("people-add"))
        self._does.say(words("people-add-what"))
        self._name.clear()
        self._login.clear()
        self._begin(new=True)
        self.save.say(words("people-save"))
        self._show_allowed()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, new: bool) -> None:
        self.asking = new
        self._form.accept()
        for boxes in (self.old, self.pin, self.again):
            boxes.clear()
        self._old.setVisible(self._mine)
        for field in self._new:
            field.setVisible(new)

    @property
    def _mine(self) -> bool:
        """Whether it is who is at work: their PIN is changed by who knows it."""
        return self.person is not None and self.person.id == self._desk.runner.author

    def _show_allowed(self) -> None:
        allowed = self._may or self._mine
        for shown in (self._does, self._form, self.save):
            shown.setVisible(allowed)
        self.drop.setVisible(self.person is not None and self._may and not self._mine)
        self._note.setVisible(not allowed)

    def _on_name_edited(self, name: str) -> None:
        self._login.setText(login_of(name))

    def _on_old_changed(self, digits: int) -> None:
        if digits == 6 and not self.pin.pin():
            self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pin_changed(self, digits: int) -> None:
        if digits == 6 and not self.again.pin():
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_save_clicked(self) -> None:
        if self.save.isHidden():
            return
        self._form.accept()
        if self.pin.pin() != self.again.pin():
            self.again.clear()
            self._on_refused(Refused("pin-not-same", field="again"))
            return
        write, pin = self._desk.runner.write, self.pin.pin()
        if self.person is None:
            said = (self._name.text(), self._login.text(), self._role.value(), pin)
            write(_add, *said, then=self._on_added, refused=self._on_refused)
        elif self._mine:
            said_own = (self.person.id, self.old.pin(), pin)
            write(_change_pin, *said_own, then=self._on_pin_changed_own, refused=self._on_refused)
        else:
            write(_set_pin, self.person.id, pin, then=self._on_pin_kept, refused=self._on_refused)

    def _on_pin_changed_own(self, right: bool) -> None:
        """A wrong one is counted like one at the door, so nobody guesses it here."""
        if right:
            self._on_pin_kept(b"")
        else:
            self.old.clear()
            self._form.refuse("old", words("pin-wrong"))

    def _on_drop_clicked(self) -> None:
        if self.person is not None:
            self._desk.runner.write(_drop, self.person.id, then=self._on_dropped, refused=self._on_refused)

    def _on_added(self, _: bytes) -> None:
        self._desk.tell(words("people-added", name=self._name.text().strip()))
        self.asking = False
        self.done.emit()

    def _on_pin_kept(self, _: bytes) -> None:
        assert self.person is not None
        self._desk.tell(words("people-pin-kept", name=self.person.name))
        self._begin(new=False)
        self.done.emit()

    def _on_dropped(self, person: bytes) -> None:
        assert self.person is not None
        name = self.person.name
        self._desk.tell(words("people-dropped", name=name), lambda: self._take_back(person))
        self.done.emit()

    def _take_back(self, person: bytes) -> None:
        self._desk.runner.write(_take_back, person, then=self._on_taken_back)

    def _on_taken_back(self, _: bytes) -> None:
        self.done.emit()

    def _on_refused(self, trouble: Trouble) -> None:
        self._form.refuse(trouble.field, told(trouble))


def _add(session: Any, name: str, login: str, role: Work, pin: str) -> bytes:
    from app.actions import persons  # with the database's tables, as everything below

    return persons.add(session, name=name, login=login, role=role, pin=pin)


def _set_pin(session: Any, person: bytes, pin: str) -> bytes:
    from app.actions import persons

    return persons.set_pin(session, person, pin)


def _change_pin(session: Any, person: bytes, old: str, pin: str) -> bool:
    from app.actions import persons

    right = persons.check_pin(session, person, old)
    if right:
        persons.set_pin(session, person, pin)
    return right


def _drop(session: Any, person: bytes) -> bytes:
    from app.actions import persons

    return persons.deactivate(session, person)


def _take_back(session: Any, person: bytes) -> bytes:
    from app.actions import persons

    return persons.reactivate(session, person)
