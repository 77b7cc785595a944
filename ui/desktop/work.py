"""A long job while it runs: how far it is, whether it is to stop, and its way to the database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from app.errors import Refused
from ui.desktop.wording import Text

_PAUSE = 0.05  # seconds between two reports; more would only make the window redraw


class Stopped(Exception):  # nothing is wrong
    """The person wanted the job to end, and it has."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is, and in words where it is."""

    done: int
    total: int
    at: Text = ""


class Work:
    """Given to the job as its first argument, and to whoever started it."""

    def __init__(
        self,
        workplace: Any,
        author: bytes | None,
        report: Callable[[Step], None],
        touched_in: Callable[[Any], frozenset[str]],
    ) -> None:
        self.touched: set[str] = set()
        self._workplace, self._author = workplace, author
        self._report, self._touched_in = report, touched_in
        self._stop = threading.Event()
        self._told = 0.0

    def stop(self) -> None:
        """End the job at its next step; from any thread."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether the job has been asked to end, for work that must not be cut between two steps."""
        return self._stop.is_set()

    def pause(self, seconds: float) -> None:
        """Wait so long, or until the job is to end; raises Stopped then."""
        if self._stop.wait(seconds):
            raise Stopped

    def step(self, done: int, total: int, at: Text = "") -> None:
        """Say how far the job is; raises Stopped where it is to end. The last step is always told."""
        if self._stop.is_set():
            raise Stopped
        now = time.monotonic()
        if done >= total or now - self._told >= _PAUSE:
            self._told = now
            self._report(Step(done, total, at))

    @property
    def workplace(self) -> Any:
        """The open data folder (storage's Workplace), for sync, bundles, backups."""
        if self._workplace is None:
            raise Refused("not-set-up", folder="")
        return self._workplace

    @contextmanager
    def read(self) -> Iterator[Any]:
        """A session that reads."""
        with self.workplace.store.read() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Any]:
        """A session whose changes are all there afterwards, or none."""
        with self.workplace.store.write(self._author) as session:
            yield session
            touched = self._touched_in(session)
        self.touched |= touched
