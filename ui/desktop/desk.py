"""What every page is given: the door to the data, the way to other pages, and how to tell people things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.errors import Trouble
from ui.desktop.background import Background
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Theme
from ui.desktop.wording import Text, told


class Desk(QObject):
    """The surroundings of a page. The window listens; a test of a page listens instead of it.

    `now` is the centre's clock: nothing else in the window asks the machine for the time.
    `background` syncs with headquarters.

    Signals:
        wanted: a page is to be opened: its key, and a tuple of what it is opened for.
        begun: the same, with no way back: after signing in, for instance.
        returned: one wants to go back to the page before.
        said: something is to be told at the foot of the page: the text, and how to undo it (or None).
        locked: the window is to be locked, keeping where one is.
        unlocked: somebody signed in; whether it is who the window was locked by, who finds it as it was.
        opened: a data folder has been set up and is open now.
        signed_in: somebody is at work now: name, and what they do. An empty name: nobody.
        idle_set: after how many minutes without a touch the window locks was chosen.
        named: the centre's short name is known.
        noted: a place of the rail is to bear a number: key and number.
        stood: what is not at headquarters yet: text, "Luring" or "Daring", icon, whether all is well.
    """

    wanted = Signal(str, tuple)
    begun = Signal(str, tuple)
    returned = Signal()
    said = Signal(object, object)
    locked = Signal()
    unlocked = Signal(bool)
    opened = Signal()
    signed_in = Signal(str, object)
    idle_set = Signal(int)
    named = Signal(str)
    noted = Signal(str, int)
    stood = Signal(object, object, str, bool)

    def __init__(
        self, runner: Runner, preferences: Preferences, theme: Theme, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self.runner, self.preferences, self.theme, self.now = runner, preferences, theme, now
        self.background = Background(runner, self)

    def go(self, key: str, *arguments: object) -> None:
        """Open the page of this key: go("roll_call", class_key, 6)."""
        self.wanted.emit(key, arguments)

    def begin(self, key: str, *arguments: object) -> None:
        """Open it and forget the way there."""
        self.begun.emit(key, arguments)

    def back(self) -> None:
        """Go back to the page before."""
        self.returned.emit()

    def tell(self, text: Text, undo: Callable[[], object] | None = None) -> None:
        """Say what was done, with the way back where there is one."""
        self.said.emit(text, undo)

    def tell_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong where no field is concerned."""
        self.said.emit(told(trouble), None)
