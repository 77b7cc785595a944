"""Lines of a card: an icon, a title, a sentence and a verb; with it checklists and what waits are made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.icon import Icon, Tile
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, Margins, Put, column, row
from ui.desktop.wording import Text


class Line(QWidget):
    """An icon (on a tile when `tiled`), a title, a quiet sentence under it, and a widget at the end."""

    def __init__(
        self,
        icon: str,
        hue: Hue,
        title: Text,
        detail: Text = "",
        action: QWidget | None = None,
        tiled: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        top, middle = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
        picture = Tile(icon, hue) if tiled else Icon(icon, hue.solid, 20)
        said: list[Item] = [Label(title, Role.STRONG, wrap=True)]
        if detail:
            said += [Label(detail, Role.SMALL, Tone.INK2, wrap=True)]
        parts: list[Item] = [Put(picture, middle if tiled else top), 12, Grow(column(*said))]
        if action is not None:
            parts += [12, Put(action, middle if tiled else top)]
        self.setLayout(row(*parts))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"{title}. {detail}")


def ruled(*items: QWidget, above: int = 13) -> list[Item]:
    """The items with a hairline between each two, `above` px from both."""
    found: list[Item] = []
    for at, item in enumerate(items):
        found += [above, Rule(), above] if at else []
        found.append(item)
    return found


def list_card(*items: QWidget, margins: Margins = (16, 16, 16, 16)) -> Card:
    """A card of lines with hairlines between them."""
    return Card(*ruled(*items), margins=margins)
