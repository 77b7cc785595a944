"""What starting the window costs, beside PySide6's own empty window: `python -m bench window`.

Both are started by turns, each in a process of its own, on a database of so many participants (at least
10,000). The time runs from asking for the process until one can use the window.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.actions import persons
from app.domain.roles import Role
from app.storage import workplace
from app.storage.receiving import receive
from app.storage.store import Store
from bench import centre, storage

PARTICIPANTS = 10_000
REPEATS = 9
PIN = "482913"
ROOT = Path(__file__).resolve().parent.parent


def main(participants: int = PARTICIPANTS) -> None:
    """Measure and print medians, and how many times the empty window ours takes."""
    count = max(participants, PARTICIPANTS)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        _fill(data, count)
        size = (data / workplace.DATABASE).stat().st_size / 1e6
        sys.stdout.write(f"{count:,} participants, database of {size:.0f} MB, median of {REPEATS}\n")
        _start("empty")  # once for the disk's cache, not counted
        _start(str(data), PIN)
        pairs = [(_start("empty"), _start(str(data), PIN)) for _ in range(REPEATS)]
    empty = {key: statistics.median(pair[0][key] for pair in pairs) for key in pairs[0][0]}
    ours = {key: statistics.median(pair[1][key] for pair in pairs) for key in pairs[0][1]}
    _line("empty PySide6 window", empty["usable"], empty["usable MB"])
    _line("ours, to the PIN's boxes", ours["usable"], ours["usable MB"])
    _line("ours, PIN typed at once, to the first place", ours["first place"], ours["first place MB"])
    sys.stdout.write(f"{'times the empty window':45} {ours['usable'] / empty['usable']:8.2f}\n")


def _fill(folder: Path, participants: int) -> None:
    """A data folder with a centre's people, classes, marks and scores, and somebody who signs in."""
    run = storage.signed_run(centre.changes(participants, participants // 20))

    def fill(store: Store) -> None:
        with store.write() as session:
            receive(session, run, storage.identity().authority, [centre.CENTRE])
            persons.add(session, name="Nurlaila Hamid", login="nurlaila", role=Role.INSTRUCTOR, pin=PIN)

    os.environ["BALAI_KEY_STORE"] = "file"
    opened, _ = workplace.create(folder, storage.identity(), centre.CENTRE, None, fill)
    opened.close()


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
