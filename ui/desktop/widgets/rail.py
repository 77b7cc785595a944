"""The left rail: the mark, the places of the program, and at its foot who is at work, with the lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.layouts import Grow, Item, column
from ui.desktop.widgets.ornament import draw_mark
from ui.desktop.widgets.toggles import draw_initials
from ui.desktop.wording import Text, words

_TEXT = 41  # where the text of a place begins, after its icon
_BADGE = 18


@dataclass(frozen=True, slots=True)
class RailPlace:
    """A place of the program in the rail."""

    key: str
    title: Text
    icon: str


class Rail(QWidget):
    """The rail; as wide as the design has it, wider where a language needs more.

    Signals:
        chosen: a place was chosen, with its key.
        locked: the person at the foot wants the window locked.
    """

    chosen = Signal(str)
    locked = Signal()

    def __init__(self, places: Sequence[RailPlace], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(str(words("window-places")))
        self._head = _Head()
        self._places = {place.key: _Place(place) for place in places}
        self.person = _Person()
        self.person.clicked.connect(self.locked)
        for key, shown in self._places.items():
            shown.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
        items: list[Item] = [self._head, *self._places.values(), Grow(), self.person]
        self.setLayout(column(*items, space=2, margins=(10, 0, 10, 10)))

    def select(self, key: str) -> None:
        """Show which place one is at; an unknown key selects none."""
        for name, shown in self._places.items():
            shown.select(name == key)

    def badge(self, key: str, n: int) -> None:
        """Show a number at a place; 0 takes it away. A place that is not here shows nothing."""
        if key in self._places:
            self._places[key].show_badge(n)

    def centre(self, name: str) -> None:
        """Name the centre under the mark."""
        self._head.show_name(name)

    def sizeHint(self) -> QSize:
        widest = max(self._head.needed(), self.person.needed())
        widest = max([widest, *(shown.needed() for shown in self._places.values())])
        return QSize(max(tokens().size["rail"], widest + 20), 400)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(str(words("window-places")))
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour(Tone.RAIL))


class _Head(QWidget):
    """The mark, the program's name and the centre's."""

    def __init__(self) -> None:
        super().__init__()
        self._centre = ""
        self.setFixedHeight(74)

    def needed(self) -> int:
        return 52 + max(theme.width(Role.SECTION, "Balai"), theme.width(Role.HEAD, self._centre))

    def show_name(self, centre: str) -> None:
        self._centre = centre
        self.setAccessibleName(f"Balai, {centre}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            draw_mark(painter, QRectF(11, 24, 28, 28), theme.colour(Tone.BADGE))
            wide = self.width() - 52
            painting.text(painter, QRectF(52, 18, wide, 22), "Balai", Role.BRAND, Tone.ON_RAIL)
            painting.text(painter, QRectF(52, 41, wide, 16), self._centre, Role.CAPTION, Tone.RAIL_TEXT)


class _Item(QAbstractButton):
    """What both kinds of things in the rail that can be pressed share."""

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


class _Place(_Item):
    def __init__(self, place: RailPlace) -> None:
        super().__init__()
        self._place, self._badge, self._selected = place, 0, False
        self._name()

    def select(self, selected: bool) -> None:
        self._selected = selected
        self._name()
        self.update()

    def show_badge(self, n: int) -> None:
        self._badge = n
        self._name()
        self.update()

    def needed(self) -> int:
        return _TEXT + theme.width(Role.STRONG, str(self._place.title)) + _BADGE + 20

    def sizeHint(self) -> QSize:
        return QSize(self.needed(), 40)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Tone.ON_RAIL if self._selected else Tone.RAIL_TEXT
        radius = tokens().radius["control"]
        with painting.painting(self) as painter:
            if self._selected:
                painting.box(painter, self.rect(), theme.colour(Tone.RAIL_SELECTION), None, radius)
            elif self.underMouse():
                painting.box(painter, self.rect(), theme.colour(Tone.RAIL_KAWUNG), None, radius)
            painting.icon(painter, self._place.icon, QRectF(12, 0, 18, self.height()), ink)
            place = QRectF(_TEXT, 0, self.width() - _TEXT, self.height())
            role = Role.STRONG if self._selected else Role.NAME
            painting.text(painter, place, str(self._place.title), role, ink)
            if self._badge:
                self._paint_badge(painter)
            if self.hasFocus():
                painting.ring(painter, self.rect(), radius, Tone.ON_RAIL)

    def _paint_badge(self, painter: QPainter) -> None:
        wide = max(_BADGE, theme.width(Role.HEAD, str(self._badge)) + 10)
        place = QRectF(self.width() - 12 - wide, (self.height() - _BADGE) / 2, wide, _BADGE)
        painting.box(painter, place, theme.colour(Tone.BADGE), None, _BADGE / 2)
        middle = Qt.AlignmentFlag.AlignHCenter
        painting.text(painter, place, str(self._badge), Role.HEAD, Tone.ON_BADGE, middle)

    def _name(self) -> None:
        badge = f" ({self._badge})" if self._badge else ""
        self.setAccessibleName(f"{self._place.title}{badge}")
        self.setAccessibleDescription(str(words("window-here")) if self._selected else "")


class _Person(_Item):
    """Who is at work; pressing it locks the window."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._does: Text = ""
        self.hide()

    def show_person(self, name: str, does: Text) -> None:
        """Show this person, or nobody for an empty name."""
        self._name, self._does = name, does
        self.setAccessibleName(str(words("window-lock", name=name)))
        self.setToolTip(self.accessibleName())
        self.setVisible(bool(name))
        self.updateGeometry()
        self.update()

    def needed(self) -> int:
        longest = max(theme.width(Role.SMALL_STRONG, self._name), theme.width(Role.CAPTION, str(self._does)))
        return 42 + longest + 34

    def sizeHint(self) -> QSize:
        return QSize(160, 49)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painting.hairline(painter, 0, self.width(), 0, Tone.RAIL_SELECTION)
            disc = QRectF(4, 14, 30, 30)
            draw_initials(painter, disc, self._name, Tone.RAIL_SELECTION, Tone.ON_RAIL, Role.KEY)
            wide = self.width() - 42 - 26
            painting.text(painter, QRectF(42, 12, wide, 18), self._name, Role.SMALL_STRONG, Tone.ON_RAIL)
            painting.text(painter, QRectF(42, 29, wide, 16), str(self._does), Role.CAPTION, Tone.RAIL_TEXT)
            painting.icon(painter, "lock", QRectF(self.width() - 20, 0, 18, 57), Tone.RAIL_TEXT, 16)
            if self.hasFocus():
                painting.ring(painter, self.rect().adjusted(0, 6, 0, 0), 8, Tone.ON_RAIL)
