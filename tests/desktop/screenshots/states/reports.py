"""The reports of a class: each previewed, one refused by the printer, one under way, and no class yet."""

from __future__ import annotations

from app.errors import Refused
from app.printing.cups import Printer, PrinterState
from tests.desktop.screenshots.stage import Data, Stage, State
from ui.desktop.wording import words
from ui.desktop.work import Step

OFFICE = Printer("TU", "Printer ruang TU", "", PrinterState.IDLE, True, True, ("A4",), (), True)


def _finished(stage: Stage) -> tuple[object, ...]:
    return (stage.sample.finished,)


def _printers(stage: Stage) -> None:
    stage.page._on_printers([OFFICE])


def _refused(stage: Stage) -> None:
    _printers(stage)
    stage.page.jobs.refuse(Refused("reports-not-printed", printer="Printer ruang TU"))


def _printing(stage: Stage) -> None:
    _printers(stage)
    stage.hold("network")
    stage.page.paper.print.click()
    stage.settle()
    stage.page.jobs.show_step(Step(1, 3, words("reports-printing")))


STATES = (
    State("filled", lambda stage: (stage.sample.finished, "attendance-recap"), _printers, short=True),
    State("sheet", lambda stage: (stage.sample.finished, "attendance-sheet"), _printers),
    State("completion", lambda stage: (stage.sample.finished, "completion-list")),
    State("cards", lambda stage: (stage.sample.finished, "cards"), _printers),
    State("error", _finished, _refused),
    State("printing", _finished, _printing),
    State("empty", data=Data.EMPTY),
    State("busy", held="database", held_before=True),
)
