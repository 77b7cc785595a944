"""Whether a window could be seen on this machine, found out without importing any of it."""

from __future__ import annotations

import importlib.util
import os
import sys


def has_window() -> bool:
    """Whether this copy holds the window; a headquarters' server may be installed without it."""
    try:
        return all(
            importlib.util.find_spec(name) is not None for name in ("PySide6", "ui.desktop.application")
        )
    except ModuleNotFoundError:
        return False


def has_display() -> bool:
    """Whether somebody would see it: always on Windows and macOS, elsewhere where X or Wayland is named."""
    return sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
