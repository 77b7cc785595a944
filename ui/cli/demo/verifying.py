"""Verifying every certificate from its rendered page, in as many processes as there are cores."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from ui.cli.demo.doors import Laptop


def verify_all(files: Sequence[Path], trust: Path, empty: Path) -> int:
    """How many files `balai verify` finds genuine, from an empty data folder and the trust file alone."""
    tasks = [(file, trust, empty) for file in files]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _leave_stopping_to_us) as pool:
        return sum(pool.map(_genuine, tasks, chunksize=8))


def _leave_stopping_to_us() -> None:
    """Ctrl-C reaches every process of a terminal; only the one in front says so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _genuine(task: tuple[Path, Path, Path]) -> bool:
    file, trust, empty = task
    verdict = Laptop("", empty).run("verify", file, "--trust", trust)
    return bool(verdict["verdict"] == "genuine")
