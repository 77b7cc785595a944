"""What is on or off: the tick box, and the card that is one of several."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.wording import Text

TICK = 17


def draw_tick(painter: QPainter, left: float, top: float, on: bool) -> None:
    """The box of a tick, 17 px."""
    place = QRectF(round(left), round(top), TICK, TICK)
    if on:
        painting.box(painter, place, theme.colour(Tone.ACCENT), None, tokens().radius["badge"])
        painting.icon(painter, "check", place, Tone.ON_ACCENT, 13)
    else:
        surface, border = theme.colour(Tone.SURFACE), theme.colour(Tone.LINE2)
        painting.box(painter, place, surface, border, tokens().radius["badge"])


class TickBox(QAbstractButton):
    """A tick box with its text; `toggled(bool)` is Qt's own signal."""

    def __init__(self, text: Text, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setCheckable(True)
        self.setChecked(on)
        self.setAccessibleName(str(text))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def say(self, text: Text) -> None:
        """Show this text instead."""
        self._text = text
        self.setAccessibleName(str(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(TICK + 20 + theme.width(Role.BODY, str(self._text)), 28)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(str(self._text))
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            draw_tick(painter, 4, (self.height() - TICK) / 2, self.isChecked())
            ink = Tone.INK if self.isEnabled() else Tone.INK3
            place = QRectF(TICK + 14, 0, self.width() - TICK - 14, self.height())
            painting.text(painter, place, str(self._text), Role.BODY, ink)
            if self.hasFocus():
                painting.ring(painter, self.rect(), tokens().radius["chip"])


class ChoiceCard(QAbstractButton):
    """A card that is one of several (a person, one of two values); a subclass paints what is on it.

    Arrow keys go among the cards with the same parent, Space or Enter chooses.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            self.paint_ground(painter)
            self.paint_content(painter)

    def paint_ground(self, painter: QPainter) -> None:
        """Surface and border: soft with the accent's border where chosen."""
        chosen, radius = self.isChecked(), tokens().radius["card"]
        fill = theme.colour(Tone.ACCENT_SOFT if chosen else Tone.SURFACE)
        hot = self.hasFocus() or chosen
        border = Tone.ACCENT if hot else Tone.LINE2 if self.underMouse() else Tone.LINE
        painting.box(painter, self.rect(), fill, theme.colour(border), radius, width=2 if hot else 1)
        if self.hasFocus() and chosen:
            painting.ring(painter, self.rect().adjusted(4, 4, -4, -4), radius - 4)

    def paint_content(self, painter: QPainter) -> None:
        """What stands on the card: nothing, until a kind of card says so."""


class PersonCard(ChoiceCard):
    """A person to sign in as: initials, name, what they do here; 68 px."""

    def __init__(self, name: str, does: Text, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._name, self._does = name, does
        self.setAccessibleDescription(str(does))

    def sizeHint(self) -> QSize:
        widest = max(theme.width(Role.TITLE, self._name), theme.width(Role.SMALL, str(self._does)))
        return QSize(70 + widest + 20, 68)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint_content(self, painter: QPainter) -> None:
        disc = Tone.ACCENT if self.isChecked() else Tone.SUNKEN
        ink = Tone.ON_ACCENT if self.isChecked() else Tone.INK
        draw_initials(painter, QRectF(16, 14, 40, 40), self._name, disc, ink, Role.TITLE)
        wide = self.width() - 90
        painting.text(painter, QRectF(70, 15, wide, 20), self._name, Role.TITLE, Tone.INK)
        painting.text(painter, QRectF(70, 34, wide, 18), str(self._does), Role.SMALL, Tone.INK2)


def draw_initials(painter: QPainter, place: QRectF, name: str, disc: Tone, ink: Tone, role: Role) -> None:
    """A person's initials in a disc."""
    painting.box(painter, place, theme.colour(disc), None, place.width() / 2)
    painting.text(painter, place, initials(name), role, ink, Qt.AlignmentFlag.AlignHCenter)


def initials(name: str) -> str:
    """Two letters for a name: of the first and the last word, or the first two of the only one."""
    parts = name.split() or ["?"]
    return (parts[0][0] + parts[-1][0] if len(parts) > 1 else parts[0][:2]).upper()
