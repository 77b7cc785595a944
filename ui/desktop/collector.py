"""Python's collector of cycles kept from heaps that it would walk in vain, holding the interpreter meanwhile.

A full collection visits every object there is: with the program loaded 130 ms on a laptop of two cores, with
10,000 people's rows 300 ms, in which no thread of Python runs and so nothing is drawn. Most of these objects
are there for good, or go by themselves when nobody refers to them any more.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def settle() -> None:
    """Never walk again what is there now. A cycle among it that dies later is not noticed; it is memory
    of the size of a page, and the program does not run for ever."""
    gc.freeze()


@contextmanager
def resting() -> Iterator[None]:
    """Build something large without cycles: nothing is collected meanwhile, and it is not walked after."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        settle()
        if before:
            gc.enable()
