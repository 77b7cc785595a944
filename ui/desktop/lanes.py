"""A lane: one thread that does one thing after another, away from the window's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue


class Lane:
    """Jobs in the order they came. A job must not raise: whoever hands it in sees to that.

    The thread begins with the first job.
    """

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._drive, name=f"balai-{name}", daemon=True)
        self._begun = False

    def put(self, job: Callable[[], None]) -> None:
        """Do this when everything before it is done."""
        self._jobs.put(job)
        if not self._begun:
            self._begun = True
            self._thread.start()

    def close(self, seconds: float) -> bool:
        """Finish what was handed in, at most this long; whether the lane came to its end."""
        if not self._begun:
            return True
        self._jobs.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _drive(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
