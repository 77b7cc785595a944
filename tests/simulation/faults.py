"""What can go wrong in a simulated seed, by name: the line's, the disk's and people's doing."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """A kind of fault. A run in which one of them never happened proves too little and fails."""

    DROP = "request dropped"
    REPEAT = "request repeated"
    REORDER = "request out of order"
    CUT_UP = "request cut"
    CUT_DOWN = "reply cut"
    STALL = "stall"
    LOST = "answer lost"
    TOO_BIG = "413"
    BUSY = "429 or 503"
    BROKEN = "500"
    PORTAL = "captive portal"
    CRASH_LAPTOP = "crash of a laptop"
    CRASH_HQ = "crash of headquarters"
    DISK_FULL = "disk full"
    STICK_TORN = "stick torn"
    STICK_OLD = "stick old or twice"
    STICK_TAMPERED = "stick tampered"
    CLONE = "clone of a whole disk"
    COPY = "clone without anchor"
    RESTORE = "laptop restored"
    REWIND = "laptop's disk rewound"
    RESTORE_HQ = "headquarters restored"
    REWIND_HQ = "headquarters' disk rewound"
    KEY_STORE = "key store lost"
    OLD_VERSION = "old version"
    NEW_VERSION = "newer version"
    REVOKED = "device revoked"
    CLOCK = "clock off by up to 40 years"
    FORGED = "forged frame"
    FOREIGN = "frame of another centre"


LINE = (
    Fault.DROP,
    Fault.REPEAT,
    Fault.REORDER,
    Fault.CUT_UP,
    Fault.CUT_DOWN,
    Fault.STALL,
    Fault.LOST,
    Fault.TOO_BIG,
    Fault.BUSY,
    Fault.BROKEN,
    Fault.PORTAL,
)
DISK = (Fault.CRASH_LAPTOP, Fault.CRASH_HQ, Fault.DISK_FULL)
STICK = (Fault.STICK_TORN, Fault.STICK_OLD, Fault.STICK_TAMPERED)
OTHERS = tuple(fault for fault in Fault if fault not in (*LINE, *DISK, *STICK))
LEAST = 3
"""Kinds that must have happened in one seed."""
