"""The jobs of a class's certificates, one at a time: issue, print, save; with the bar that tells of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions.certificates import Issued
from app.domain.ids import Serial
from app.domain.keys import ClassKey
from app.errors import Refused, Trouble
from app.printing.cups import Cups, Printer
from app.printing.plan import Sides
from app.printing.running import Machine
from app.queries import settings
from ui.desktop import files
from ui.desktop.desk import Desk
from ui.desktop.pages import certificates_jobs
from ui.desktop.pages.certificates_jobs import PrintOrder, Sheet
from ui.desktop.pages.class_certificates_bar import JobBar
from ui.desktop.pages.class_certificates_rows import Run
from ui.desktop.pages.class_certificates_tray import Tray, setting_name
from ui.desktop.wording import Text, words
from ui.desktop.work import Step, Stopped, Work

_HOUR = 60


class Press(QObject):
    """Runs the jobs. `run` is the print run under way, `printers` what the system offers.

    Signals:
        moved: a sheet came out, or a run began or ended: the list is to be drawn anew.
        printed: a run is over, with what it brought (PrintRun).
        said: something is done, in a sentence.
    """

    moved = Signal()
    printed = Signal(object)
    said = Signal(object)
    _broke = Signal()

    def __init__(self, desk: Desk, bar: JobBar) -> None:
        super().__init__(bar)
        self._desk, self._bar = desk, bar
        self.spooler = Cups()
        self.printers: dict[str, Printer] = {}
        self.run: Run | None = None
        self._order: PrintOrder | None = None
        self._work: Work | None = None
        self._begun: datetime | None = None
        self._broke.connect(self._end)
        bar.stop_wanted.connect(self.stop)
        bar.turned.connect(self._on_bar_turned)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._work is not None

    def look_for_printers(self) -> None:
        """Ask the system which printers there are, and what became of a run that a crash ended."""
        spooler = self.spooler
        self._desk.runner.work(
            _printers, spooler, then=self._on_printers, refused=self._on_no_printers, network=True
        )

    def issue(self, key: ClassKey, confirmed: bool) -> None:
        """Issue to everybody who passed."""
        today = self._desk.now().date()
        self._bar.accept()
        self._start(certificates_jobs.issue, (key, today, confirmed), self._on_issued, None)

    def print(self, sheets: Sequence[Sheet], printer: str, reason: str | None = None) -> None:
        """Print these sheets, with what this laptop knows of the printer's tray; a copy for this reason."""
        if self.busy or not sheets or printer not in self.printers:
            return
        self._bar.accept()
        read, then = (
            self._desk.runner.read,
            functools.partial(self._on_tray_read, tuple(sheets), printer, reason),
        )
        read(settings.get, setting_name(printer), then=then)

    def save_class(self, sheets: Sequence[Sheet], code: str) -> None:
        """One PDF of these certificates, wherever the person wants it; opened when it is there."""
        path = self._where("class-certificates-save-class", f"sertifikat-{code}")
        if path is not None:
            self._start(certificates_jobs.save_class, (tuple(sheets), path), self._on_saved, None)

    def save_one(self, sheet: Sheet, name: str) -> None:
        """The PDF of one certificate."""
        path = self._where("certificates-save", name)
        if path is not None:
            self._start(certificates_jobs.save_one, (sheet, path), self._on_saved, None)

    def save_copy(self, sheet: Sheet, name: str, reason: str) -> None:
        """The PDF of a marked copy, noted as a print: where there is no printer, it is printed elsewhere."""
        path = self._where("certificates-save", name)
        if path is not None:
            self._start(certificates_jobs.save_copy, (sheet, path, reason), self._on_saved, None)

    def save_each(self, sheets: Sequence[Sheet]) -> None:
        """One PDF a person, into a folder that the person chooses."""
        into = files.folder(self._bar, words("class-certificates-save-each"))
        if into is not None:
            saved = functools.partial(self._on_saved_each, into)
            stop = words("class-certificates-stop-saving")
            self._start(certificates_jobs.save_each, (tuple(sheets), into), saved, stop)

    def save_trial(self, pdf: bytes) -> None:
        """The test sheets of a tray."""
        path = self._where("tray-test", str(words("print-calibration-title")))
        if path is not None:
            self._start(_write, (path, pdf), self._on_saved, None)

    def _where(self, title: str, name: str) -> Path | None:
        return files.save_name(self._bar, words(title), f"{name.replace('/', '-')}.pdf")

    def stop(self) -> None:
        """End the job after the sheet it is at."""
        if self._work is not None:
            self._work.stop()

    def _start(
        self,
        job: Callable[..., Any],
        arguments: tuple[object, ...],
        then: Callable[[Any], object],
        stop: Text | None,
    ) -> None:
        """Begin a job; one that can be stopped is told of in the bar."""
        if self.busy:
            return
        if stop is not None:
            self._bar.begin(stop)
        self._begun = self._desk.now()
        self._work = self._desk.runner.work(
            self._guarded,
            job,
            *arguments,
            then=functools.partial(self._on_done, then),
            refused=self._on_refused,
            progress=self._on_step,
            stopped=self._on_stopped,
            network=stop is not None,
        )

    def _guarded(self, work: Work, job: Callable[..., Any], *arguments: object) -> object:
        """The job, away from the window. What is neither a refusal nor a stop is told by the runner and never
        comes back here; the bar must not wait for it."""
        try:
            return job(work, *arguments)
        except (Refused, Stopped):
            raise
        except BaseException:
            self._broke.emit()
            raise

    def _on_step(self, step: Step) -> None:
        turning = self._order is not None and step.done >= step.total and self.run is not None
        turning = turning and self._order.sides is Sides.FRONTS_THEN_BACKS  # type: ignore[union-attr]  # as just said
        self._bar.show_step(step, self._left(step), turning and not self._turned())
        if self.run is not None:
            self.run = Run(self.run.serials, step.done)
            self.moved.emit()

    def _turned(self) -> bool:
        return self._order is not None and self._order.turned.is_set()

    def _left(self, step: Step) -> Text:
        """How long it may take yet, and where it comes out."""
        title = self.printers[self._order.machine.printer].title if self._order is not None else ""
        if not step.done or self._begun is None or step.done >= step.total:
            return words("class-certificates-at", printer=title) if title else ""
        each = (self._desk.now() - self._begun).total_seconds() / step.done
        minutes = max(1, round(each * (step.total - step.done) / _HOUR))
        if title:
            return words("class-certificates-left-at", n=minutes, printer=title)
        return words("class-certificates-left", n=minutes)

    def _end(self) -> None:
        self._work, self._order, self.run = None, None, None
        self._bar.end()
        self.moved.emit()

    def _on_done(self, then: Callable[[Any], object], result: object) -> None:
        self._end()
        then(result)

    def _on_refused(self, trouble: Trouble) -> None:
        self._end()
        self._bar.refuse(trouble)

    def _on_stopped(self) -> None:
        self._end()
        self.said.emit(words("class-certificates-stopped"))

    def _on_printers(self, printers: list[Printer]) -> None:
        self.printers = {printer.name: printer for printer in printers}
        self._bar.offer(printers)
        self.moved.emit()

    def _on_no_printers(self, _: Trouble) -> None:
        """Without a print service there is the PDF."""
        self._on_printers([])

    def _on_issued(self, made: Issued) -> None:
        self.said.emit(words("class-certificates-told", n=len(made.serials)))

    def _on_tray_read(
        self, sheets: tuple[Sheet, ...], printer: str, reason: str | None, kept: object
    ) -> None:
        if self.busy:
            return
        tray, found = Tray.read(kept), self.printers[printer]
        sides = Sides.DUPLEX if found.duplex else Sides.FRONTS_THEN_BACKS
        machine = Machine(printer, offsets=tray.offsets)
        self._order = PrintOrder(sheets, machine, sides, tray.stack, self.spooler, reason)
        self.run = Run(tuple(Serial(serial) for serial, _ in sheets), 0)
        self._start(
            certificates_jobs.print_sheets,
            (self._order,),
            self.printed.emit,
            words("class-certificates-stop"),
        )
        total = len(sheets)
        at = words("class-certificates-sheet", done=1, total=total)
        self._bar.show_step(Step(0, total, at), self._left(Step(0, total, at)), False)
        self.moved.emit()

    def _on_bar_turned(self) -> None:
        if self._order is not None:
            self._order.turned.set()

    def _on_saved(self, path: Path) -> None:
        self.said.emit(words("class-certificates-saved", file=path.name))
        files.show_with_system(path)

    def _on_saved_each(self, into: Path, n: int) -> None:
        self.said.emit(words("class-certificates-saved-each", n=n, folder=into.name))
        files.show_with_system(into)


def _printers(work: Work, spooler: Cups) -> list[Printer]:
    certificates_jobs.close_abandoned(work, spooler)
    return spooler.printers()


def _write(_: Work, path: Path, pdf: bytes) -> Path:
    return files.write_whole(path, pdf)
