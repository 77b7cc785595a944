"""The end of the demonstration: the window on its first laptop, where there is a display to see it on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ui import display
from ui.cli.demo.doors import ROOT
from ui.cli.demo.scenes import PIN
from ui.cli.desk import Desk


def show(desk: Desk, folder: Path) -> None:
    """Open the window on a data folder, in a process of its own, and wait until it is closed."""
    if not (display.has_window() and display.has_display()):
        return
    desk.say("demo-window", pin=PIN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BALAI_DATA_DIR": str(folder)}
    done = subprocess.run([sys.executable, str(ROOT / "main.py")], env=environment, check=False)
    if done.returncode != 0:
        desk.say("demo-window-failed")
