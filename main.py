"""Where the program is put together: no argument opens the window, anything else is the command line.

Exit codes, which scripts rely on: 0 done, 1 refused, 2 wrong usage, 3 the environment's fault.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence

from ui import display


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Balai with these arguments (the process's own when None); returns the exit code.

    Everything is imported when it is needed: the command line starts without Qt, on machines that have none.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given and display.has_window() and display.has_display():
        gc.disable()  # nothing of what is imported now is ever garbage; the window enables it again
        application = importlib.import_module("ui.desktop.application")
        return int(application.main())
    from ui.cli import application as command_line

    return command_line.main(given or ["--help"])


if __name__ == "__main__":
    sys.exit(main())
