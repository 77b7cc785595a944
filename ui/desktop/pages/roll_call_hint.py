"""A word at the foot of a roll call: the number being typed, or why a key could do nothing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.wording import Text

_HIGH = 34


class Hint(QWidget):
    """A dark bar over the table's foot that takes no room and no key."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._text: Text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, text: Text) -> None:
        """Say this, until something else or nothing is to be said."""
        self._text = text
        self.setVisible(bool(str(text)))
        self.setAccessibleName(str(text))
        self.settle()
        self.update()

    def settle(self) -> None:
        """Lie in the middle of the host's foot."""
        host = self.parentWidget()
        if host is not None:
            wide = min(host.width(), theme.width(Role.STRONG, str(self._text)) + 36)
            self.setGeometry((host.width() - wide) // 2, host.height() - _HIGH - 10, wide, _HIGH)
            self.raise_()

    def sizeHint(self) -> QSize:
        return QSize(theme.width(Role.STRONG, str(self._text)) + 36, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painting.box(painter, self.rect(), theme.colour(Tone.INK), None, tokens().radius["control"])
            place = self.rect().adjusted(18, 0, -18, 0)
            painting.text(
                painter, place, str(self._text), Role.STRONG, Tone.BG, Qt.AlignmentFlag.AlignHCenter
            )


def announce(about: QWidget, text: str) -> None:
    """Have a screen reader say something that no focus moved to."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, text))
