"""The foot of the window: always the truth about what is not yet at headquarters, and the way to send it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, row
from ui.desktop.widgets.pressable import Pressable
from ui.desktop.wording import Text, words

_PAD = 6  # between the focus ring and what stands in it


class Footer(QWidget):
    """The status line; two lines high where a language needs more than one.

    Signals:
        sent: the person wants to send to headquarters now (F9 does the same).
    """

    sent = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon("cloud-off", Tone.INK2, 16)
        self._truth = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self._link = Label("", Role.SMALL, Tone.INK2)
        self._send = _Send()
        self._send.clicked.connect(self.sent)
        middle = row(self._icon, 10, Grow(self._truth), 12, self._link, 14 - _PAD, self._send)
        middle.setContentsMargins(tokens().size["margin-x"], 1, 16 - _PAD, 0)
        self.setLayout(middle)
        self.setMinimumHeight(tokens().size["footer"])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def tell(self, truth: Text, link: Text, icon: str, tone: Tone = Tone.INK2) -> None:
        """`truth`: what is not there yet, since when, `**strong**` first. `link`: "Luring" or "Daring"."""
        self._icon.show_icon(icon, tone)
        self._truth.say(truth)
        self._link.say(link)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour(Tone.SURFACE))
            painting.hairline(painter, 0, self.width(), 0)


class _Send(Pressable):
    """The link that sends, with its key."""

    def __init__(self) -> None:
        super().__init__()
        self._text = words("window-send")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(str(self._text))

    def sizeHint(self) -> QSize:
        said = theme.width(Role.SMALL_STRONG, str(self._text))
        return QSize(2 * _PAD + said + 14 + painting.key_width("F9"), 26)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(str(self._text))
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            wide = self.width() - painting.key_width("F9") - _PAD
            said = str(self._text)
            painting.text(painter, QRectF(_PAD, 0, wide, self.height()), said, Role.SMALL_STRONG, Tone.LINK)
            painting.key_cap(painter, wide, 3, "F9", Tone.INK, Tone.LINE2, Tone.SURFACE)
            if self.hasFocus():
                painting.ring(painter, self.rect(), 6)
