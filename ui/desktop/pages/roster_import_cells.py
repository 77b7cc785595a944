"""What stands in the cells of a line that is mended: values in frames, verdicts, and sentences that wrap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.desktop import theme
from ui.desktop.pages.roster_import_words import SQUARE
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.cells import Cell
from ui.desktop.wording import Text

TOP = 46  # height of a line's first row, in whose middle values and verdicts stand
BOX = 36
_LINE, _BUTTON, _GAP, _PAD = 18, 30, 8, 11
_EDGE = 14  # above and below the sentence
_LONGEST_LABEL = 100


@dataclass(frozen=True, slots=True)
class Value(Cell):
    """What the sheet has in a cell, framed where it is wrong (red) or doubtful. Pressing it hits the field's
    name.

    Squares stand for digits that are not shown.
    """

    text: str
    field: str
    frame: Tone | None = None
    lead: bool = False

    def words(self) -> str:
        return f"…{self.text.replace(SQUARE, '')}" if SQUARE in self.text else self.text

    def wide(self) -> int:
        return int(_spread(self.text, self._role(False))) + (2 * _PAD if self.frame else 0)

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        line = QRectF(place.left(), place.top(), place.width(), TOP)
        if self.frame:
            frame = box_in(place)
            surface, edge = theme.colour(Tone.SURFACE), theme.colour(self.frame)
            painting.box(painter, frame, surface, edge, tokens().radius["control"], width=2)
            line.adjust(_PAD, 0, -_PAD, 0)
        _draw_masked(painter, line, self.text, self._role(selected))

    def hit(self, at: QPointF, place: QRectF) -> str:
        return self.field if at.y() < place.top() + TOP else ""

    def _role(self, selected: bool) -> Role:
        return (Role.TITLE if selected else Role.NAME) if self.lead else Role.BODY


@dataclass(frozen=True, slots=True)
class Badge(Cell):
    """The verdict: an icon and its word, in the first line of the row."""

    icon: str
    text: Text
    tone: Tone

    def words(self) -> str:
        return str(self.text)

    def wide(self) -> int:
        return 24 + theme.width(Role.STRONG, str(self.text))

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        spot = QRectF(place.left(), place.top(), 16, TOP)
        painting.icon(painter, self.icon, spot, self.tone, 16)
        said = QRectF(place.left() + 24, place.top(), place.width() - 24, TOP)
        painting.text(painter, said, str(self.text), Role.STRONG, self.tone)


@dataclass(frozen=True, slots=True)
class Aside(Cell):
    """The row's number in the file, quiet and at the right."""

    text: str

    def words(self) -> str:
        return self.text

    def wide(self) -> int:
        return theme.width(Role.SMALL, self.text)

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        line = QRectF(place.left(), place.top(), place.width(), TOP - 2)
        painting.text(painter, line, self.text, Role.SMALL, Tone.INK2, Qt.AlignmentFlag.AlignRight)


@dataclass(frozen=True, slots=True)
class Press:
    """Something to press under a sentence: what it hits, its text, and the key that does the same."""

    hit: str
    text: Text
    key: str


@dataclass(frozen=True, slots=True)
class Explained(Cell):
    """A sentence whose beginning stands out, wrapped; under it a field that has no column of its own, and
    buttons. `link` ends the sentence and hits "undo"; the field hits its name."""

    title: str
    detail: str
    tone: Tone = Tone.RED
    extra: tuple[Text, Value] | None = None
    presses: tuple[Press, ...] = ()
    link: Text = ""

    def words(self) -> str:
        return f"{self.title} {self.detail}".strip()

    def wide(self) -> int:
        return 260

    def high(self, room: float) -> int:
        """How high its row must be at this width."""
        under = (_GAP + BOX if self.extra else 0) + (_GAP + _BUTTON if self.presses else 0)
        under += _LINE if self._label_above() else 0
        return max(TOP + 2, len(self._lines(room)) * _LINE + 2 * _EDGE - 1 + under)

    def box_at(self, place: QRectF) -> QRectF:
        """Where the field under the sentence is typed into."""
        above = self._label_above()
        label = theme.width(Role.SMALL, str(self.extra[0])) + _GAP if self.extra and not above else 0
        lines = len(self._lines(place.width())) + above
        top = place.top() + _EDGE + lines * _LINE + _GAP - 4
        return QRectF(place.left() + label, top, place.width() - label, BOX)

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        for at, line in enumerate(self._lines(place.width())):
            spot = QRectF(place.left(), place.top() + _EDGE - 1 + at * _LINE, place.width(), _LINE)
            for left, piece in _placed(line):
                piece_at = spot.adjusted(left, 0, 0, 0)
                painting.text(painter, piece_at, piece.text, piece.role, piece.tone)
        if self.extra:
            self._draw_extra(painter, place)
        for press, at_place in self._buttons(place):
            _draw_button(painter, at_place, press)

    def hit(self, at: QPointF, place: QRectF) -> str:
        for press, spot in self._buttons(place):
            if spot.contains(at):
                return press.hit
        if self.extra and self.box_at(place).contains(at):
            return self.extra[1].field
        return "undo" if self.link and self._on_link(at, place) else ""

    def _lines(self, room: float) -> list[list[Piece]]:
        pieces = (
            Piece(self.title, Role.SMALL_STRONG, self.tone),
            Piece(self.detail, Role.SMALL, Tone.INK2),
            Piece(str(self.link), Role.SMALL_STRONG, Tone.LINK),
        )
        return flowed(tuple(piece for piece in pieces if piece.text), int(room))

    def _draw_extra(self, painter: QPainter, place: QRectF) -> None:
        assert self.extra is not None
        label, value = self.extra
        frame = self.box_at(place)
        said = QRectF(place.left(), frame.top(), frame.left() - place.left(), BOX)
        if self._label_above():
            said = QRectF(place.left(), frame.top() - _LINE - 2, place.width(), _LINE)
        painting.text(painter, said, str(label), Role.SMALL, Tone.INK2)
        value.draw(painter, frame.adjusted(0, -(TOP - BOX) / 2, 0, 0), False)

    def _buttons(self, place: QRectF) -> Iterator[tuple[Press, QRectF]]:
        under = len(self._lines(place.width())) * _LINE + _EDGE + _GAP - 4
        under += (_GAP + BOX if self.extra else 0) + (_LINE if self._label_above() else 0)
        left = place.left()
        for press in self.presses:
            wide = theme.width(Role.SMALL_STRONG, str(press.text)) + 2 * _PAD
            wide += painting.key_width(press.key) + _GAP if press.key else 0
            yield press, QRectF(left, place.top() + under, wide, _BUTTON)
            left += wide + _GAP

    def _label_above(self) -> bool:
        """Whether the name of the field would leave too little room beside it."""
        return self.extra is not None and theme.width(Role.SMALL, str(self.extra[0])) > _LONGEST_LABEL

    def _on_link(self, at: QPointF, place: QRectF) -> bool:
        for number, line in enumerate(self._lines(place.width())):
            for left, piece in _placed(line):
                wide = theme.width(piece.role, piece.text)
                top = place.top() + _EDGE - 1 + number * _LINE
                spot = QRectF(place.left() + left, top, wide, _LINE)
                if piece.tone is Tone.LINK and spot.contains(at):
                    return True
        return False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one look."""

    text: str
    role: Role
    tone: Tone


def box_in(place: QRectF) -> QRectF:
    """The frame of a value in its cell, where it is typed into too."""
    return QRectF(place.left(), place.top() + (TOP - BOX) / 2, place.width(), BOX)


@lru_cache(maxsize=2_000)
def flowed(pieces: tuple[Piece, ...], room: int) -> list[list[Piece]]:
    """The pieces word by word in lines that fit the room; never without a line."""
    lines: list[list[Piece]] = [[]]
    left = 0.0
    for piece in pieces:
        for word in piece.text.split():
            wide = theme.width(piece.role, f"{word} ")
            if lines[-1] and left + theme.width(piece.role, word) > room:
                lines.append([])
                left = 0.0
            lines[-1].append(Piece(word, piece.role, piece.tone))
            left += wide
    return [_joined(line) for line in lines]


def _joined(line: Sequence[Piece]) -> list[Piece]:
    """Neighbouring words of one look as one piece."""
    joined: list[Piece] = []
    for piece in line:
        last = joined[-1] if joined else None
        if last is not None and (last.role, last.tone) == (piece.role, piece.tone):
            joined[-1] = Piece(f"{last.text} {piece.text}", piece.role, piece.tone)
        else:
            joined.append(piece)
    return joined


def _placed(line: Sequence[Piece]) -> Iterator[tuple[float, Piece]]:
    left = 0.0
    for piece in line:
        yield left, piece
        left += theme.width(piece.role, f"{piece.text} ")


def _spread(text: str, role: Role) -> float:
    shown = text.replace(SQUARE, "")
    return 5 * text.count(SQUARE) + theme.width(role, shown) + 2


def _draw_masked(painter: QPainter, place: QRectF, text: str, role: Role) -> None:
    """Squares as little boxes, the rest as text; one run after the other."""
    left, middle = place.left(), round(place.center().y()) - 1
    for run in _runs(text):
        if run[0] == SQUARE:
            for _ in run:
                painter.fillRect(QRectF(round(left), middle, 4, 4), theme.colour(Tone.INK2))
                left += 5
            left += 2
        else:
            room = QRectF(left, place.top(), place.right() - left, place.height())
            painting.text(painter, room, run, role, Tone.INK)
            left += theme.width(role, run)


def _runs(text: str) -> list[str]:
    runs: list[str] = []
    for letter in text:
        if runs and (runs[-1][0] == SQUARE) == (letter == SQUARE):
            runs[-1] += letter
        else:
            runs.append(letter)
    return runs


def _draw_button(painter: QPainter, place: QRectF, press: Press) -> None:
    radius = tokens().radius["control"]
    painting.box(painter, place, theme.colour(Tone.SURFACE), theme.colour(Tone.LINE2), radius)
    said = str(press.text)
    wide = theme.width(Role.SMALL_STRONG, said)
    spot = QRectF(place.left() + _PAD, place.top(), wide, place.height())
    painting.text(painter, spot, said, Role.SMALL_STRONG, Tone.INK)
    if press.key:
        top = place.top() + (_BUTTON - painting.KEY_HEIGHT) / 2
        painting.key_cap(painter, spot.right() + _GAP, top, press.key, Tone.INK2, Tone.LINE2, None)
