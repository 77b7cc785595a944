"""Buttons: one primary a card, normal, quiet, destructive; the key that presses them is drawn inside."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.labels import Label
from ui.desktop.wording import Text

_GAP = 8


class Kind(StrEnum):
    """How much a button asks for. Destructive ones stand last."""

    PRIMARY = "primary"
    NORMAL = "normal"
    QUIET = "quiet"
    DESTRUCTIVE = "destructive"


class Size(IntEnum):
    """Heights in logical pixels."""

    SMALL = 30
    NORMAL = 36
    MAIN = 44


_PAD = {Size.SMALL: 11, Size.NORMAL: 15, Size.MAIN: 18}
_ROLE = {Size.SMALL: Role.SMALL_STRONG, Size.NORMAL: Role.STRONG, Size.MAIN: Role.MAIN}


class Button(QAbstractButton):
    """A button. `key` is the caption of the key that presses it ("Enter", "Ctrl Enter"); connecting that
    key is the page's matter. `spread` puts text and key at the two ends of a wide button.

    It never gets narrower than its text. Clicking does not take the focus away from where one types.
    """

    def __init__(
        self,
        text: Text,
        kind: Kind = Kind.NORMAL,
        *,
        size: Size = Size.NORMAL,
        icon: str | None = None,
        key: str | None = None,
        spread: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._kind, self._size = text, kind, size
        self._icon, self._key, self._spread = icon, key, spread
        self._reason: Label | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._name()

    def say(self, text: Text) -> None:
        """Show this text instead."""
        self._text = text
        self._name()
        self.updateGeometry()
        self.update()

    def refuse(self, why: Text | None) -> None:
        """Disable the button and say why beside it (`reason`); None enables it again.

        Where the page has given the reason no place, it is left to screen readers: it must not open a window.
        """
        self.setEnabled(why is None)
        self.setAccessibleDescription("" if why is None else str(why))
        self.reason().say("" if why is None else why)
        self.reason().setVisible(why is not None and not self.reason().isWindow())

    def reason(self) -> Label:
        """The label that says why the button is disabled; a page puts it beside the button."""
        if self._reason is None:
            self._reason = Label("", Role.SMALL, Tone.INK2)
            self._reason.hide()
        return self._reason

    def sizeHint(self) -> QSize:
        return QSize(2 * self._pad() + self._content_width(), int(self._size))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.say(self._text)
        elif event.type() == QEvent.Type.EnabledChange:
            pointing = Qt.CursorShape.PointingHandCursor if self.isEnabled() else Qt.CursorShape.ArrowCursor
            self.setCursor(pointing)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does; Qt's own buttons do that in dialogs only."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            self._paint_ground(painter)
            self._paint_content(painter)
            if self.hasFocus():
                self._paint_focus(painter)

    def _name(self) -> None:
        self.setAccessibleName(str(self._text))
        self.setText(str(self._text).replace("&", "&&"))

    def _pad(self) -> int:
        return _PAD[self._size] if self._kind in (Kind.PRIMARY, Kind.NORMAL) else 9

    def _content_width(self) -> int:
        wide = theme.width(_ROLE[self._size], str(self._text))
        if self._icon:
            wide += 18 + _GAP
        if self._key:
            wide += painting.key_width(self._key) + _GAP
        return wide

    def _ink(self) -> Tone:
        if not self.isEnabled():
            return Tone.INK3
        return {
            Kind.PRIMARY: Tone.ON_ACCENT,
            Kind.NORMAL: Tone.INK,
            Kind.QUIET: Tone.LINK,
            Kind.DESTRUCTIVE: Tone.RED,
        }[self._kind]

    def _paint_ground(self, painter: QPainter) -> None:
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        radius = tokens().radius["control"]
        if not self.isEnabled():
            if self._kind in (Kind.PRIMARY, Kind.NORMAL):
                painting.box(painter, self.rect(), theme.colour(Tone.SUNKEN), theme.colour(Tone.LINE), radius)
        elif self._kind is Kind.PRIMARY:
            painting.box(painter, self.rect(), theme.colour(Tone.HOVER if hot else Tone.ACCENT), None, radius)
        elif self._kind is Kind.NORMAL:
            fill = theme.colour(Tone.SUNKEN if hot else Tone.SURFACE)
            painting.box(painter, self.rect(), fill, theme.colour(Tone.LINE2), radius)
        elif hot:
            tint = Tone.RED_TINT if self._kind is Kind.DESTRUCTIVE else Tone.ACCENT_SOFT
            painting.box(painter, self.rect(), theme.colour(tint), None, radius)

    def _paint_content(self, painter: QPainter) -> None:
        ink, role = self._ink(), _ROLE[self._size]
        pad = self._pad()
        left: float = pad if self._spread else max(pad, (self.width() - self._content_width()) / 2)
        left = round(left)
        if self._icon:
            painting.icon(painter, self._icon, QRectF(left, 0, 18, self.height()), ink)
            left += 18 + _GAP
        said = str(self._text)
        wide = theme.width(role, said)
        painting.text(painter, QRectF(left, 0, wide, self.height()), said, role, ink)
        if self._key:
            cap = painting.key_width(self._key)
            at = self.width() - pad - cap if self._spread else left + wide + _GAP
            border = ink if self._kind is Kind.PRIMARY else Tone.LINE2
            top = (self.height() - painting.KEY_HEIGHT) // 2
            painting.key_cap(painter, at, top, self._key, ink, border, None)

    def _paint_focus(self, painter: QPainter) -> None:
        radius = tokens().radius["control"]
        painting.ring(painter, self.rect(), radius)
        if self._kind is Kind.PRIMARY and self.isEnabled():
            inner = self.rect().adjusted(2, 2, -2, -2)
            painting.ring(painter, inner, radius - 2, Tone.ON_ACCENT)
