"""The left of the pages without a rail: mark, what the program is for, kawung, and whose laptop this is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.desk import Desk
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets import painting
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, column, row
from ui.desktop.widgets.ornament import Cloth, draw_mark
from ui.desktop.wording import clock, long_day, words

WIDE = 440
_INNER = WIDE - 96
_MINUTE_MS = 60_000


class Side(QWidget):
    """Stands at the left, always in the rail's indigo."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._centre = Label("", Role.STRONG, Tone.ON_RAIL)
        self._machine = Label("", Role.BODY, Tone.RAIL_TEXT)
        self._time = Label("", Role.BODY, Tone.RAIL_TEXT)
        slogan = Label(words("sign-in-slogan"), Role.SLOGAN, Tone.ON_RAIL).wrap_at(_INNER)
        brand = row(_Mark(), 20, Label("Balai", Role.HERO, Tone.ON_RAIL), Grow())
        top = column(brand, 28, slogan, margins=(48, 62, 48, 0))
        foot = column(self._centre, self._machine, self._time, margins=(48, 0, 48, 54))
        self.setLayout(column(top, 58, Grow(Cloth()), 54, foot))
        self.setFixedWidth(WIDE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        desk.named.connect(self._on_named)
        self._clock = QTimer(self, interval=_MINUTE_MS // 2)
        self._clock.timeout.connect(self.tell)

    def _on_named(self, centre: str) -> None:
        self._centre.say(centre)
        if self.isVisible():
            self.tell()

    def tell(self) -> None:
        """Say which laptop this is and what time its centre has; from now on twice a minute."""
        machine = self._desk.runner.machine
        self._machine.say(words("sign-in-machine", machine=machine) if machine else "")
        now = self._desk.now()
        time = clock(now.hour * 60 + now.minute)
        self._time.say(words("sign-in-time", day=long_day(now.date()), time=time, zone=now.tzname() or ""))
        self._clock.start()

    def rest(self) -> None:
        """The page is not in front: no need to look at the clock."""
        self._clock.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour(Tone.RAIL))


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(52, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            draw_mark(painter, QRectF(8, 4, 40, 40), theme.colour(Tone.BADGE))
