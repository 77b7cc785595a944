"""What a key of a roll call costs, in a class of 20 and in one of 300: `python -m bench roll_call`.

Every key goes through the real page to a real encrypted database. Timed are the key's handler (until the
window could take the next key) and, apart, drawing what it changed. Beside them the longest time that a
heartbeat of 5 ms was kept waiting while everybody is marked one after the other.
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

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import ui.desktop  # noqa: F401  # before Qt draws: it mends what Qt would break
from tests.desktop.teaching import NOW, crowd
from ui.desktop import theme
from ui.desktop.desk import Desk
from ui.desktop.pages.roll_call import RollCallPage
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Choice, Theme

SIZES = (20, 300)
BEAT_MS = 5
KEYS = "HHHHHTHHHHIHHHHSHHHA"


def main(participants: int = 0) -> None:
    """Measure and print a line for each size; `participants` is for other measurements."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    look = Theme(application, Choice.LIGHT)
    sys.stdout.write(f"{'people':>7} {'key: mean':>10} {'p95':>6} {'worst':>6} {'drawing':>8} {'F2':>6}")
    sys.stdout.write(f" {'Ctrl+Enter':>11} {'late beat':>10}   (ms)\n")
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
    beat = _Heart()
    keys, drawings = [], []
    for at in range(people):
        keys.append(_timed(functools.partial(QTest.keyClicks, page.middle.table, KEYS[at % len(KEYS)])))
        drawings.append(_timed(application.processEvents))
    late = beat.stop()
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
        f" {worst[-1]:6.2f} {statistics.mean(drawings):8.2f} {rest:6.1f} {final:11.1f} {late:10.1f}\n"
    )


class _Heart:
    """Beats every 5 ms, and remembers its longest silence."""

    def __init__(self) -> None:
        self._last, self._longest = time.perf_counter(), 0.0
        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> float:
        """The longest time by which a beat was late, in milliseconds."""
        self._timer.stop()
        return max(0.0, self._longest - BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, (now - self._last) * 1_000)
        self._last = now


def _settle(application: QApplication, runner: Runner) -> None:
    while runner.waiting:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    application.processEvents()


def _timed(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return (time.perf_counter() - began) * 1_000
