"""Putting people into a class, out of it and into another one, each with the way back."""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject, Signal

from app.actions import enrolments
from app.domain.enrolment import EnrolmentState
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.queries import participations
from app.queries.participations import Participation
from ui.desktop.desk import Desk
from ui.desktop.wording import words


class Moves(QObject):
    """Writes one person's enrolment and tells it with Urungkan. How they stood before is read first, so
    that the way back leads exactly there.

    Signals:
        done: it was written; whose enrolment.
        refused: the Trouble of a write.
    """

    done = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def enrol(self, key: ClassKey, who: ParticipantId, name: str, state: EnrolmentState) -> None:
        """Give somebody this state in the class."""
        self._after_stays(who, functools.partial(self._enrol, key, who, name, state))

    def withdraw(self, key: ClassKey, who: ParticipantId, name: str, reason: str) -> None:
        """Take somebody out, for a reason."""
        self._after_stays(who, functools.partial(self._withdraw, key, who, name, reason))

    def move(self, key: ClassKey, who: ParticipantId, name: str, to: ClassKey) -> None:
        """Move somebody to another class."""
        self._after_stays(who, functools.partial(self._move, key, who, name, to))

    def _after_stays(self, who: ParticipantId, then: functools.partial[None]) -> None:
        self._desk.runner.read(participations.of, who, then=then, refused=self.refused.emit)

    def _enrol(
        self, key: ClassKey, who: ParticipantId, name: str, state: EnrolmentState, stays: list[Participation]
    ) -> None:
        said = words(f"members-told-{state}", name=name, code=key.code)
        then = functools.partial(self._on_written, who, said, [_before(key, stays)])
        self._write(enrolments.enrol, key, [who], state, then=then)

    def _withdraw(
        self, key: ClassKey, who: ParticipantId, name: str, reason: str, stays: list[Participation]
    ) -> None:
        said = words("members-told-withdrawn", name=name, code=key.code)
        then = functools.partial(self._on_written, who, said, [_before(key, stays)])
        self._write(enrolments.withdraw, key, who, reason, then=then)

    def _move(
        self, key: ClassKey, who: ParticipantId, name: str, to: ClassKey, stays: list[Participation]
    ) -> None:
        said = words("members-told-moved", name=name, code=to.code)
        then = functools.partial(self._on_written, who, said, [_before(key, stays), _before(to, stays)])
        self._write(enrolments.move, key, who, to, then=then)

    def _write(self, action: object, *given: object, then: functools.partial[None]) -> None:
        self._desk.runner.write(action, *given, then=then, refused=self.refused.emit)  # type: ignore[arg-type]  # one of three actions

    def _on_written(self, who: ParticipantId, said: object, before: list[_Before], _: int) -> None:
        self.done.emit(who)
        self._desk.tell(said, functools.partial(self._undo, who, before))  # type: ignore[arg-type]  # words

    def _undo(self, who: ParticipantId, before: list[_Before]) -> None:
        write, refused = self._desk.runner.write, self._desk.tell_trouble
        for key, state, moved_to in before:
            write(enrolments.restore, key, who, state, moved_to, refused=refused)


_Before = tuple[ClassKey, EnrolmentState | None, str | None]


def _before(key: ClassKey, stays: list[Participation]) -> _Before:
    """How somebody stood towards a class; None where not at all."""
    stay = next((stay for stay in stays if stay.key == key), None)
    return (key, None, None) if stay is None else (key, stay.state, stay.moved_to)
