"""What stands in a table's cell: each kind knows its words, its width and how it is drawn.

A page may bring a kind of its own: a frozen dataclass derived from Cell.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.desktop import theme
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets import chips, painting
from ui.desktop.widgets.chips import ChipLook
from ui.desktop.widgets.progress import draw_bar
from ui.desktop.widgets.toggles import TICK, draw_tick
from ui.desktop.wording import Text

LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class Cell(ABC):
    """A kind of cell. `selected` is whether its row is the current one; `ring` the colour of the ring around
    the one cell one is at, where a table is walked by cells."""

    __slots__ = ()
    ring: ClassVar[Tone] = Tone.ACCENT

    @abstractmethod
    def words(self) -> str:
        """What it says, for a screen reader and for copying."""

    @abstractmethod
    def wide(self) -> int:
        """How much room it wants, in logical pixels."""

    def least(self) -> int:
        """With how much it can do where a table has not enough; as much as it wants, unless it says so."""
        return self.wide()

    @abstractmethod
    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        """Draw it into its place."""

    def hit(self, at: QPointF, place: QRectF) -> str:
        """What in it lies at this point, as a word of its kind; empty where nothing can be pressed."""
        return ""


@dataclass(frozen=True, slots=True)
class Plain(Cell):
    """A text; the name of a row turns strong where the row is selected (`lead`)."""

    text: Text
    tone: Tone = Tone.INK
    role: Role = Role.BODY
    edge: Qt.AlignmentFlag = LEFT
    lead: bool = False

    def words(self) -> str:
        return str(self.text)

    def wide(self) -> int:
        return theme.width(Role.TITLE if self.lead else self.role, str(self.text))

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        role = Role.TITLE if self.lead and selected else self.role
        painting.text(painter, place, str(self.text), role, self.tone, self.edge)


def name(text: Text) -> Plain:
    """The name by which people know the row."""
    return Plain(text, Tone.INK, Role.NAME, lead=True)


def side(text: Text, edge: Qt.AlignmentFlag = LEFT) -> Plain:
    """Something secondary, 13 px."""
    return Plain(text, Tone.INK2, Role.SMALL, edge)


@dataclass(frozen=True, slots=True)
class Masked(Cell):
    """The last digits of a number that is not shown in full (a NIK): two small squares before them."""

    tail: str

    def words(self) -> str:
        return f"…{self.tail}"

    def wide(self) -> int:
        return 12 + theme.width(Role.BODY, self.tail)

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        top = round(place.center().y()) - 1
        for left in (place.left(), place.left() + 5):
            painter.fillRect(QRectF(round(left), top, 4, 4), theme.colour(Tone.INK2))
        painting.text(painter, place.adjusted(11, 0, 0, 0), self.tail, Role.BODY, Tone.INK2)


@dataclass(frozen=True, slots=True)
class TwoLines(Cell):
    """A name over a quiet line."""

    text: Text
    detail: Text

    def words(self) -> str:
        return f"{self.text}, {self.detail}"

    def wide(self) -> int:
        return max(theme.width(Role.TITLE, str(self.text)), theme.width(Role.SMALL, str(self.detail)))

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        top = place.center().y() - 18.5
        upper, under = (
            QRectF(place.left(), top, place.width(), 20),
            QRectF(place.left(), top + 18, place.width(), 18),
        )
        painting.text(painter, upper, str(self.text), Role.TITLE if selected else Role.STRONG, Tone.INK)
        painting.text(painter, under, str(self.detail), Role.SMALL, Tone.INK2)


@dataclass(frozen=True, slots=True)
class Chipped(Cell):
    """Chips, and a quiet note after them. On a selected row a blue chip turns white."""

    chips: tuple[ChipLook, ...]
    note: Text = ""

    def words(self) -> str:
        return ", ".join([*(str(look.text) for look in self.chips), *([str(self.note)] if self.note else [])])

    def wide(self) -> int:
        note = theme.width(Role.SMALL, str(self.note)) + 8 if self.note else 0
        return sum(chips.width(look) + 6 for look in self.chips) + note

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        left, high = place.left(), min(chips.HEIGHT, round(place.height()) - 4)
        top = int(place.top() + (place.height() - high) / 2)
        for look in self.chips:
            soft = selected and look.hue is Hue.BLUE
            shown = ChipLook(look.text, Hue.WHITE, look.letter, look.icon) if soft else look
            chips.draw(painter, left, top, shown, high)
            left += chips.width(look) + 6
        if self.note:
            rest = QRectF(left + 2, place.top(), place.right() - left - 2, place.height())
            painting.text(painter, rest, str(self.note), Role.SMALL, Tone.INK2)


@dataclass(frozen=True, slots=True)
class Iconed(Cell):
    """An icon with its word in one colour; without an icon the word stands where others have it."""

    icon: str
    text: Text
    tone: Tone
    role: Role = Role.SMALL_STRONG

    def words(self) -> str:
        return str(self.text)

    def wide(self) -> int:
        return 22 + theme.width(self.role, str(self.text))

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        if self.icon:
            spot = QRectF(place.left(), place.top(), 16, place.height())
            painting.icon(painter, self.icon, spot, self.tone, 16)
        painting.text(painter, place.adjusted(22, 0, 0, 0), str(self.text), self.role, self.tone)


@dataclass(frozen=True, slots=True)
class Barred(Cell):
    """A bar over the words that say the same."""

    done: int
    total: int
    text: Text

    def words(self) -> str:
        return str(self.text)

    def wide(self) -> int:
        return max(150, theme.width(Role.SMALL, str(self.text)))

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        top = round(place.center().y())
        bar = QRectF(place.left(), top - 15, min(150.0, place.width()), 8)
        share = self.done / self.total if self.total else 0
        draw_bar(painter, bar, share, Tone.SURFACE if selected else Tone.SUNKEN)
        under = QRectF(place.left(), top - 3, place.width(), 18)
        painting.text(painter, under, str(self.text), Role.SMALL, Tone.INK2)


@dataclass(frozen=True, slots=True)
class Ticked(Cell):
    """A tick box; pressing it hits "tick"."""

    on: bool
    text: Text = ""

    def words(self) -> str:
        return f"{'☑' if self.on else '☐'} {self.text}".strip()

    def wide(self) -> int:
        return TICK + (12 + theme.width(Role.NAME, str(self.text)) if self.text else 0)

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        draw_tick(painter, place.left(), place.center().y() - TICK / 2, self.on)
        if self.text:
            role = Role.STRONG if selected else Role.NAME
            painting.text(painter, place.adjusted(TICK + 12, 0, 0, 0), str(self.text), role, Tone.INK)

    def hit(self, at: QPointF, place: QRectF) -> str:
        return "tick" if at.x() <= place.left() + TICK + 6 else ""


@dataclass(frozen=True, slots=True)
class Arrow(Cell):
    """The chevron at the end of a row that opens."""

    def words(self) -> str:
        return ""

    def wide(self) -> int:
        return 18

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        spot = QRectF(place.right() - 18, place.top(), 18, place.height())
        painting.icon(painter, "chevron-right", spot, Tone.INK2)
