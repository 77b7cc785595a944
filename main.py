"""Where the program is put together: no argument opens the window, anything else is the command line.

Exit codes, which scripts rely on: 0 done, 1 refused, 2 wrong usage, 3 the environment's fault.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Balai with these arguments (the process's own when None); returns the exit code.

    Everything is imported when it is needed: the command line starts without Qt, on machines that have none.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given and _has_window() and _has_display():
        application = importlib.import_module("ui.desktop.application")
        return int(application.main())
    from ui.cli import application as command_line

    return command_line.main(given or ["--help"])


def _has_window() -> bool:
    """Whether this copy holds the window; a headquarters' server may be installed without it."""
    try:
        return importlib.util.find_spec("ui.desktop.application") is not None
    except ModuleNotFoundError:
        return False


def _has_display() -> bool:
    """Whether a window could be seen: always on Windows and macOS, elsewhere where X or Wayland is named."""
    return sys.platform in ("win32", "darwin") or any(
        os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY")
    )


if __name__ == "__main__":
    sys.exit(main())
