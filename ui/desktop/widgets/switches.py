"""Choosing one of a few views: the segmented switch in a border, and tabs under a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Hue, Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.layouts import Grow, Item, row
from ui.desktop.widgets.pressable import Pressable
from ui.desktop.wording import Text

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Option(Generic[V]):
    """One view: its value, its text, and where it has them an icon in its colour and a count."""

    value: V
    text: Text
    icon: str = ""
    hue: Hue = Hue.GREY
    count: int | None = None


class Switch(QWidget):
    """A segmented switch; arrow keys go along it.

    Signals:
        chosen: another option was chosen, its value comes along.
    """

    chosen = Signal(object)

    def __init__(self, options: Sequence[Option[V]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = [self._part(option, at, len(options)) for at, option in enumerate(options)]
        for part in self._parts:
            part.clicked.connect(self._on_part_clicked)
        self._parts[0].setChecked(True)
        items: list[Item] = list(self._parts)
        self.setLayout(row(*items, *self._tail()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def value(self) -> object:
        """The chosen value."""
        return next(part.option.value for part in self._parts if part.isChecked())

    def choose(self, value: object) -> None:
        """Choose a value without announcing it."""
        for part in self._parts:
            if part.option.value == value:
                part.setChecked(True)

    def focus(self) -> None:
        """Go to the chosen one."""
        next(part for part in self._parts if part.isChecked()).setFocus(Qt.FocusReason.OtherFocusReason)

    def count(self, value: object, n: int) -> None:
        """Show this count at a value."""
        for part in self._parts:
            if part.option.value == value:
                part.show_count(n)

    def _part(self, option: Option[V], at: int, of: int) -> _Part:
        return _Segment(option, at == 0, at == of - 1)

    def _tail(self) -> list[Item]:
        return []

    def _on_part_clicked(self) -> None:
        self.chosen.emit(self.value())


class Tabs(Switch):
    """Tabs over a line as wide as the page."""

    def __init__(self, options: Sequence[Option[V]], parent: QWidget | None = None) -> None:
        super().__init__(options, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painting.hairline(painter, 0, self.width(), self.height() - 1)

    def _part(self, option: Option[V], at: int, of: int) -> _Part:
        return _Tab(option)

    def _tail(self) -> list[Item]:
        return [Grow()]


class _Part(Pressable):
    """One option as a button; exclusive among its siblings, so Qt's own arrow keys go along them."""

    pad, height_ = 13, 36

    def __init__(self, option: Option[V]) -> None:
        super().__init__()
        self.option: Option[object] = Option(option.value, option.text, option.icon, option.hue, option.count)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._be_reached(False)
        self.toggled.connect(self._be_reached)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()

    def _be_reached(self, chosen: bool) -> None:
        """Tab comes to the chosen one; from there arrow keys go to the others."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if chosen else Qt.FocusPolicy.NoFocus)

    def show_count(self, n: int) -> None:
        given = self.option
        self.option = Option(given.value, given.text, given.icon, given.hue, n)
        self._name()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the text in its chosen weight, so that choosing moves nothing."""
        wide = theme.width(Role.TITLE, str(self.option.text)) + 2 * self.pad
        wide += 22 if self.option.icon else 0
        wide += 0 if self.option.count is None else theme.width(Role.TITLE, str(self.option.count)) + 6
        return QSize(wide, self.height_)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self.updateGeometry()

    def _name(self) -> None:
        count = "" if self.option.count is None else f" {self.option.count}"
        self.setAccessibleName(f"{self.option.text}{count}")

    def _paint_text(self, painter: QPainter, ink: Tone, role: Role) -> None:
        left = float(self.pad)
        if self.option.icon:
            tone = self.option.hue.solid
            painting.icon(painter, self.option.icon, QRectF(left, 0, 16, self.height()), tone, 16)
            left += 22
        said = str(self.option.text)
        painting.text(painter, QRectF(left, 0, theme.width(role, said), self.height()), said, role, ink)
        if self.option.count is not None:
            place = QRectF(left + theme.width(role, said) + 6, 0, 60, self.height())
            painting.text(painter, place, str(self.option.count), Role.TITLE, ink)


class _Segment(_Part):
    def __init__(self, option: Option[V], first: bool, last: bool) -> None:
        super().__init__(option)
        self._first, self._last = first, last

    def paintEvent(self, event: QPaintEvent) -> None:
        radius = tokens().radius["control"]
        whole = QRectF(self.rect()).adjusted(0 if self._first else -20, 0, 0 if self._last else 20, 0)
        with painting.painting(self) as painter:
            chosen = self.isChecked()
            fill = Tone.ACCENT_SOFT if chosen else Tone.SUNKEN if self.underMouse() else Tone.SURFACE
            painting.box(painter, whole, theme.colour(fill), theme.colour(Tone.LINE2), radius)
            if not self._first:
                painter.fillRect(QRectF(0, 1, 1, self.height() - 2), theme.colour(Tone.LINE))
            ink, role = (Tone.LINK, Role.TITLE) if chosen else (Tone.INK2, Role.NAME)
            self._paint_text(painter, ink, role)
            if self.hasFocus():
                painting.ring(painter, self.rect().adjusted(2, 2, -2, -2), radius - 2)


class _Tab(_Part):
    pad, height_ = 12, 42

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            chosen = self.isChecked()
            ink, role = (Tone.INK, Role.TITLE) if chosen else (Tone.INK2, Role.NAME)
            self._paint_text(painter, Tone.INK if self.underMouse() else ink, role)
            if chosen:
                line = QPainterPath()
                line.addRect(0, self.height() - 3, self.width(), 3)
                painter.fillPath(line, theme.colour(Tone.ACCENT))
            if self.hasFocus():
                painting.ring(painter, self.rect().adjusted(1, 4, -1, -5), 6)
