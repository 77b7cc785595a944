"""Cards that hold what belongs together, and the hairlines between things."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.layouts import Item, Margins, column


class Card(QWidget):
    """A surface with a border and round corners, and a column of things on it (`body`).

    `marked` draws the 2 px accent border of the one card that is now; `firm` the border of a control.
    """

    def __init__(
        self,
        *items: Item,
        space: int = 0,
        margins: Margins = (18, 16, 18, 16),
        marked: bool = False,
        firm: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._marked, self._firm, self._focused = marked, firm, False
        self.body: QVBoxLayout = column(*items, space=space, margins=margins)
        self.setLayout(self.body)

    def mark(self, marked: bool, focused: bool = False) -> None:
        """Draw the accent border, or not any more; one pixel wider while the focus is there."""
        self._marked, self._focused = marked, focused
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        border = Tone.ACCENT if self._marked else Tone.LINE2 if self._firm else Tone.LINE
        with painting.painting(self) as painter:
            painting.box(
                painter,
                self.rect(),
                theme.colour(Tone.SURFACE),
                theme.colour(border),
                tokens().radius["card"],
                width=(2 if self._marked else 1) + self._focused,
            )


class Rule(QWidget):
    """A line one pixel thick, level unless `upright`."""

    def __init__(self, upright: bool = False, tone: Tone = Tone.LINE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        grow, stay = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(stay if upright else grow, grow if upright else stay)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour(self._tone))
