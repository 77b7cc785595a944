"""The number every kind of column begins with.

Part of the format (docs/formats/frame.md): kinds are added, never changed or taken away.
"""

from __future__ import annotations

from enum import IntEnum

Pieces = list[bytes]
"""A column as written, in pieces that each deserve a block of their own when they are long."""


class Kind(IntEnum):
    """Any value, numbers, truths, text and byte strings, in this order."""

    VERBATIM = 0
    CONSTANT = 1
    TABLE = 2
    RUNS = 3
    LISTS = 4
    SPLIT = 5
    EXCEPT = 6
    EQUAL = 7
    LAST = 8
    FOLLOW = 9
    BIRTH = 10

    PLANES = 16
    VARINTS = 17
    SCALED = 18
    DELTA = 19
    RELATIVE = 20
    BASE = 21

    BITS = 32
    GAPS = 33

    LINES = 48
    ENDED = 49
    FIXED = 50
    DIGITS = 51
    AFFIX = 52
    WORDS = 53
    FIELDS = 54
    JOINED = 55
    CHUNKS = 56
    RAW = 57
    TURNED = 58
    NUMBERED = 59
