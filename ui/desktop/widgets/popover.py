"""A card that points at something and says what is wrong with it; the only thing that has a shadow."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Hue, Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, clear, column, fill, row
from ui.desktop.wording import Text

_WIDE = 300
_GAP = 14


class Popover(QWidget):
    """A refusal in words beside the cell, with what can be done. It lies over `host` and takes no focus
    but by Tab, so that one goes on typing where one was; the page gives the focus to a `field` in it.
    """

    def __init__(self, host: QWidget, hue: Hue = Hue.RED) -> None:
        super().__init__(host)
        self._host, self._hue = host, hue
        self._title = Label("", Role.STRONG, hue.solid)
        self._said = Label("", Role.SMALL, wrap=True)
        self._field, self._buttons = row(), row(space=8)
        head = row(Icon("circle-alert", hue.solid), 8, self._title, Grow())
        parts = (head, 4, self._said, self._field, 8, self._buttons)
        self._body = column(*parts, margins=(16, 12, 16, 14))
        self.setLayout(self._body)
        shadow = QGraphicsDropShadowEffect(self, blurRadius=18, xOffset=0, yOffset=4)
        shadow.setColor(QColor(0, 0, 0, 50))
        self.setGraphicsEffect(shadow)
        self.hide()

    def point(
        self, at: QRect, title: Text, said: Text, *buttons: Button, field: QWidget | None = None
    ) -> None:
        """Appear beside `at` (in the host's coordinates), where there is room."""
        self._title.say(title)
        self._said.say(said)
        clear(self._field)
        clear(self._buttons)
        self._field.setContentsMargins(0, 0 if field is None else 6, 0, 0)
        if field is not None:
            fill(self._field, [field])
        fill(self._buttons, [*buttons, Grow()])
        self.setAccessibleName(f"{title}. {said}")
        wide = max(_WIDE, self._body.minimumSize().width())
        self.resize(wide, self._body.heightForWidth(wide))
        self._place(at)
        self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            surface, edge = theme.colour(Tone.SURFACE), theme.colour(self._hue.solid)
            painting.box(painter, self.rect(), surface, edge, tokens().radius["card"], width=2)

    def _place(self, at: QRect) -> None:
        left = at.right() + _GAP
        if left + self.width() > self._host.width():
            left = max(0, at.left() - _GAP - self.width())
        top = at.center().y() - self.height() // 2
        self.move(left, max(0, min(top, self._host.height() - self.height())))
