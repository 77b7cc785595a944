"""10,000 changes that come in by sync while somebody looks on: `python -m bench incoming`.

A real headquarters in a process of its own holds what one laptop has pushed; the window of another, which has
nothing yet, fetches it, as F9 does. In front stands the page named, which is read anew when something came.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

import ui.desktop  # noqa: F401  # before Qt draws: it mends what Qt would break
from app.storage import workplace
from bench import centre, heart, sync
from ui.desktop import collector, theme
from ui.desktop.desk import Desk
from ui.desktop.footer_truth import FooterTruth
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Choice, Theme
from ui.desktop.window import Window

PEOPLE = 400
"""Of a centre: about 10,000 changes."""
PAGES = ("today", "classes", "sync")


def main(participants: int = 0) -> None:
    """Measure and print a line for each page in front; `participants` is for other measurements."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    look = Theme(application, Choice.LIGHT)
    made = centre.changes(PEOPLE, PEOPLE // centre.CLASS_SIZE)
    sys.stdout.write(f"{len(made):,} changes\n{'in front':<26} {'seconds':>8} {heart.HEADINGS}\n")
    _line("nothing, to compare with", heart.IDLE_SECONDS, heart.idle(application))
    with tempfile.TemporaryDirectory() as folder:
        hq = sync.headquarters(Path(folder))
        with hq.serving() as url:
            sync.synced("first push", hq, url, sync.laptop(hq, url, Path(folder) / "one", made))
            for page in PAGES:
                fresh = sync.laptop(hq, url, Path(folder) / page)
                _line(page, *_fetched(application, look, fresh, page))


def _fetched(application: QApplication, look: Theme, folder: Path, page: str) -> tuple[float, heart.Lateness]:
    """Seconds until all is there and shown, and how late the heart was meanwhile."""
    runner = Runner()
    runner.attach(workplace.open_folder(folder))
    desk = Desk(runner, Preferences(folder), look, lambda: datetime.now(UTC))
    window, _foot = Window(desk), FooterTruth(desk)
    window.show()
    window.begin(page)
    heart.wait(application, lambda: not runner.waiting)
    collector.settle()  # as the program does once its data folder is open
    began, beats = time.perf_counter(), heart.Heart()
    desk.background.send()
    heart.wait(application, lambda: not desk.background.running)
    heart.wait(application, lambda: False, 0.5)  # the foot's truth comes a moment later
    heart.wait(application, lambda: not runner.waiting)
    late, seconds = beats.stop(), time.perf_counter() - began
    ended = desk.background.last
    assert ended is not None and ended.report is not None and ended.report.changes_down > PEOPLE, ended
    window.close()
    desk.background.close()
    runner.close()
    return seconds, late


def _line(what: str, seconds: float, late: heart.Lateness) -> None:
    sys.stdout.write(f"{what:<26} {seconds:8.2f} {late}\n")
    sys.stdout.flush()
