"""The visits themselves, in a process that holds nothing else; run by `bench.visits`:
`python -m bench.visits_made FOLDER PIN ROUNDS`.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

import ui.desktop  # noqa: F401  # before Qt draws: it mends what Qt would break
from bench import heart
from bench.processes import memory
from ui.desktop import places
from ui.desktop.application import Program
from ui.desktop.widgets.pin import PinInput

EVERY = 10
LAST_OF_ALL = "today"


class Visitor:
    """A signed-in window on the folder, and the pages with what they are opened for."""

    def __init__(self, application: QApplication, folder: Path, pin: str) -> None:
        self.application = application
        self.program = Program(application, folder)
        self.window = self.program.window
        self.program.start()
        heart.wait(application, lambda: isinstance(application.focusWidget(), PinInput))
        boxes = application.focusWidget()
        assert isinstance(boxes, PinInput)
        boxes.entered.emit(pin)
        heart.wait(application, lambda: self.window.page is not None and not self.window.page.bare)
        self.settle()
        self.pages = self._pages()

    def settle(self) -> None:
        """Until everything is answered and painted."""
        heart.wait(self.application, lambda: not self.program.runner.waiting)

    def visit(self, key: str) -> None:
        """Go there, and wait until it shows what it has."""
        self.window.begin(key, *self.pages[key])
        self.settle()

    def objects(self) -> int:
        """How many of Qt's objects hang on the window, once what is to be deleted is."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(self.window.findChildren(QObject)) + len(self.application.topLevelWidgets())

    def _pages(self) -> dict[str, tuple[object, ...]]:
        key, people = self._class()
        of_class: dict[str, tuple[object, ...]] = {
            name: (key,)
            for name in ("class_participants", "class_schedule", "class_attendance", "progress", "completion")
        }
        found: dict[str, tuple[object, ...]] = {
            **of_class,
            "roll_call": (key, 1),
            "class_certificates": (key,),
            "class_form": (key,),
            "participant": (people[0],),
            "participant_history": (people[0],),
            "roster_import": (None, key),
            "verify": (),
        }
        found |= {place.key: () for place in places.places()}
        return {name: given for name, given in found.items() if places.exists(name)}

    def _class(self) -> tuple[Any, list[bytes]]:
        """A class that is under way, and its people."""
        from app.queries import rosters, today

        answers: list[Any] = []
        runner, day = self.program.runner, self.program.desk.now().date()
        runner.read(today.today, runner.centre, day, then=answers.append)
        self.settle()
        key = answers[0].running[0].key
        runner.read(rosters.enrolled, key, then=answers.append)
        self.settle()
        return key, [row.participant for row in answers[1]]


def main(folder: Path, pin: str, rounds: int) -> None:
    """Print a line for each page, then one for every ten rounds through all of them."""
    application = QApplication([])
    visitor = Visitor(application, folder, pin)
    said = sys.stdout.write
    said(f"\n{'page':<22} {'first s':>8} {'again s':>8} {'MB':>6} {heart.HEADINGS} when opened again\n")
    for key in visitor.pages:
        first, _ = _timed(visitor, key)
        visitor.visit(LAST_OF_ALL)
        again, late = _timed(visitor, key)
        said(f"{key:<22} {first:8.2f} {again:8.2f} {memory('self').now:6.0f} {late}\n")
        sys.stdout.flush()
    said(f"\n{'rounds':>6} {'MB':>6} {'objects':>8}\n")
    for done in range(rounds + 1):
        if done % EVERY == 0:
            visitor.visit(LAST_OF_ALL)
            gc.collect()
            said(f"{done:6} {memory('self').now:6.0f} {visitor.objects():8}\n")
            sys.stdout.flush()
        for key in visitor.pages:
            visitor.visit(key)
    said(f"at most {memory('self').peak:.0f} MB\n")
    visitor.program.end()


def _timed(visitor: Visitor, key: str) -> tuple[float, heart.Lateness]:
    began, beats = time.perf_counter(), heart.Heart()
    visitor.visit(key)
    return time.perf_counter() - began, beats.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
