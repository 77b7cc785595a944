"""Holds back the search for cyclic garbage while thousands of values are built that make no cycles.

The interpreter searches each time some hundred containers were made; packing or unpacking a frame
makes a hundred thousand, and a seventh of its time went into these searches.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No search within; afterwards as it was. Whoever paused it first lets it go on, whatever thread."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
