"""A roster's life on its page: read, mended step by step, taken in; all of it away from the window."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions.participants import ConsentGiven
from app.domain.keys import ClassKey
from app.errors import Trouble
from app.roster.fields import Field
from app.roster.mending import Mending, Place
from ui.desktop.desk import Desk
from ui.desktop.pages import roster_import_rows, roster_import_summary, roster_import_work
from ui.desktop.pages.roster_import_work import Choices, Looked, Taken, Where
from ui.desktop.wording import Count, words
from ui.desktop.work import Step, Work


class RosterImport(QObject):
    """What was read, and the one job that may be running.

    Signals:
        began: a job that takes its time has begun.
        read: a file was read, or read again (Looked).
        mended: something was mended, and every line judged anew (Looked).
        settled: all that was mended has been judged.
        taken: people were taken in (Taken).
        stepped: how far the job is (Step).
        stopped: the person had the reading ended.
        failed: reading was refused (Trouble).
        take_failed: taking in, or undoing it, was refused or failed (Trouble).
        taken_back: the import was undone, all but what is still in it (Taken).
        lost: a job ended without an answer, by a fault of ours that has been told.
    """

    began = Signal()
    read = Signal(object)
    mended = Signal(object)
    settled = Signal()
    taken = Signal(object)
    stepped = Signal(object)
    stopped = Signal()
    failed = Signal(object)
    take_failed = Signal(object)
    taken_back = Signal(object)
    lost = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.looked: Looked | None = None
        self._desk = desk
        self._work: Work | None = None
        self._changes: list[Callable[[Mending], Mending]] = []
        desk.runner.idle.connect(self._on_runner_idle)

    @property
    def key(self) -> ClassKey | None:
        """The class that its people are for."""
        where = None if self.looked is None else self.looked.where
        return where if isinstance(where, ClassKey) else None

    @property
    def busy(self) -> bool:
        """Whether a job is running that nothing may come between."""
        return self._work is not None

    @property
    def mending(self) -> bool:
        """Whether something that was typed has not been judged yet."""
        return bool(self._changes)

    def forget(self) -> None:
        """Have no roster any more."""
        self.looked, self._changes = None, []

    def open(self, path: Path, where: Where) -> None:
        """Read a file whose people are for there."""
        self._start(roster_import_work.open_file, path, where)

    def look_again(self, choices: Choices) -> None:
        """Read the same file by other choices; what was typed and left out stays."""
        looked = self.looked
        if looked is not None:
            now = looked.mending
            mended = ({}, frozenset()) if now is None else (now.typed, now.left_out)
            job = functools.partial(_again, looked, choices, mended)
            self._start(job)

    def go_elsewhere(self, where: Where) -> None:
        """Have the same people for there."""
        self._start(roster_import_work.go_elsewhere, self.looked, where)

    def type_in(self, at: Place, field: Field, text: str) -> None:
        """Type into a cell of a line."""
        today = self._desk.now().date()
        self._mend(lambda now: now.type_in(at, {field: text}, today))

    def leave_out(self, at: Place) -> None:
        """Do not take a line."""
        self._mend(lambda now: now.leave_out(at))

    def undo(self, at: Place) -> None:
        """Have a line as the file has it."""
        today = self._desk.now().date()
        self._mend(lambda now: now.undo(at, today))

    def take(self, consent: ConsentGiven | None, also_elsewhere: bool) -> None:
        """Take the people in."""
        assert self.looked is not None
        rows, where = roster_import_summary.plan(self.looked).taken(also_elsewhere), self.looked.where
        self._write(roster_import_work.take, rows, where, consent, also_elsewhere, then=self._on_taken)

    def take_back(self, taken: Taken) -> None:
        """Undo that."""
        self._write(roster_import_work.take_back, taken, then=self._on_taken_back)

    def save_rest(self, path: Path) -> None:
        """Save the lines that are to be mended as a workbook, for whoever made the roster, and say so."""
        if self.looked is not None:
            left, said = roster_import_rows.to_fix(self.looked)
            told = functools.partial(self._on_rest_saved, len(left))
            self._desk.runner.work(roster_import_work.save_rest, left, said, path, then=told)

    def stop(self) -> None:
        """End the job that is running."""
        if self._work is not None:
            self._work.stop()

    def _write(self, job: Callable[..., Taken], *arguments: Any, then: Callable[[Taken], None]) -> None:
        self._work = self._desk.runner.work(
            job,
            *arguments,
            then=then,
            refused=self._on_take_refused,
            progress=self._on_step,
            every_trouble=True,
        )
        self.began.emit()

    def _start(self, job: Callable[..., Looked], *arguments: Any) -> None:
        self._work = self._desk.runner.work(
            job,
            *arguments,
            self._desk.now().date(),
            then=self._on_read,
            refused=self._on_refused,
            progress=self._on_step,
            stopped=self._on_stopped,
            every_trouble=True,
        )
        self.began.emit()

    def _mend(self, change: Callable[[Mending], Mending]) -> None:
        """Mend one thing after the other, each on what the one before has come to."""
        self._changes.append(change)
        if len(self._changes) == 1:
            self._mend_next()

    def _mend_next(self) -> None:
        self._desk.runner.work(
            roster_import_work.step,
            self.looked,
            self._changes[0],
            self._desk.now().date(),
            then=self._on_mended,
            refused=self._on_mending_refused,
            every_trouble=True,
        )

    def _on_mended(self, looked: Looked) -> None:
        if not self._changes:  # the roster was given up meanwhile
            return
        self.looked = looked
        self._changes = self._changes[1:]
        if self._changes:
            self._mend_next()
        else:
            self.mended.emit(looked)
            self.settled.emit()

    def _on_mending_refused(self, trouble: Trouble) -> None:
        self._changes = []
        self._desk.tell_trouble(trouble)

    def _on_rest_saved(self, n: int, path: Path) -> None:
        self._desk.tell(words("import-downloaded", n=Count(n), name=path.name))

    def _on_read(self, looked: Looked) -> None:
        self._work, self.looked = None, looked
        self.read.emit(looked)

    def _on_refused(self, trouble: Trouble) -> None:
        self._work = None
        self.failed.emit(trouble)

    def _on_stopped(self) -> None:
        self._work = None
        self.stopped.emit()

    def _on_step(self, step: Step) -> None:
        self.stepped.emit(step)

    def _on_taken(self, taken: Taken) -> None:
        self._work = None
        self.taken.emit(taken)

    def _on_taken_back(self, taken: Taken) -> None:
        self._work = None
        self.taken_back.emit(taken)

    def _on_runner_idle(self) -> None:
        """Everything has been answered; a job of ours that has not been ended by a fault."""
        if self._work is not None or self._changes:
            self._work, self._changes = None, []
            self.lost.emit()

    def _on_take_refused(self, trouble: Trouble) -> None:
        self._work = None
        self.take_failed.emit(trouble)


def _again(looked: Looked, choices: Choices, mended: tuple[Any, Any], work: Work, today: Any) -> Looked:
    return roster_import_work.look(work, looked.opened, choices, looked.where, today, *mended)
