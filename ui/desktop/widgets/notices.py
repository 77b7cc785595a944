"""What happened, said where it happened: the dark bar that can be undone, the strip of a warning."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Hue, Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, row
from ui.desktop.widgets.pressable import Pressable
from ui.desktop.wording import Text, words

SECONDS = 10


class Notice(QWidget):
    """A dark bar at the foot of what it concerns: what was done, and for ten seconds the way back.

    Ctrl+Z does the same while the bar is there. It takes no room when it is not.

    Signals:
        gone: the bar has left, whether undone or not.
    """

    gone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back: Callable[[], object] | None = None
        self._said = Label("", Role.SMALL, Tone.BG, wrap=True)
        self._undo = _Undo()
        self._undo.clicked.connect(self.undo)
        self._clock = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._clock.timeout.connect(self.dismiss)
        self._keys = QShortcut("Ctrl+Z", self, self.undo, context=Qt.ShortcutContext.WindowShortcut)
        self.setLayout(row(Grow(self._said), 12, self._undo, margins=(14, 9, 14, 9)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setVisible(False)

    def tell(self, what: Text, undo: Callable[[], object] | None = None, seconds: int = SECONDS) -> None:
        """Say what was done. `undo` does the opposite; without it the bar only tells."""
        self._back = undo
        self._said.say(what)
        self._undo.setVisible(undo is not None)
        self._keys.setEnabled(undo is not None)
        self.setAccessibleName(str(what))
        self.setVisible(True)
        self._clock.start(seconds * 1000)

    def undo(self) -> None:
        """Go back, if there is a way."""
        back = self._back
        self.dismiss()
        if back is not None:
            back()

    def dismiss(self) -> None:
        """Leave."""
        self._clock.stop()
        self._back = None
        self._keys.setEnabled(False)
        self.setVisible(False)
        self.gone.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painting.box(painter, self.rect(), theme.colour(Tone.INK), None, tokens().radius["control"])


class _Undo(Pressable):
    """The underlined word with its arrow, in the bar's own colours."""

    def __init__(self) -> None:
        super().__init__()
        self._text = words("window-undo")
        self.setAccessibleName(str(self._text))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.width(Role.STRONG, str(self._text)) + 30, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painting.icon(painter, "undo-2", QRectF(3, 0, 16, self.height()), Tone.BG, 15)
            wide = theme.width(Role.STRONG, str(self._text))
            place = QRectF(25, 0, wide, self.height())
            painting.text(painter, place, str(self._text), Role.STRONG, Tone.BG)
            line = round(painting.baseline(place, Role.STRONG)) + 2
            painting.hairline(painter, 25, 25 + wide, line, Tone.BG)
            if self.hasFocus():
                painting.ring(painter, self.rect(), 6, Tone.BG)


class Strip(QWidget):
    """A tint with an icon and a sentence: something that stays true until somebody changes it."""

    def __init__(
        self,
        text: Text,
        hue: Hue = Hue.AMBER,
        icon: str = "triangle-alert",
        parent: QWidget | None = None,
        role: Role = Role.BODY,
    ) -> None:
        super().__init__(parent)
        self._hue = hue
        self._icon = Icon(icon, hue.solid)
        self._said = Label(text, role, Tone.INK, wrap=True)
        middle = Qt.AlignmentFlag.AlignVCenter
        self.setLayout(row(Put(self._icon, middle), 12, Grow(self._said), margins=(14, 12, 14, 12)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def say(self, text: Text, hue: Hue | None = None, icon: str | None = None) -> None:
        """Say this instead."""
        self._hue = hue or self._hue
        self._said.say(text)
        if icon is not None:
            self._icon.show_icon(icon, self._hue.solid)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painting.box(painter, self.rect(), theme.colour(self._hue.tint), None, tokens().radius["control"])
