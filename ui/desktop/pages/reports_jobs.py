"""One job of the reports at a time: how far it is, the way to stop it, and why it was refused."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import Trouble
from ui.desktop.desk import Desk
from ui.desktop.tokens import Hue
from ui.desktop.widgets.layouts import column
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.progress import Progress
from ui.desktop.wording import told, words
from ui.desktop.work import Step, Work


class JobStrip(QWidget):
    """There only while a job runs, or after one that was refused.

    Signals:
        held: a job has begun (True) or ended (False).
        stopped: the person ended it.
    """

    held = Signal(bool)
    stopped = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work: Work | None = None
        self.progress = Progress("file-text", words("reports-stop"))
        self.progress.stopped.connect(self._on_progress_stopped)
        self.refusal = Strip("", Hue.RED, "circle-alert")
        self.setLayout(column(self.progress, self.refusal))
        self.accept()

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._work is not None

    def start(
        self, then: Callable[[Any], object], job: Callable[..., Any], *said: object, network: bool = False
    ) -> None:
        """Begin a job, if none is under way; `then` gets what it brought."""
        if self.busy:
            return
        self.refusal.hide()
        self.progress.begin()
        self.progress.show()
        self.show()
        self.held.emit(True)
        self._work = self._desk.runner.work(
            job,
            *said,
            then=functools.partial(self._on_done, then),
            refused=self.refuse,
            progress=self.show_step,
            stopped=self._on_stopped,
            network=network,
            every_trouble=True,
        )

    def accept(self) -> bool:
        """Nothing is refused any more; whether something was."""
        was = not self.refusal.isHidden()
        self.refusal.hide()
        self.progress.setVisible(self.busy)
        self.setVisible(self.busy)
        return was

    def show_step(self, step: Step) -> None:
        """How far it is."""
        self.progress.show_step(step.done, step.total, step.at)

    def refuse(self, trouble: Trouble) -> None:
        """It came to nothing, and why."""
        self._end()
        self.refusal.say(told(trouble))
        self.refusal.show()
        self.show()

    def _end(self) -> None:
        self._work = None
        self.accept()
        self.held.emit(False)

    def _on_progress_stopped(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _on_done(self, then: Callable[[Any], object], result: object) -> None:
        self._end()
        then(result)

    def _on_stopped(self) -> None:
        self._end()
        self.stopped.emit()
