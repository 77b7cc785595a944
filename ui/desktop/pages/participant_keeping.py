"""Saving a participant's form, and the way back from each thing it saves."""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject, Signal

from app.actions import enrolments, participants, taking_in
from app.actions.participants import ConsentGiven, ParticipantForm
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.queries.participant_record import ParticipantRecord
from app.queries.participants import ConsentRow, ParticipantDetail
from ui.desktop.desk import Desk
from ui.desktop.wording import words


class Keeper(QObject):
    """Writes what the form says and tells it with Urungkan.

    Signals:
        saved: the values were written; whose they are. The notice is told after everybody has heard.
        consented: a consent was taken back or given again; whose.
        refused: the Trouble of a write.
    """

    saved = Signal(object)
    consented = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def take_in(self, form: ParticipantForm, consent: ConsentGiven | None, key: ClassKey | None) -> None:
        """Register somebody new, in a class where one is named."""
        then = functools.partial(self._on_taken_in, form.name.strip(), key)
        given = (form, self._desk.now().date(), consent, key)
        self._desk.runner.write(taking_in.take_in, *given, then=then, refused=self.refused.emit)

    def correct(
        self,
        before: ParticipantRecord,
        form: ParticipantForm,
        consent: ConsentGiven | None,
        key: ClassKey | None,
    ) -> None:
        """Give somebody other values, and a place in a class; `before` is what Urungkan goes back to."""
        then = functools.partial(self._on_corrected, before, consent, key)
        given = (before.person.id, form, self._desk.now().date(), consent, key, before.seen)
        self._desk.runner.write(taking_in.correct, *given, then=then, refused=self.refused.emit)

    def withdraw(self, who: ParticipantId, given: ConsentRow) -> None:
        """Record that a consent was taken back today."""
        day, then = self._desk.now().date(), functools.partial(self._on_withdrawn, given)
        action = participants.withdraw_consent
        self._desk.runner.write(action, who, given.version, day, then=then, refused=self.refused.emit)

    def _on_taken_in(self, name: str, key: ClassKey | None, made: ParticipantId) -> None:
        self.saved.emit(made)
        if key is None:
            said = words("participant-registered", name=name)
        else:
            said = words("participant-registered-class", name=name, code=key.code)
        self._desk.tell(said, functools.partial(self._take_back, made, key))

    def _take_back(self, who: ParticipantId, key: ClassKey | None) -> None:
        self._desk.runner.write(taking_in.take_back, who, key, refused=self._desk.tell_trouble)

    def _on_corrected(
        self,
        before: ParticipantRecord,
        consent: ConsentGiven | None,
        key: ClassKey | None,
        who: ParticipantId,
    ) -> None:
        self.saved.emit(who)
        undo = functools.partial(self._put_back, before, consent, key)
        self._desk.tell(words("participant-saved", name=before.person.name), undo)

    def _put_back(
        self, before: ParticipantRecord, consent: ConsentGiven | None, key: ClassKey | None
    ) -> None:
        write, refused = self._desk.runner.write, self._desk.tell_trouble
        version, who = None if consent is None else consent.version, before.person.id
        today, stood = self._desk.now().date(), before.stood
        write(taking_in.put_back, who, form_of(before.person), today, version, refused=refused)
        if key is not None:
            state, moved = (None, None) if stood is None else (stood.state, stood.moved_to)
            write(enrolments.restore, key, who, state, moved, refused=refused)

    def _on_withdrawn(self, given: ConsentRow, who: ParticipantId) -> None:
        self.consented.emit(who)
        again = ConsentGiven(given.version, given.given_on or self._desk.now().date(), given.manner)
        undo = functools.partial(self._give_again, who, again)
        self._desk.tell(words("participant-consent-told", version=given.version), undo)

    def _give_again(self, who: ParticipantId, given: ConsentGiven) -> None:
        action, then = participants.give_consent, self.consented.emit
        self._desk.runner.write(action, who, given, then=then, refused=self._desk.tell_trouble)


def form_of(person: ParticipantDetail) -> ParticipantForm:
    """The values on record as a form that writes the same."""
    return ParticipantForm(
        person.name, person.nik, person.sex, person.birth_place, person.birth_date, person.phone,
        person.address, person.business, person.nib, person.capital, person.sales, person.existing,
        person.remark,
    )  # fmt: skip
