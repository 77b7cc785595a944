"""How large the next frame should be: about 15 seconds' worth of the line as it was last measured.

On a line that carries a frame in less than a second, smaller frames are quicker: while headquarters takes
one in, the next is packed. Where that is not so, larger ones cost fewer bytes and fewer round trips.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sync.runs import EXPECTED_RATIO

SECONDS = 15
SMALLEST = 2 * 1024
LARGEST = 256 * 1024
FIRST = 96 * 1024  # before anything is known of the line
QUICK = 96 * 1024
QUICK_SECONDS = 1.0
TELLING = 4 * 1024  # bytes from which a request says something about the line's speed


class Pace:
    """`target` is the size of a frame in bytes, to begin with what was found the last time."""

    def __init__(self, target: int = FIRST, clock: Callable[[], float] = time.monotonic) -> None:
        self.target = _bounded(target)
        self._clock = clock

    @contextmanager
    def timed(self, length: int) -> Iterator[None]:
        """Measure the sending of `length` bytes and the beginning of the answer to it."""
        started = self._clock()
        yield
        taken = max(self._clock() - started, 0.001)
        if length >= TELLING:
            size = QUICK if taken < QUICK_SECONDS else int(SECONDS * length / taken)
            self.target = _bounded(size)

    @property
    def weight(self) -> int:
        """How many bytes of changes fill a frame: on a poor line of such as do not pack at all."""
        return self.target * (EXPECTED_RATIO if self.target >= FIRST else 1)

    def cut(self) -> None:
        """The line broke: smaller pieces have better chances."""
        self.target = _bounded(self.target // 4)

    def halve(self) -> bool:
        """Somebody on the way found a request too long; False when it cannot be any shorter."""
        if self.target <= SMALLEST:
            return False
        self.target = _bounded(self.target // 2)
        return True


def _bounded(size: int) -> int:
    return min(max(size, SMALLEST), LARGEST)
