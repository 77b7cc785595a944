"""A heartbeat in the window's own thread: while a beat is late, nothing is drawn and no key is heard.

What else runs on the machine makes the heart late too. So beside each measurement stands the same of a window
that does nothing; and of each silence the part in which this process had a processor, whichever of its
threads it was: more of the silence cannot have been our doing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

BEAT_MS = 5
FELT_MS = 50
"""A silence longer than this would be felt."""
IDLE_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Lateness:
    """By how many milliseconds beats were late: the worst, the 99th of a hundred, and how many were felt; and
    the most processor time in one silence, so that `own` below `worst` tells how much was the machine's."""

    worst: float
    p99: float
    felt: int
    own: float
    beats: int

    def __str__(self) -> str:
        return f"{self.worst:7.1f} {self.p99:7.1f} {self.felt:5} {self.own:7.1f} {self.beats:6}"


HEADINGS = f"{'worst':>7} {'p99':>7} {'>' + str(FELT_MS):>5} {'own':>7} {'beats':>6} (ms late)"


class Heart:
    """Beats every 5 ms from when it is made until `stop`."""

    def __init__(self) -> None:
        self._last, self._busy = time.perf_counter(), time.process_time()
        self._late: list[float] = []
        self._own = 0.0
        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> Lateness:
        """How late the beats were; the silence at the end counts too."""
        self._beat()
        self._timer.stop()
        late = sorted(self._late)
        felt = sum(ms > FELT_MS for ms in late)
        return Lateness(late[-1], late[int(len(late) * 0.99)], felt, self._own, len(late))

    def _beat(self) -> None:
        now, busy = time.perf_counter(), time.process_time()
        self._late.append(max(0.0, (now - self._last) * 1_000 - BEAT_MS))
        self._own = max(self._own, min(now - self._last, busy - self._busy) * 1_000)
        self._last, self._busy = now, busy


def idle(application: QApplication, seconds: float = IDLE_SECONDS) -> Lateness:
    """What this machine makes of a heart beside which nothing of ours runs."""
    heart = Heart()
    wait(application, lambda: False, seconds)
    return heart.stop()


def wait(application: QApplication, done: Callable[[], bool], seconds: float = 120.0) -> None:
    """Let the window live until that is so, or so many seconds have passed."""
    until = time.perf_counter() + seconds
    while not done() and time.perf_counter() < until:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    application.processEvents()
