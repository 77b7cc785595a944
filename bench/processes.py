"""What another process of this machine has used: processor time and memory, as Linux tells it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Memory(NamedTuple):
    """Resident now and at most so far, in MB."""

    now: float
    peak: float


def memory(process: int | str) -> Memory:
    """Of a process by its id, or of this one (`self`)."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    sizes = {name: value for name, _, value in (line.partition(":") for line in lines)}
    return Memory(*(int(sizes[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM")))


def cpu(process: int) -> float:
    """Seconds of processor time, its own threads' alone."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
