"""What the schedule writes, each with its way back."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions import sessions
from app.domain.ids import SessionNumber
from app.domain.keys import ClassKey
from app.domain.timetable import SessionPlan
from app.errors import Trouble
from app.queries.classes import SessionRow
from ui.desktop.desk import Desk
from ui.desktop.wording import Text, words


class Writing(QObject):
    """Signals:
    done: it is written: the number of the session it is about, None where that is gone.
    refused: it is not, with the Trouble.
    """

    done = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def add(self, key: ClassKey, plans: Sequence[SessionPlan], reason: str) -> None:
        """Plan these sessions."""
        self._write(sessions.add, key, list(plans), reason, then=functools.partial(self._on_added, key))

    def make_up(self, key: ClassKey, number: int, plan: SessionPlan, reason: str) -> None:
        """Plan a session in place of the one of this number."""
        then = functools.partial(self._on_made_up, key, number)
        self._write(sessions.make_up, key, number, plan, reason, then=then)

    def move(self, key: ClassKey, old: SessionRow, plan: SessionPlan, reason: str) -> None:
        """Give a session another plan."""
        self._write(
            sessions.move, key, old.number, plan, reason, then=functools.partial(self._on_moved, key, old)
        )

    def remove(self, key: ClassKey, number: SessionNumber) -> None:
        """Take a session out of the plan."""
        then = functools.partial(self._on_removed, key, number)
        self._write(sessions.remove, key, [number], then=then)

    def did_not_happen(self, key: ClassKey, session: SessionRow, reason: str) -> None:
        """Say that a session did not happen, and why."""
        then = functools.partial(self._on_not_held, key, session)
        self._write(sessions.did_not_happen, key, session.number, reason, then=then)

    def happened(self, key: ClassKey, session: SessionRow) -> None:
        """Take that back."""
        then = functools.partial(self._on_happened, key, session)
        self._write(sessions.happened, key, session.number, then=then)

    def _on_added(self, key: ClassKey, numbers: Sequence[SessionNumber]) -> None:
        undo = functools.partial(self._undo, sessions.remove, key, list(numbers))
        self._tell(words("schedule-told-added", n=len(numbers)), undo, numbers[0] if numbers else None)

    def _on_made_up(self, key: ClassKey, number: int, made: SessionNumber) -> None:
        undo = functools.partial(self._undo, sessions.remove, key, [made])
        self._tell(words("schedule-told-made-up", number=made, of=number), undo, made)

    def _on_moved(self, key: ClassKey, old: SessionRow, number: SessionNumber) -> None:
        undo = None
        if old.day is not None and old.starts is not None and old.ends is not None:
            plan = SessionPlan(old.day, old.starts, old.ends, old.jp, old.topic, old.module)
            undo = functools.partial(
                self._undo, sessions.move, key, number, plan, str(words("schedule-undone"))
            )
        self._tell(words("schedule-told-moved", number=number), undo, number)

    def _on_removed(self, key: ClassKey, number: SessionNumber, _: None) -> None:
        undo = functools.partial(self._undo, sessions.bring_back, key, [number])
        self._tell(words("schedule-told-removed", number=number), undo, None)

    def _on_not_held(self, key: ClassKey, session: SessionRow, number: SessionNumber) -> None:
        undo = functools.partial(self._undo, sessions.happened, key, number)
        self._tell(words("schedule-told-not-held", number=number), undo, number)

    def _on_happened(self, key: ClassKey, session: SessionRow, number: SessionNumber) -> None:
        reason = session.reason or str(words("schedule-undone"))
        undo = functools.partial(self._undo, sessions.did_not_happen, key, number, reason)
        self._tell(words("schedule-told-happened", number=number), undo, number)

    def _write(self, action: Callable[..., Any], *args: object, then: Callable[[Any], object]) -> None:
        self._desk.runner.write(action, *args, then=then, refused=self._on_refused)

    def _undo(self, action: Callable[..., Any], *args: object) -> None:
        self._desk.runner.write(action, *args, refused=self._desk.tell_trouble)

    def _tell(self, said: Text, undo: Callable[[], object] | None, number: SessionNumber | None) -> None:
        self._desk.tell(said, undo)
        self.done.emit(number)

    def _on_refused(self, trouble: Trouble) -> None:
        self.refused.emit(trouble)
