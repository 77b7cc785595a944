"""How large the next frame should be: about 15 seconds' worth of the line as it was last measured."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 15
SMALLEST = 2 * 1024
LARGEST = 256 * 1024
TELLING = 8 * 1024  # bytes from which a request says something about the line's speed


class Pace:
    """`target` is the size in bytes; it begins large, since most lines carry that in a second or two."""

    def __init__(self) -> None:
        self.target = LARGEST

    @contextmanager
    def timed(self, length: int) -> Iterator[None]:
        """Measure the sending of `length` bytes and the beginning of the answer to it."""
        started = time.monotonic()
        yield
        taken = time.monotonic() - started
        if length >= TELLING:
            self.target = _bounded(int(SECONDS * length / max(taken, 0.001)))

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
