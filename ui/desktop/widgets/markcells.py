"""Cells of marks and scores: what was, the keys of the row one is at, a number in a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ui.desktop import theme
from ui.desktop.tokens import Hue, Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.cells import Cell
from ui.desktop.wording import Text


@dataclass(frozen=True, slots=True)
class Letters(Cell):
    """What was, one letter each: on its tint where it is an exception (a hue), else plain and quiet."""

    letters: tuple[tuple[str, Hue | None], ...]
    STEP = 21

    def words(self) -> str:
        return " ".join(sign for sign, _ in self.letters)

    def wide(self) -> int:
        return len(self.letters) * self.STEP

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        for at, (sign, hue) in enumerate(self.letters):
            spot = QRectF(place.left() + at * self.STEP, round(place.center().y()) - 9, 18, 18)
            if hue is not None:
                painting.box(painter, spot, theme.colour(hue.tint), None, tokens().radius["badge"])
            tone = Tone.INK3 if hue is None else hue.solid
            painting.text(painter, spot, sign, Role.TINY if hue is None else Role.KEY, tone, middle)


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """A key with its word, to press or click."""

    key: str
    text: Text
    hue: Hue


@dataclass(frozen=True, slots=True)
class Keys(Cell):
    """The keys of the row one is at, as small buttons; pressing one hits it. `held` is the one chosen. Where
    long words leave no room for them, the letters stand alone."""

    choices: tuple[KeyChoice, ...]
    held: str = ""
    HIGH, GAP, LETTER = 30, 4, 32

    def words(self) -> str:
        return ", ".join(f"{choice.key} {choice.text}" for choice in self.choices)

    def wide(self) -> int:
        return sum(self._wide(choice) + self.GAP for choice in self.choices)

    def least(self) -> int:
        return len(self.choices) * (self.LETTER + self.GAP)

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        middle, worded = Qt.AlignmentFlag.AlignHCenter, self._worded(place)
        for choice, spot in self._spots(place):
            held = choice.key == self.held
            fill, edge = (choice.hue.solid, choice.hue.solid) if held else (Tone.SURFACE, Tone.LINE2)
            painting.box(painter, spot, theme.colour(fill), theme.colour(edge), 6)
            upper = QRectF(spot.left(), spot.top() + 1, spot.width(), 16)
            under = QRectF(spot.left(), spot.top() + 15, spot.width(), 13)
            letter, word = (Tone.SURFACE, Tone.SURFACE) if held else (choice.hue.solid, Tone.INK2)
            painting.text(painter, upper if worded else spot, choice.key, Role.TITLE, letter, middle)
            if worded:
                painting.text(painter, under, str(choice.text), Role.TINY, word, middle)

    def hit(self, at: QPointF, place: QRectF) -> str:
        return next((choice.key for choice, spot in self._spots(place) if spot.contains(at)), "")

    def _spots(self, place: QRectF) -> Sequence[tuple[KeyChoice, QRectF]]:
        left, top = place.left(), round(place.center().y() - self.HIGH / 2)
        found, worded = [], self._worded(place)
        for choice in self.choices:
            wide = self._wide(choice) if worded else self.LETTER
            found.append((choice, QRectF(left, top, wide, self.HIGH)))
            left += wide + self.GAP
        return found

    def _worded(self, place: QRectF) -> bool:
        return self.wide() - self.GAP <= place.width() + 0.5

    def _wide(self, choice: KeyChoice) -> int:
        return max(42, theme.width(Role.TINY, str(choice.text)) + 14)


@dataclass(frozen=True, slots=True)
class Score(Cell):
    """A number in a grid: on its tint with a sign where it is one to look at."""

    text: str
    hue: Hue | None = None
    sign: str = ""
    icon: str = ""

    def words(self) -> str:
        return f"{self.text}{self.sign}"

    def wide(self) -> int:
        return 44

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        role = Role.BODY if self.hue is None else Role.TITLE
        tone = (Tone.INK if self.text else Tone.INK3) if self.hue is None else self.hue.solid
        if self.hue is not None:
            painter.fillRect(place, theme.colour(self.hue.tint))
        said = f"{self.text} {self.sign}".strip() or "·"
        spot = place.adjusted(0, 0, -16 if self.icon else 0, 0)
        painting.text(painter, spot, said, role, tone, Qt.AlignmentFlag.AlignHCenter)
        if self.icon:
            wide = theme.width(role, said)
            sign = QRectF(spot.center().x() + wide / 2 + 4, place.top(), 12, place.height())
            painting.icon(painter, self.icon, sign, tone, 12)


@dataclass(frozen=True, slots=True)
class Wrong(Cell):
    """What was typed and not taken, as it was typed: in a red frame, underlined as wrong."""

    text: str
    ring: ClassVar[Tone] = Tone.RED

    def words(self) -> str:
        return self.text

    def wide(self) -> int:
        return 44

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        painter.fillRect(place, theme.colour(Tone.SURFACE))
        painting.box(painter, place, None, theme.colour(Tone.RED), 2, width=2)
        painting.text(painter, place, self.text, Role.TITLE, Tone.RED, Qt.AlignmentFlag.AlignHCenter)
        half = min(theme.width(Role.TITLE, self.text), place.width() - 8) / 2
        top = painting.baseline(place, Role.TITLE) + 3
        wave = QPainterPath(QPointF(place.center().x() - half, top))
        for step in range(1, int(half) + 1):
            wave.lineTo(place.center().x() - half + 2 * step, top + (2 if step % 2 else 0))
        painter.strokePath(wave, QPen(theme.colour(Tone.RED), 1))
