"""Prints a plan sheet by sheet: says how far it is, stops between sheets, and knows what went to paper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from app.certificates.paper import printing
from app.certificates.paper.content import PageContent
from app.domain import serial as serials
from app.domain.ids import Serial
from app.errors import Refused
from app.printing.calibration import STRAIGHT, Offsets
from app.printing.cups import JobState, Setting
from app.printing.plan import Job, Leaf, Plan, Sides

AHEAD = 2
"""Jobs at the printer at once: enough to keep it busy, few enough that a stop soon takes hold."""

PAUSE = 0.4
"""Seconds between two looks at the printer."""


class Spooler(Protocol):
    """Where jobs go: the system's print server."""

    def send(self, printer: str, pdf: bytes, title: str, setting: Setting) -> str:
        """Hands a job over and gives its name."""

    def states(self, printer: str, jobs: Collection[str]) -> Mapping[str, JobState]:
        """What became of jobs."""

    def cancel(self, job: str) -> None:
        """Takes a job back."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The printer, paper and tray, and how that tray is corrected."""

    printer: str
    paper: str = "A4"
    tray: str | None = None
    offsets: Offsets = STRAIGHT


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: sheets out of sheets, in pass `turn` (from 1) of `turns`."""

    done: int
    sheets: int
    turn: int
    turns: int


@dataclass(frozen=True, slots=True)
class PrintRun:
    """What went to paper. `printed`: serial and copy of each complete certificate, as the log of prints
    takes them. `fronts_only`: their sheets came out with one side. `failed`: the printer gave them up.
    `unprinted`: never started."""

    printer: str
    printed: tuple[tuple[Serial, int], ...]
    fronts_only: tuple[Serial, ...] = ()
    failed: tuple[Serial, ...] = ()
    unprinted: tuple[Serial, ...] = ()
    stopped: bool = False

    @property
    def spoiled(self) -> tuple[Serial, ...]:
        """Whose sheets are of no use and are to be printed again."""
        return tuple(dict.fromkeys((*self.fronts_only, *self.failed)))


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a run asks and tells between sheets.

    `turned` is asked before the second pass and gives True once the stack was laid in again, False to
    stop. `stop` is asked between sheets. `wait` lets so many seconds pass. `sent` is told of each job that
    completes a certificate, by its name at the printer, and `out` when that came out.
    """

    wait: Callable[[float], None]
    progress: Callable[[Progress], None] = lambda progress: None
    stop: Callable[[], bool] = lambda: False
    turned: Callable[[], bool] = lambda: True
    sent: Callable[[str, Leaf], None] = lambda name, leaf: None
    out: Callable[[str], None] = lambda name: None


def leaf(page: PageContent) -> Leaf:
    """The certificate as a plan wants it."""
    return Leaf(Serial(page.signed.content.serial), page.copy, printing.page_count(page))


def run(
    plan: Plan, pages: Mapping[Serial, PageContent], machine: Machine, spooler: Spooler, hooks: Hooks
) -> PrintRun:
    """Prints the plan; `pages` holds each certificate as it is to be printed, copies marked already.

    Raises what sending raises only before the first sheet; later faults end the run and are in the answer.
    """
    press = _Press(plan, pages, machine, spooler, hooks)
    for turn, jobs in enumerate(plan.passes, 1):
        if turn > 1 and (press.stopped or not hooks.turned()):
            press.stopped = True
            break
        press.print(turn, jobs)
    return press.result()


@dataclass(slots=True)
class _Press:
    """A run under way."""

    plan: Plan
    pages: Mapping[Serial, PageContent]
    machine: Machine
    spooler: Spooler
    hooks: Hooks
    stopped: bool = False
    done: list[set[Serial]] = field(default_factory=list)
    failed: dict[Serial, None] = field(default_factory=dict)

    def print(self, turn: int, jobs: tuple[Job, ...]) -> None:
        """One pass, a few jobs ahead of the printer."""
        self.done.append(set())
        waiting: dict[str, Job] = {}
        for job in jobs:
            while len(waiting) >= AHEAD and not self._stops():
                self._look(turn, waiting)
            if self._stops() or not self._send(turn, job, waiting):
                break
        while waiting and not self._stops():
            self._look(turn, waiting)
        self._take_back(turn, waiting)

    def result(self) -> PrintRun:
        """What went to paper so far."""
        leaves = [job.leaf for job in self.plan.passes[0]]
        whole = set.intersection(*self.done) if len(self.done) == len(self.plan.passes) else set()
        touched = set().union(*self.done)
        return PrintRun(
            self.machine.printer,
            tuple((leaf.serial, leaf.copy) for leaf in leaves if leaf.serial in whole),
            tuple(leaf.serial for leaf in leaves if leaf.serial in touched - whole),
            tuple(self.failed),
            tuple(leaf.serial for leaf in leaves if leaf.serial not in touched | self.failed.keys()),
            self.stopped,
        )

    def _send(self, turn: int, job: Job, waiting: dict[str, Job]) -> bool:
        """Whether it was taken."""
        pdf = pdf_of(self.pages[job.leaf.serial], job, self.machine.offsets)
        setting = Setting(self.plan.sides is Sides.DUPLEX, self.machine.paper, self.machine.tray)
        title = serials.format(job.leaf.serial)
        try:
            name = self.spooler.send(self.machine.printer, pdf, title, setting)
        except Refused:
            if not any(self.done) and not waiting and not self.failed:
                raise
            self.stopped = True
            return False
        waiting[name] = job
        if turn == len(self.plan.passes):
            self.hooks.sent(name, job.leaf)
        return True

    def _stops(self) -> bool:
        self.stopped = self.stopped or self.hooks.stop()
        return self.stopped

    def _look(self, turn: int, waiting: dict[str, Job]) -> None:
        """Waits a little, then crosses off what has come out."""
        self.hooks.wait(PAUSE)
        self._settle(turn, waiting)

    def _settle(self, turn: int, waiting: dict[str, Job]) -> None:
        try:
            states = self.spooler.states(self.machine.printer, waiting)
        except Refused:
            self.stopped = True
            return
        for name, state in states.items():
            if state is JobState.WAITING:
                continue
            job = waiting.pop(name)
            if state is JobState.DONE:
                self.done[-1].add(job.leaf.serial)
                if all(job.leaf.serial in done for done in self.done) and turn == len(self.plan.passes):
                    self.hooks.out(name)
            else:
                self.failed[job.leaf.serial] = None
                self.stopped = True
            self._tell(turn)

    def _take_back(self, turn: int, waiting: dict[str, Job]) -> None:
        """After a stop: what is not printing yet is not printed; what was under way may be half done."""
        for name in waiting:
            with suppress(Refused):
                self.spooler.cancel(name)
        if waiting:
            self.hooks.wait(PAUSE)
            self._settle(turn, waiting)
        self.failed.update((job.leaf.serial, None) for job in waiting.values())

    def _tell(self, turn: int) -> None:
        done = self.done[-1]
        sheets = sum(job.sheets for job in self.plan.passes[turn - 1] if job.leaf.serial in done)
        self.hooks.progress(Progress(sheets, self.plan.sheets, turn, len(self.plan.passes)))


def pdf_of(page: PageContent, job: Job, offsets: Offsets = STRAIGHT) -> bytes:
    """The PDF of a job: these pages of the certificate, in this order, corrected for the tray."""
    front, back = offsets.front.mm, offsets.back.mm
    return printing.render_sides(page, job.pages, shift=front, back_shift=back)
