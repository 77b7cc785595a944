"""What stands over a roll call that cannot be held as usual: it did not happen, or nobody is in the class."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop.pages.roll_call_presenter import RollCall
from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button, Size
from ui.desktop.widgets.layouts import Grow, Put, column, row
from ui.desktop.widgets.notices import Strip
from ui.desktop.wording import words


class StateBar(QWidget):
    """Hidden where there is nothing to say.

    Signals:
        again: the session is planned again.
    """

    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strip = Strip("")
        self.button = Button(words("roll-plan-again"), size=Size.SMALL, icon="undo-2")
        self.button.clicked.connect(self.again)
        middle = Qt.AlignmentFlag.AlignVCenter
        self.setLayout(column(row(Grow(self._strip), 10, Put(self.button, middle)), 12))
        self.hide()

    def show_roll(self, roll: RollCall) -> None:
        """Say what keeps it from being held."""
        session, sheet = roll.session, roll.sheet
        if session is None or sheet is None:
            return
        if roll.cancelled:
            self._strip.say(words("roll-cancelled", reason=session.reason or "…"), Hue.AMBER, "circle-minus")
        elif not sheet.lines:
            self._strip.say(words("roll-nobody"), Hue.BLUE, "users")
        self.button.setVisible(roll.cancelled)
        self.setVisible(roll.cancelled or not sheet.lines)
