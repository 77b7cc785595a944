"""Between the sheet of a roll call and the database: reading it, keeping every step, finalising.

Marks stand on the sheet in memory, and each step goes to the database at once as drafts; what a failing disk
did not take goes along with the next step.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.actions import attendance, sessions
from app.actions.attendance import Finalised
from app.domain.attendance import SessionState, Status
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.errors import Trouble
from app.queries import roll_calls
from app.queries.classes import SessionRow
from app.queries.history import HistoryLine
from app.queries.roll_calls import Opened, Outlook
from ui.desktop.pages.roll_call_sheet import Line, Sheet, Step
from ui.desktop.runner import Runner

Drafts = Mapping[ParticipantId, MarkEntry | None]


class Record(QObject):
    """One session's sheet at a time. `now` is the centre's clock.

    Signals:
        opened: the sheet has been read, for the first time or again.
        edited: marks have changed.
        kept: what is saved and what is not has changed.
        foreseen: what the marks bring about, as participant -> Outlook.
        recalled: how the current line's mark came to be, as a list of HistoryLine.
        done: the roll call is finalised, as a Finalised.
        settled: the session did not happen, or will again.
        refused: the database would not do it, as a Trouble.
    """

    opened = Signal()
    edited = Signal()
    kept = Signal()
    foreseen = Signal(object)
    recalled = Signal(object)
    done = Signal(object)
    settled = Signal()
    refused = Signal(object)

    def __init__(self, runner: Runner, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._now = runner, now
        self.key: ClassKey | None = None
        self.number = 0
        self.read: Opened | None = None
        self.sheet: Sheet | None = None
        self.current: ParticipantId | None = None
        self.saved_at: datetime | None = None
        self._busy = False
        self._unsaved: set[ParticipantId] = set()
        self._flying: list[Drafts] = []
        runner.troubled.connect(self._on_runner_troubled)

    @property
    def session(self) -> SessionRow | None:
        """The session, once it has been read."""
        return None if self.read is None else self.read.call.session

    @property
    def cancelled(self) -> bool:
        """Whether the session did not happen, so that nothing can be marked."""
        return self.session is not None and self.session.state is SessionState.NOT_HELD

    @property
    def lost(self) -> bool:
        """Whether the disk did not take something that is on the sheet; the next step tries again."""
        return bool(self._unsaved)

    @property
    def line(self) -> Line | None:
        """The current line."""
        return None if self.sheet is None else self.sheet.line(self.current)

    def open(self, key: ClassKey, number: int) -> None:
        """Read the roll call of a session; another one's way back is forgotten."""
        if (key, number) != (self.key, self.number):
            self.read = self.sheet = self.current = self.saved_at = None
            self._unsaved, self._flying, self._busy = set(), [], False
        self.key, self.number = key, number
        self.reload()

    def reload(self) -> None:
        """Read again what is on record."""
        if self.key is not None:
            then, refused = functools.partial(self._on_read, self.key, self.number), self._on_refused
            self._runner.read(roll_calls.opened, self.key, self.number, then=then, refused=refused)

    def foresee(self) -> None:
        """Ask what the marks of those who are not simply present bring about."""
        if self.sheet is None or self.key is None:
            return
        marks = {line.participant: line.status for line in self.sheet.lines if line.status}
        away = {who: status for who, status in marks.items() if status is not Status.PRESENT}
        self._runner.read(roll_calls.outlooks, self.key, self.number, away, then=self._on_foreseen)

    def finalise(self, reason: str = "") -> None:
        """Write what was keyed in, all of it or nothing."""
        if self._busy or self.sheet is None or self.key is None:
            return
        marks = self.sheet.drafts()
        seen = {who: self.sheet.seen.get(who, ()) for who in marks}
        self._busy = True
        self._runner.write(
            attendance.finalise,
            *(self.key, self.number, marks, reason or None, seen),
            then=self._on_finalised,
            refused=self._on_refused,
        )

    def did_not_happen(self, reason: str) -> None:
        """Say why the session did not happen."""
        self._settle(sessions.did_not_happen, reason)

    def plan_again(self) -> None:
        """Take that back."""
        self._settle(sessions.plan_again)

    def _settle(self, action: Callable[..., object], *facts: str) -> None:
        if not self._busy and self.key is not None:
            self._busy = True
            then, refused = self._on_settled, self._on_refused
            self._runner.write(action, self.key, self.number, *facts, then=then, refused=refused)

    def apply(self, step: Step) -> None:
        """Show and keep what a step has changed on the sheet."""
        if not step:
            return
        self._unsaved |= {edit.participant for edit in step}
        self.edited.emit()
        self._save()

    def _save(self) -> None:
        """Hand over everything that is not saved; the lane keeps the order."""
        if self.sheet is None or self.key is None:
            return
        lines = (self.sheet.line(who) for who in self._unsaved)
        batch: Drafts = {line.participant: line.draft for line in lines if line is not None}
        self._unsaved = set()
        self._flying.append(batch)
        then, refused = functools.partial(self._on_kept, batch), self._on_refused
        self._runner.write(attendance.save_drafts, self.key, self.number, batch, then=then, refused=refused)
        self.kept.emit()

    def recall(self) -> None:
        """Ask how the mark of the current line came to be, where one is on record."""
        line = self.line
        if line is not None and line.stored is not None and self.key is not None:
            then = functools.partial(self._on_recalled, line.participant)
            self._runner.read(
                roll_calls.earlier, self.key, self.number, line.participant, then=then, aside=True
            )

    def _on_read(self, key: ClassKey, number: int, read: Opened) -> None:
        if (key, number) != (self.key, self.number):
            return
        sheet = Sheet(read.call)
        if self.sheet is not None:
            sheet.take_over(self.sheet, self._unsaved.union(*self._flying))
        self.read, self.sheet, self._busy = read, sheet, False
        if sheet.line(self.current) is None:
            unmarked = sheet.unmarked() or sheet.lines
            self.current = unmarked[0].participant if unmarked else None
        self.opened.emit()
        self.recall()

    def _on_kept(self, batch: Drafts, _: int) -> None:
        if not any(flying is batch for flying in self._flying):
            return  # of a session that is not open any more, or given up for lost already
        self._flying = [flying for flying in self._flying if flying is not batch]
        self.saved_at = self._now()
        self.kept.emit()

    def _on_runner_troubled(self, _: Trouble) -> None:
        """Whatever was on its way may be lost; it goes along with the next step. The window says why."""
        self._unsaved = self._unsaved.union(*self._flying)
        self._flying, self._busy = [], False
        self.kept.emit()

    def _on_foreseen(self, found: Mapping[ParticipantId, Outlook]) -> None:
        self.foreseen.emit(found)

    def _on_recalled(self, participant: ParticipantId, lines: list[HistoryLine]) -> None:
        if participant == self.current:
            self.recalled.emit(lines)

    def _on_finalised(self, done: Finalised) -> None:
        self._busy = False
        self.done.emit(done)

    def _on_settled(self, _: int) -> None:
        self._busy = False
        self.settled.emit()
        self.reload()

    def _on_refused(self, trouble: Trouble) -> None:
        self._busy = False
        self._flying = []
        self.refused.emit(trouble)
