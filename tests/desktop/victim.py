"""A window that gets killed: `python -m tests.desktop.victim FOLDER`.

It opens the roll call of the pictures, is typed into, says "kept" once the page shows that all of it is
saved, and waits for its end.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import ui.desktop  # noqa: F401  # before Qt: it mends what Qt would break
from app.storage import workplace
from tests.desktop.teaching import KEY, NOW
from ui.desktop import theme
from ui.desktop.desk import Desk
from ui.desktop.pages.roll_call import RollCallPage
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Choice, Theme

KEYS = "HHS19T"


def main(folder: Path) -> None:
    """Type, say that it is kept, and go on as if nobody would ever end this."""
    application = QApplication([])
    theme.load_fonts()
    runner = Runner()
    runner.attach(workplace.open_folder(folder))
    desk = Desk(runner, Preferences(folder), Theme(application, Choice.LIGHT), lambda: NOW)
    page = RollCallPage(desk)
    page.resize(1_174, 734)
    page.show()
    page.shown(KEY, 6)

    def type_keys() -> None:
        for key in KEYS:
            QTest.keyClicks(page.middle.table, key)
        page.roll.kept.connect(say)

    def say() -> None:
        if not runner.waiting and not page.roll.lost:
            os.write(sys.stdout.fileno(), b"kept\n")  # at once, and whole
            signal.pause()

    page.roll.opened.connect(type_keys)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
