"""One start of a window, timed from the moment its process was asked for; run by `bench.window`.

    python -m bench.window_start BEGAN empty          PySide6's own empty window
    python -m bench.window_start BEGAN FOLDER PIN MS  ours, on a data folder

BEGAN is time.monotonic() of the parent. Prints one JSON line: seconds and the process's memory in MB when
one can use the window (ours: the cards are there and the PIN's boxes have the focus). Then, MS later, the
PIN is entered; and from there on: until the first place is there, until it shows the day, and until
everything is answered.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

PAGE = os.sysconf("SC_PAGE_SIZE")


def main(began: float, what: str, pin: str = "", later: str = "0") -> None:
    """Start, measure, end."""
    print(json.dumps(_empty(began) if what == "empty" else _ours(began, Path(what), pin, int(later))))


def _empty(began: float) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication([])
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    application.processEvents()
    return _now(began, "usable")


def _ours(began: float, folder: Path, pin: str, later: int) -> dict[str, float]:
    gc.disable()  # as main.py does
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    import ui.desktop  # noqa: F401  # before there is an application: it mends what Qt would break
    from ui.desktop.application import Program
    from ui.desktop.widgets.pin import PinInput

    application = QApplication([])
    program = Program(application, folder)
    found: dict[str, float] = {}
    entered: list[float] = []

    def on_focus(_: object, boxes: object) -> None:
        if isinstance(boxes, PinInput) and not found:
            application.processEvents()  # paints them
            found.update(_now(began, "usable"))
            QTimer.singleShot(max(later, 1), boxes, lambda: enter(boxes))

    def enter(boxes: PinInput) -> None:
        entered.append(time.monotonic())
        boxes.entered.emit(pin)

    def look() -> None:
        reached = _reached(program, found) if entered else None
        if reached is not None:
            application.processEvents()  # paints it
            found.update(_now(entered[0], reached))
        if "all" in found:
            application.quit()

    watch = QTimer(interval=2)
    watch.timeout.connect(look)
    application.focusChanged.connect(on_focus)
    watch.start()
    program.start()
    application.exec()
    program.end()
    return found


def _reached(program: Any, found: dict[str, float]) -> str | None:
    """What is there now that was not there before."""
    page = program.window.page
    if page is None or page.bare:
        return None
    if "first place" not in found:
        return "first place"
    if "its day" not in found:
        return "its day" if page.day is not None else None
    return None if program.runner.waiting else "all"


def _now(began: float, what: str) -> dict[str, float]:
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE
    return {what: time.monotonic() - began, f"{what} MB": resident / 1e6}


if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:])
