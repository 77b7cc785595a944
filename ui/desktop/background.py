"""The sync with headquarters: when asked, and by itself at the start, at intervals, when a network comes."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import SyncTrouble, Trouble
from ui.desktop.runner import Runner
from ui.desktop.wording import Count, words
from ui.desktop.work import Step, Work

if TYPE_CHECKING:
    from sync.facade import SyncReport

USUAL = 10 * 60.0
"""Seconds between two syncs that went well."""
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 30 * 60.0
AT_START, AT_NETWORK = 3.0, 2.0
ASKED_TRIES, ASKED_PAUSE, ASKED_LONGEST = 3, 1.0, 4.0
"""A person waits in front of the button, so not for long; what happens unasked is tried again later."""
_HOPELESS = {"sync-no-address", "read-only-copy", "not-set-up"}


class Link(Enum):
    """What is known of the way to headquarters."""

    UNKNOWN = "unknown"
    OFFLINE = "offline"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the last sync ended: its report, or the trouble that ended it, or neither (it was stopped).

    `asked`: a person had wanted it.
    """

    report: SyncReport | None = None
    trouble: Trouble | None = None
    asked: bool = False


class Background(QObject):
    """One sync at a time, on the network's lane. It does nothing by itself before `start`.

    Signals:
        began: a sync has begun.
        progressed: how far it is, as a Step in changes.
        ended: it has ended; `last` says how.
        linked: whether headquarters answers has changed.
    """

    began = Signal()
    progressed = Signal(object)
    ended = Signal()
    linked = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._work: Work | None = None
        self._failures = 0
        self._by_itself = self._asked = False
        self.link = Link.UNKNOWN
        self.last: Outcome | None = None
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self._on_clock)

    @property
    def running(self) -> bool:
        """Whether a sync is under way."""
        return self._work is not None

    def start(self) -> None:
        """From now on sync also by itself; not at once where many tries in a row have failed before."""
        self._by_itself = True
        self._runner.read(_failed, then=self._on_failed_before, aside=True)

    def send(self, waiting: int = 0) -> None:
        """Sync now, because a person wants to; `waiting` is how many changes are to go, for the progress."""
        self._run(waiting, ASKED_TRIES, asked=True)

    def stop(self) -> None:
        """End the sync that is under way at its next request; what went until then stays."""
        if self._work is not None:
            self._work.stop()

    def close(self) -> None:
        """The window closes: nothing more by itself."""
        self._by_itself = False
        self._clock.stop()
        self.stop()

    def network_came(self) -> None:
        """The machine has a network that it had not: try soon."""
        self._failures = 0
        if self._by_itself and not self.running:
            self._again_in(AT_NETWORK)

    def network_went(self) -> None:
        """The machine has no network any more."""
        self._become(Link.OFFLINE)

    def pause_after(self, failures: int) -> float:
        """Seconds until the next try after so many failures in a row, drawn so that laptops spread out."""
        if not failures:
            return USUAL
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures - 1, 10))
        return random.uniform(longest / 2, longest)

    def _run(self, waiting: int, tries: int, asked: bool = False) -> None:
        if self.running or not self._runner.is_open:
            return
        self._clock.stop()
        self._asked = asked
        self._work = self._runner.work(
            _sync, waiting, tries, then=self._on_done, refused=self._on_refused,
            progress=self._on_progress, stopped=self._on_stopped, network=True, every_trouble=True,
        )  # fmt: skip
        self.began.emit()

    def _on_failed_before(self, found: tuple[int, float]) -> None:
        self._failures, ago = found
        if self._by_itself and not self.running:
            left = self.pause_after(self._failures) - ago if self._failures else 0.0
            self._again_in(max(AT_START, left))

    def _on_clock(self) -> None:
        self._run(0, 1)

    def _on_progress(self, step: Step) -> None:
        self._become(Link.ONLINE)
        self.progressed.emit(step)

    def _on_done(self, report: SyncReport) -> None:
        self._become(Link.ONLINE)
        self._failures = 0
        self._end(Outcome(report, asked=self._asked))

    def _on_refused(self, trouble: Trouble) -> None:
        if trouble.code == "sync-cancelled":
            self._end(None)
            return
        if isinstance(trouble, SyncTrouble):
            self._become(Link.OFFLINE)
        self._failures += 1
        self._end(Outcome(trouble=trouble, asked=self._asked))

    def _on_stopped(self) -> None:
        self._end(None)

    def _end(self, outcome: Outcome | None) -> None:
        self._work = None
        self.last = outcome or Outcome(asked=self._asked)
        if self._by_itself and not self._hopeless():
            self._again_in(self.pause_after(self._failures))
        self.ended.emit()

    def _hopeless(self) -> bool:
        """Whether trying again changes nothing before a person has done something."""
        trouble = self.last.trouble if self.last else None
        return trouble is not None and trouble.code in _HOPELESS

    def _again_in(self, seconds: float) -> None:
        self._clock.start(round(seconds * 1000))

    def _become(self, link: Link) -> None:
        if link is not self.link:
            self.link = link
            self.linked.emit()


def _failed(session: Any) -> tuple[int, float]:
    """How often in a row no sync got through, and how many seconds ago the last try was; a clock that was put
    back counts as just now."""
    from sync import facade

    times, at = facade.failed(session)
    return times, max(0.0, time.time() - at / 1000)


def _sync(work: Work, waiting: int, tries: int) -> SyncReport:
    """The job: sync, telling each request; `waiting` changes are known to go."""
    from sync import facade  # with its HTTP client it takes long to import, and not every start syncs

    def told(tally: facade.Tally) -> None:
        work.touched |= {*tally.tables, "acknowledged"}
        done = tally.changes_up + tally.changes_down
        said = words("sync-step", up=Count(tally.changes_up), down=Count(tally.changes_down))
        work.step(done, max(waiting, done + 1), said)

    patience = facade.Patience(tries, ASKED_PAUSE, ASKED_LONGEST, work.pause)
    manners = facade.Manners(patience, told, lambda: work.stopping)
    report = facade.sync(work.workplace, None, manners)
    work.touched |= {*report.tables, "acknowledged"}
    return report
