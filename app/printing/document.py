"""Prints a plain document, a report for instance: handed over whole, watched until it is out, taken back."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum

from app.errors import Refused
from app.printing import running
from app.printing.cups import JobState, Setting
from app.printing.running import Hooks, Machine, Spooler


class Came(StrEnum):
    """How the printing ended."""

    OUT = "out"
    FAILED = "failed"
    STOPPED = "stopped"


def send(pdf: bytes, title: str, machine: Machine, spooler: Spooler, hooks: Hooks) -> Came:
    """Print on one side of each sheet. `hooks.stop` takes back what has not been printed yet.

    Raises Refused("printing-refused" | "printing-unavailable"), NotFound("printer-unknown").
    """
    job = spooler.send(machine.printer, pdf, title, Setting(False, machine.paper, machine.tray))
    while True:
        state = spooler.states(machine.printer, [job])[job]
        if state is not JobState.WAITING:
            return Came.OUT if state is JobState.DONE else Came.FAILED
        if hooks.stop():
            with suppress(Refused):
                spooler.cancel(job)
            return Came.STOPPED
        hooks.wait(running.PAUSE)
