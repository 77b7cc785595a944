"""One place for what a page usually shows, and what it shows instead: a skeleton, a refusal, nothing yet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.desktop.widgets.layouts import Grow, Item, column, widget


class Instead(QWidget):
    """Shows `usual`, or something else in its place."""

    def __init__(self, usual: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = usual
        self._other = widget(column())
        self._place = column(Grow(usual), Grow(self._other))
        self.setLayout(self._place)
        self.put()

    def put(self, *other: Item) -> None:
        """Show these in the place of the usual; with nothing, the usual again."""
        gone, self._other = self._other, widget(column(*other))
        self._place.replaceWidget(gone, self._other)
        gone.hide()
        gone.deleteLater()
        self._other.setVisible(bool(other))
        self._usual.setVisible(not other)
