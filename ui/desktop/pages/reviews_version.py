"""The card of one side of a review: its letter, its value large, who wrote it, where and when."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets import chips, painting
from ui.desktop.widgets.chips import ChipLook
from ui.desktop.widgets.toggles import ChoiceCard
from ui.desktop.wording import Text

_PAD, _RADIO = 18, 18
_TOP = 58
_LEAST, _MOST_LINES = 150, 3


@dataclass(frozen=True, slots=True)
class VersionLook:
    """What a side's card shows; `chip` says where it is from or that it holds now."""

    letter: str
    lead: Text
    others: tuple[Text, ...]
    author: Text
    written: Text
    reason: Text
    chips: tuple[ChipLook, ...]

    @property
    def below(self) -> list[Text]:
        """The lines under the value."""
        return [line for line in (*self.others, self.author, self.written, self.reason) if str(line)]


class VersionCard(ChoiceCard):
    """One of the sides, to be chosen."""

    def __init__(self, look: VersionLook, parent: QWidget | None = None) -> None:
        said = ", ".join(str(part) for part in look.below)
        super().__init__(f"{look.letter}: {look.lead}", parent)
        self.look = look
        marks = ", ".join(str(chip.text) for chip in look.chips)
        self.setAccessibleDescription(f"{said}. {marks}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        below = self.look.below
        high = _TOP + 46 + 20 * len(below) + 14
        wide = 2 * _PAD + max(theme.width(Role.BODY, str(line)) for line in below)
        chips_wide = sum(chips.width(chip) + 6 for chip in self.look.chips)
        return QSize(max(wide, 2 * _PAD + 60 + chips_wide), max(_LEAST, high))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint_content(self, painter: QPainter) -> None:
        self._paint_head(painter)
        room = QRectF(_PAD, 0, self.width() - 2 * _PAD, self.height())
        lines = self._lead_lines(room.width())
        below = self.look.below
        role = lines[0]
        high = theme.line(role) * len(lines[1]) + 20 * len(below)
        top = max(_TOP - 6, _TOP + (self.height() - _TOP - _PAD - high) / 2)
        for text in lines[1]:
            painting.text(painter, QRectF(_PAD, top, room.width(), theme.line(role)), text, role, Tone.INK)
            top += theme.line(role)
        for at, line in enumerate(below):
            tone = Tone.INK if at < len(self.look.others) else Tone.INK2
            painting.text(painter, QRectF(_PAD, top, room.width(), 20), str(line), Role.BODY, tone)
            top += 20

    def _paint_head(self, painter: QPainter) -> None:
        disc = QRectF(_PAD, 16, _RADIO, _RADIO)
        on = self.isChecked()
        edge = theme.colour(Tone.ACCENT if on else Tone.LINE2)
        painting.box(painter, disc, theme.colour(Tone.SURFACE), edge, _RADIO / 2, width=5 if on else 2)
        painting.text(painter, QRectF(46, 15, 30, 20), self.look.letter, Role.STRONG, Tone.INK)
        left = float(self.width() - _PAD)
        for chip in reversed(self.look.chips):
            shown = ChipLook(chip.text, Hue.WHITE if on else chip.hue)
            left -= chips.width(shown)
            chips.draw(painter, left, 14, shown)
            left -= 6

    def _lead_lines(self, room: float) -> tuple[Role, list[str]]:
        """The value as large as fits: one line of the big figure, else of a page's title, else broken."""
        said = str(self.look.lead)
        for role in (Role.FIGURE, Role.PAGE):
            if theme.width(role, said) <= room:
                return role, [said]
        return Role.SECTION, broken(said, room)


def broken(said: str, room: float) -> list[str]:
    """The words in lines that fit, at most three; the last one may be cut where painted."""
    lines = [""]
    for word in said.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and theme.width(Role.SECTION, longer) > room and len(lines) < _MOST_LINES:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
