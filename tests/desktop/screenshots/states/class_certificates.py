"""Certificates of a class: some to issue, all printed at once, the tray set right, a clock that is wrong."""

from __future__ import annotations

from app.errors import Refused
from app.printing.cups import Printer, PrinterState
from tests.desktop.screenshots.stage import Stage, State
from ui.desktop.wording import words
from ui.desktop.work import Step

OFFICE = Printer("TU", "Printer ruang TU", "", PrinterState.IDLE, True, True, ("A4",), (), True)


def _finished(stage: Stage) -> tuple[object, ...]:
    return (stage.sample.finished,)


def _issued(stage: Stage) -> None:
    stage.page.bar.issue.click()
    stage.settle()
    stage.page.press._on_printers([OFFICE])
    stage.settle()
    stage.page.focus_first()


def _printing(stage: Stage) -> None:
    _issued(stage)
    stage.hold("network")
    stage.page.bar.print.click()
    stage.settle()
    stage.page.press._on_step(Step(6, 16, words("class-certificates-sheet", done=7, total=16)))


def _tray(stage: Stage) -> None:
    _issued(stage)
    stage.page.offset_button.click()


def _wrong_clock(stage: Stage) -> None:
    stage.page.bar.refuse(Refused("clock-behind"))


def _void(stage: Stage) -> None:
    stage.page.sheet.void_button.click()
    stage.press("Enter")


STATES = (
    State("filled", _finished, short=True),
    State("issued", _finished, _issued),
    State("tray", _finished, _tray),
    State("void", _finished, _void),
    State("error", _finished, _wrong_clock),
    State("empty", lambda stage: (stage.class_without_people(),)),
    State("busy", _finished, _printing),
)
