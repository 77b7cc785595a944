"""What starting the window costs, beside PySide6's own empty window: `python -m bench window`.

Both are started by turns, each in a process of its own, on a database of so many participants (at least
10,000). The time runs from asking for the process until one can use the window; and after the PIN, from
entering it, which is done at once and, as people do, after a moment.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from app.storage import workplace
from bench import laptop

PARTICIPANTS = 10_000
REPEATS = 9
MOMENT_MS = 2_000
"""Six digits are not typed faster."""
ROOT = Path(__file__).resolve().parent.parent


def main(participants: int = PARTICIPANTS) -> None:
    """Measure and print medians, and how many times the empty window ours takes."""
    count = max(participants, PARTICIPANTS)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        laptop.fill(data, count)
        size = (data / workplace.DATABASE).stat().st_size / 1e6
        sys.stdout.write(f"{count:,} participants, database of {size:.0f} MB, median of {REPEATS}\n")
        # Each once for the disk's cache, not counted.
        starts: Sequence[Sequence[str]] = (
            ("empty",),
            (str(data), laptop.PIN, "0"),
            (str(data), laptop.PIN, str(MOMENT_MS)),
        )
        for what in starts:
            _start(*what)
        turns = [[_start(*what) for what in starts] for _ in range(REPEATS)]
    empty, at_once, later = map(_median, zip(*turns, strict=True))
    _line("empty PySide6 window", empty["usable"], empty["usable MB"])
    _line("ours, to the PIN's boxes", at_once["usable"], at_once["usable MB"])
    sys.stdout.write(f"{'times the empty window':45} {at_once['usable'] / empty['usable']:8.2f}\n")
    for when, found in (("at once", at_once), (f"{MOMENT_MS / 1000:.0f} s later", later)):
        for step in ("first place", "its day", "all"):
            _line(f"PIN entered {when}: {step} after", found[step], found[f"{step} MB"])


def _median(starts: Sequence[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(start[key] for start in starts) for key in starts[0]}


def _start(*what: str) -> dict[str, float]:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # people's Python keeps what it compiled; so does this one
    began = time.monotonic()
    command = [sys.executable, "-m", "bench.window_start", str(began), *what]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _line(what: str, seconds: float, megabytes: float) -> None:
    sys.stdout.write(f"{what:45} {seconds * 1000:8.0f} ms {megabytes:8.0f} MB\n")
