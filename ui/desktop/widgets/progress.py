"""How far something is: the thin bar, the bar of a tally, and the card of a long job that can be stopped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Hue, Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, column, row
from ui.desktop.wording import Text


def draw_bar(painter: QPainter, place: QRectF, share: float, ground: Tone = Tone.SUNKEN) -> None:
    """A bar filled to `share`, from 0 to 1."""
    radius = place.height() / 2
    painting.box(painter, place, theme.colour(ground), None, radius)
    if share > 0:
        filled = QRectF(place)
        filled.setWidth(max(place.height(), place.width() * min(share, 1)))
        painting.box(painter, filled, theme.colour(Tone.ACCENT), None, radius)


class Bar(QWidget):
    """A thin bar, as wide as its place; the words beside it are a label's."""

    def __init__(self, done: int = 0, total: int = 0, height: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(done, total)

    def show_step(self, done: int, total: int) -> None:
        """Fill it to done of total; nothing to do is an empty bar."""
        self._share = done / total if total else 0.0
        self.setAccessibleName(f"{done} / {total}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(150, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            draw_bar(painter, QRectF(self.rect()), self._share)


class TallyBar(QWidget):
    """How many of a whole are what: one piece of solid colour each, the rest empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[Hue, int]] = []
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[tuple[Hue, int]], total: int) -> None:
        """Pieces from left to right, each as long as its share of the total."""
        self._parts, self._total = list(parts), total
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(150, tokens().size["bar"])

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            place = QRectF(self.rect())
            painting.box(painter, place, theme.colour(Tone.SUNKEN), None, place.height() / 2)
            left = 0.0
            for hue, n in self._parts if self._total else []:
                wide = place.width() * n / self._total
                self._paint_piece(painter, QRectF(left, 0, wide, place.height()), hue)
                left += wide

    def _paint_piece(self, painter: QPainter, piece: QRectF, hue: Hue) -> None:
        if piece.width() <= 0:
            return
        painter.save()
        painter.setClipRect(piece.adjusted(0, 0, -1.5 if piece.right() < self.width() - 1 else 0, 0))
        painting.box(painter, self.rect(), theme.colour(hue.solid), None, self.height() / 2)
        painter.restore()


class Progress(Card):
    """A long job: what it is at, how long it may take, and the way to stop it.

    Signals:
        stopped: the person wants it to end.
    """

    stopped = Signal()

    def __init__(self, icon: str, stop: Text, parent: QWidget | None = None) -> None:
        super().__init__(marked=True, margins=(20, 12, 16, 12), parent=parent)
        self._at = Label("", Role.TITLE)
        self._left = Label("", Role.SMALL, Tone.INK2)
        self._bar = Bar(height=10)
        self.stop_button = Button(stop)
        self.stop_button.clicked.connect(self._on_stop_clicked)
        told = column(row(self._at, 12, Grow(), self._left), 6, self._bar)
        self.body.addLayout(row(Icon(icon, Tone.ACCENT, 24), 18, Grow(told), 18, self.stop_button))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_step(self, done: int, total: int, at: Text, left: Text = "") -> None:
        """`at` says where it is ("Mencetak lembar 7 dari 16"), `left` what is still to be known."""
        self._bar.show_step(done, total)
        self._at.say(at)
        self._left.say(left)
        self.setAccessibleName(str(at))

    def _on_stop_clicked(self) -> None:
        self.stop_button.setEnabled(False)
        self.stopped.emit()

    def begin(self) -> None:
        """Get ready for another job."""
        self.stop_button.setEnabled(True)
        self.show_step(0, 0, "")
