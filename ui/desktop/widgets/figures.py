"""A number that matters, large, with what it counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Put, column
from ui.desktop.wording import Text


class Figure(QWidget):
    """A number over its caption: quiet words, or a chip. `big` is the 44 px figure, at the left."""

    def __init__(
        self, value: Text, caption: Text | ChipLook, big: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._value = Label(value, Role.FIGURE if big else Role.PAGE)
        edge = Qt.AlignmentFlag.AlignLeft if big else Qt.AlignmentFlag.AlignHCenter
        under = Chip(caption) if isinstance(caption, ChipLook) else Label(caption, Role.SMALL, Tone.INK2)
        self.setLayout(column(Put(self._value, edge), 2, Put(under, edge)))
        self._caption = caption.text if isinstance(caption, ChipLook) else caption
        self.say(value)

    def say(self, value: Text) -> None:
        """Show this number instead."""
        self._value.say(value)
        self.setAccessibleName(f"{value} {self._caption}")
