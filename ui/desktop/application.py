"""Where the window is put together and started: `main()` opens the data folder and shows it.

In this order, because it matters: errors are caught first; then fonts and colours; then the window, so
that there is something to see; then the data folder, on its own lane.
"""

from __future__ import annotations

import functools
import gc
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.errors import Trouble
from ui.desktop import collector, places, theme
from ui.desktop.desk import Desk
from ui.desktop.failures import Failures
from ui.desktop.footer_truth import FooterTruth
from ui.desktop.idle import IdleLock
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Theme
from ui.desktop.window import Window
from ui.desktop.wording import use_language

if TYPE_CHECKING:
    from app.domain.calendar import Zone
    from app.queries.centres import CentreRow

_SOON_MS = 1_000


class Program:
    """The window with what it stands on, so that tests and pictures start it as people do."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.failures = Failures()
        self.failures.install()
        theme.load_fonts()
        self.folder, self._begun = folder, False
        preferences = Preferences(folder)
        use_language(preferences.language)
        self.runner = Runner()
        look = Theme(application, preferences.theme)
        self.desk = Desk(self.runner, preferences, look, _now)
        self.window = Window(self.desk, self.failures)
        self.truth = FooterTruth(self.desk)
        self.idle = IdleLock(self.window, preferences.lock_minutes)
        self.idle.passed.connect(self.desk.locked)
        self.desk.idle_set.connect(self.idle.set_minutes)
        self.desk.opened.connect(self._on_set_up)
        self.runner.changed.connect(self._on_changed)

    def start(self) -> None:
        """Show the window, then who signs in, and open the data folder behind that."""
        self.window.show()
        self.runner.glance(self.folder, self._on_glance)

    def end(self) -> None:
        """Finish what was begun and close the database."""
        self.desk.background.close()
        self.runner.close()

    def _on_glance(self, seen: Any) -> None:
        """Show the sign-in page with whom storage's Glance names, if it could be had."""
        if seen is not None and places.exists("sign_in") and any(face.has_pin for face in seen.faces):
            self._begun = True
            self.window.begin("sign_in", seen.faces)
        # From a timer, so that what is there has been painted before the database's tables are imported.
        QTimer.singleShot(0, self.window, functools.partial(self._open, seen))

    def _open(self, seen: Any) -> None:
        gc.enable()  # main.py holds it back until there is something to see
        if seen is not None and seen.timezone:
            from app.domain.calendar import zone_named  # the clock may come a moment after the cards

            self._on_zone(zone_named(seen.timezone))
            self.desk.named.emit(seen.centre)
        self.runner.open(self.folder, self._on_opened, self._on_refused)

    def _on_opened(self, _: None) -> None:
        self._ask_centre(then=self._on_first_zone)
        # While somebody types a PIN, what the first place is made of is imported.
        self.runner.prepare(functools.partial(places.page, places.places()[0].key))

    def _on_first_zone(self, zone: Zone) -> None:
        self._on_zone(zone)
        if not self._begun:
            self.window.begin("sign_in" if places.exists("sign_in") else places.places()[0].key)
        self.runner.changed.emit(frozenset({"person"}))  # what was seen at a glance is read in earnest
        QTimer.singleShot(_SOON_MS, self.window, self._go_on)

    def _on_set_up(self) -> None:
        self._ask_centre(then=self._on_zone)
        self._go_on()

    def _go_on(self) -> None:
        """What nobody waits for: the foot's truth, and the sync that happens by itself."""
        from ui.desktop.network import NetworkWatch  # Qt's network, which the first page does without

        collector.settle()
        self.truth.refresh()
        self.desk.background.start()
        self._network = NetworkWatch(self.desk.background, self.desk)

    def _ask_centre(self, then: Callable[[Zone], None]) -> None:
        from app.queries import centres  # brings the database's tables along, which `open` has loaded by now

        self.runner.read(centres.zone, self.runner.centre, then=then)
        self.runner.read(centres.one, self.runner.centre, then=self._on_centre, refused=self._on_no_centre)

    def _on_changed(self, changed: frozenset[str]) -> None:
        if "centre" in changed or "*" in changed:
            self._ask_centre(then=self._on_zone)

    def _on_zone(self, zone: Zone) -> None:
        self.desk.now = lambda: datetime.now(zone.clock)

    def _on_centre(self, centre: CentreRow) -> None:
        self.desk.named.emit(centre.name)

    def _on_no_centre(self, _: Trouble) -> None:
        """Headquarters has not told of the centre yet; the rail goes without its name."""

    def _on_refused(self, trouble: Trouble) -> None:
        """Nothing is set up here, or it cannot be opened: that page says which, and what to do."""
        if places.exists("set_up"):
            self.window.begin("set_up", self.folder, trouble)
        else:
            self.desk.tell_trouble(trouble)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    application = QApplication([sys.argv[0], *given])
    application.setApplicationName("Balai")
    application.setDesktopFileName("balai")
    program = Program(application, data_folder(given))
    program.start()
    code = application.exec()
    program.end()
    return code


def data_folder(arguments: Sequence[str]) -> Path:
    """Where the data lies: --data-dir, BALAI_DATA_DIR, or the system's place for a person's data."""
    for at, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--data-dir":
            return Path(value or arguments[at + 1])
    named = os.environ.get("BALAI_DATA_DIR")
    if named:
        return Path(named)
    import platformdirs  # a named folder does without

    return Path(platformdirs.user_data_dir("balai", appauthor=False))


def _now() -> datetime:
    """The machine's clock; the centre's zone is put in place when the centre is known."""
    return datetime.now().astimezone()
