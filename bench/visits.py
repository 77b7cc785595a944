"""Every page visited on a laptop of 10,000 participants: `python -m bench visits`.

In a process of its own, as people start it: how long each page takes, how much memory the process has after
all of them, and whether memory and Qt's objects come back when each has been opened and left fifty times.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import laptop

PARTICIPANTS = 10_000
ROUNDS = 50
ROOT = Path(__file__).resolve().parent.parent


def main(participants: int = PARTICIPANTS) -> None:
    """Make the laptop, and let the process print its tables."""
    count = max(participants, PARTICIPANTS)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        laptop.fill(data, count)
        sys.stdout.write(f"{count:,} participants\n")
        sys.stdout.flush()
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT)}
        environment.pop(
            "PYTHONDONTWRITEBYTECODE", None
        )  # compiling needs memory that people's start does not
        command = [sys.executable, "-m", "bench.visits_made", str(data), laptop.PIN, str(ROUNDS)]
        subprocess.run(command, env=environment, check=True)
