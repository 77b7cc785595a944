"""Keys of the keyboard as pictures: caps, and the line at a page's foot that says what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets import painting
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, row
from ui.desktop.wording import Text


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """Keys and what they do. A key is its caption: "Enter", "Ctrl Z", "↑"."""

    keys: tuple[str, ...]
    does: Text


class KeyCaps(QWidget):
    """One or more keys side by side."""

    def __init__(self, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = tuple(keys)
        self._gap = 8 if painting.ARROWS.keys() & set(keys) else 3
        self.setAccessibleName(" ".join(keys))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        wide = sum(painting.key_width(key) for key in self._keys) + self._gap * (len(self._keys) - 1)
        return QSize(wide, painting.KEY_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            left = 0.0
            for key in self._keys:
                left += (
                    painting.key_cap(painter, left, 0, key, Tone.INK, Tone.LINE2, Tone.SURFACE) + self._gap
                )


class KeyLine(QWidget):
    """The line at the foot of a page: what its keys do."""

    def __init__(self, helps: Sequence[KeyHelp], icon: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        parts: list[Item] = [Icon("keyboard", Tone.INK2), 8] if icon else []
        for at, told in enumerate(helps):
            parts += [18] if at else []
            parts += [KeyCaps(told.keys), 8, Label(told.does, Role.SMALL, Tone.INK2)]
        self.setLayout(row(*parts, Grow()))
