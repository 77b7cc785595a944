"""What a card reader's answer looks like: a tint and a large name that one sees from the door."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.pages.roll_call_marks import HUES, word
from ui.desktop.pages.roll_call_presenter import Outcome, Scan
from ui.desktop.tokens import Hue, Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, column, row
from ui.desktop.wording import Text, clock, words

SECONDS = 8
_HUES = {Outcome.ALREADY: Hue.BLUE, Outcome.WRONG_CLASS: Hue.AMBER, Outcome.UNKNOWN: Hue.RED}
_ICONS = {
    Outcome.OK: "circle-check",
    Outcome.ALREADY: "circle-check",
    Outcome.WRONG_CLASS: "triangle-alert",
    Outcome.UNKNOWN: "circle-alert",
}


class ScanCard(QWidget):
    """Shows the last card for a while."""

    def __init__(self) -> None:
        super().__init__()
        self._hue = Hue.GREEN
        self._icon = Icon("circle-check", Tone.GREEN, 24)
        self._title = Label("", Role.SMALL_STRONG)
        self._name = Label("", Role.PANEL, wrap=True)
        self._said = Label("", Role.BODY, wrap=True)
        head = row(self._icon, 8, Put(self._title, Qt.AlignmentFlag.AlignVCenter), Grow())
        self.setLayout(column(head, 6, self._name, 2, self._said, margins=(16, 14, 16, 16)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._clock = QTimer(self, singleShot=True, interval=SECONDS * 1_000)
        self._clock.timeout.connect(self.hide)
        self.hide()

    def tell(self, scan: Scan) -> None:
        """Show what this card meant."""
        marked = scan.entry is not None and scan.outcome is Outcome.OK
        self._hue = HUES[scan.entry.status] if marked and scan.entry else _HUES.get(scan.outcome, Hue.GREEN)
        self._icon.show_icon(_ICONS[scan.outcome], self._hue.solid)
        self._title.say(words(f"roll-scan-{scan.outcome.value}"), self._hue.solid)
        self._name.say(scan.name)
        self._name.setVisible(bool(scan.name))
        self._said.say(_said(scan))
        self.setAccessibleName(f"{words(f'roll-scan-{scan.outcome.value}')}. {scan.name}. {_said(scan)}")
        self.show()
        self._clock.start()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            tint, edge = theme.colour(self._hue.tint), theme.colour(self._hue.solid)
            painting.box(painter, self.rect(), tint, edge, tokens().radius["card"], width=2)


def _said(scan: Scan) -> Text:
    if scan.entry is None:
        return words(f"roll-scan-{scan.outcome.value}-said")
    if scan.entry.arrival is None:
        return word(scan.entry.status)
    return words("roll-marked-at", status=word(scan.entry.status), time=clock(scan.entry.arrival))
