"""What a key of a roll call costs, in a class of 20 and in one of 300: `python -m bench roll_call`.

Every key goes through the real page to a real encrypted database. Timed are the key's handler (until the
window could take the next key) and, apart, drawing what it changed. Beside them how late a heartbeat of 5 ms
came while everybody is marked one after the other, as fast as the keys go in.
"""

from __future__ import annotations

import functools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import ui.desktop  # noqa: F401  # before Qt draws: it mends what Qt would break
from bench import heart
from tests.desktop.teaching import NOW, crowd
from ui.desktop import collector, theme
from ui.desktop.desk import Desk
from ui.desktop.pages.roll_call import RollCallPage
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Choice, Theme

SIZES = (20, 300)
KEYS = "HHHHHTHHHHIHHHHSHHHA"


def main(participants: int = 0) -> None:
    """Measure and print a line for each size; `participants` is for other measurements."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    look = Theme(application, Choice.LIGHT)
    sys.stdout.write(f"{'people':>7} {'key: mean':>10} {'p95':>6} {'worst':>6} {'drawing':>8} {'F2':>6}")
    sys.stdout.write(f" {'Ctrl+Enter':>11}   (ms) {heart.HEADINGS}\n")
    sys.stdout.write(f"{'nothing, to compare with':<71} {heart.idle(application)}\n")
    for people in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _measure(application, look, Path(folder), people)


def _measure(application: QApplication, look: Theme, folder: Path, people: int) -> None:
    taught = crowd(folder, people)
    runner = Runner()
    runner.attach(taught.opened)
    page = RollCallPage(Desk(runner, Preferences(folder), look, lambda: NOW))
    page.resize(1_174, 734)
    page.show()
    page.shown(taught.key, 6)
    _settle(application, runner)
    collector.settle()  # as the program does once its data folder is open
    beats = heart.Heart()
    keys, drawings = [], []
    for at in range(people):
        keys.append(_timed(functools.partial(QTest.keyClicks, page.middle.table, KEYS[at % len(KEYS)])))
        drawings.append(_timed(application.processEvents))
    late = beats.stop()
    _settle(application, runner)
    for _ in range(people):
        page.roll.undo()
    _settle(application, runner)
    rest = _timed(lambda: QTest.keyClick(page.middle.table, Qt.Key.Key_F2))
    _settle(application, runner)
    control = Qt.KeyboardModifier.ControlModifier
    final = _timed(lambda: QTest.keyClick(page.middle.table, Qt.Key.Key_Return, control))
    _settle(application, runner)
    runner.close()
    worst = sorted(keys)
    sys.stdout.write(f"{people:7} {statistics.mean(keys):10.2f} {worst[int(len(worst) * 0.95)]:6.2f}")
    sys.stdout.write(
        f" {worst[-1]:6.2f} {statistics.mean(drawings):8.2f} {rest:6.1f} {final:11.1f}        {late}\n"
    )


def _settle(application: QApplication, runner: Runner) -> None:
    while runner.waiting:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    application.processEvents()


def _timed(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return (time.perf_counter() - began) * 1_000
