"""Keeps the foot of the window true: what is not at headquarters yet, since when, and whether it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from ui.desktop.answers import EVERYTHING
from ui.desktop.background import Link
from ui.desktop.desk import Desk
from ui.desktop.wording import Count, Day, Text, Words, clock, words

if TYPE_CHECKING:
    from sync.facade import SyncStatus

_BRINGS_REVIEWS = EVERYTHING | {"acknowledged"}  # what a sync that got through has touched
SETTLE_MS = 250  # keys of a roll call come faster than anybody reads the foot
REVIEWS = "sync"


@dataclass(frozen=True, slots=True)
class Truth:
    """What is told at the foot. `practice`: a place that never sends anything."""

    status: SyncStatus
    practice: bool


class FooterTruth(QObject):
    """Listens for changes and syncs, reads what is so, and tells the desk."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._truth: Truth | None = None
        self._reviews = 0
        self._count_reviews = True
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._read)
        desk.runner.changed.connect(self._on_changed)
        desk.background.linked.connect(self._tell)
        desk.background.ended.connect(self._settle.start)
        desk.background.began.connect(self._tell)

    def refresh(self) -> None:
        """Read everything anew, also the reviews, which only what comes from elsewhere can open."""
        self._count_reviews = True
        self._settle.start()

    def _on_changed(self, changed: frozenset[str]) -> None:
        self._count_reviews |= bool(self._reviews) or bool(changed & _BRINGS_REVIEWS)
        self._settle.start()

    def _read(self) -> None:
        if not self._desk.runner.is_open:
            return
        self._desk.runner.read(_truth, then=self._on_truth, aside=True)
        if self._count_reviews:
            self._count_reviews = False
            self._desk.runner.read(_reviews, then=self._on_reviews, aside=True)

    def _on_truth(self, truth: Truth) -> None:
        self._truth = truth
        self._tell()

    def _on_reviews(self, n: int) -> None:
        self._reviews = n
        self._desk.noted.emit(REVIEWS, n)

    def _tell(self) -> None:
        if self._truth is None:
            return
        status, background = self._truth.status, self._desk.background
        online = background.link is Link.ONLINE
        if self._truth.practice:
            self._desk.stood.emit(words("foot-practice"), words("foot-offline"), "cloud-off", False)
            return
        link = "foot-sending" if background.running else "foot-online" if online else "foot-offline"
        well = not status.waiting and status.synced is not None
        icon = "circle-check" if well else "cloud" if online else "cloud-off"
        self._desk.stood.emit(truth_of(status, self._desk.now()), words(link), icon, well)


def truth_of(status: SyncStatus, now: datetime) -> Words:
    """The sentence: how many changes wait since when, or that all are there and since when that is known."""
    if status.waiting:
        oldest = moment(status.oldest, now)
        code = "foot-waiting" if oldest is not None else "foot-waiting-since-unknown"
        return words(code, n=Count(status.waiting), since=oldest or "")
    if status.synced is None:
        return words("foot-never")
    return words("foot-all-there", at=moment(status.synced, now) or "")


def moment(instant: int | None, now: datetime) -> Text | None:
    """An instant (Unix ms) as the centre's clock says it: Senin, 23 November pukul 16.40 WIT, shorter for
    today, with the year for another one; None where there is none, or none that a calendar holds."""
    if instant is None:
        return None
    try:
        return moment_of(datetime.fromtimestamp(instant / 1000, UTC), now)
    except (OverflowError, ValueError, OSError):
        return None


def moment_of(instant: datetime, now: datetime, short: bool = False) -> Text:
    """The same for a datetime; `short` writes the day as 23 Nov."""
    local = instant.astimezone(now.tzinfo)
    time = clock(local.hour * 60 + local.minute)
    if local.date() == now.date():
        return words("moment-today", time=time, zone=local.tzname() or "")
    pattern = ("d MMM" if short else "dddd, d MMMM") + ("" if local.year == now.year else " yyyy")
    day = Day(local.date(), pattern)
    return words("moment", day=day, time=time, zone=local.tzname() or "")


def _truth(session: Any) -> Truth:
    from app.queries import here  # what these bring along the window does not wait for
    from sync import facade

    return Truth(facade.status(session), here.is_practice(session))


def _reviews(session: Any) -> int:
    from app.queries import reviews  # as above

    return len(reviews.listed(session))
