"""A page with a search field and a button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.inputs import SearchInput
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.layouts import Grow, column
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.wording import words


class TodayPage(Page):
    """Counts what it is told."""

    watches = frozenset({"session"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.refreshed = 0
        self.field = SearchInput(words("key-search"))
        self.button = Button(words("window-send"))
        self.setLayout(column(PageHead(words("place-today"), self.field), self.button, Grow()))

    def refresh(self) -> None:
        self.refreshed += 1

    def search(self) -> QWidget:
        return self.field

    def keys(self) -> Sequence[KeyHelp]:
        return (KeyHelp(("Enter",), words("window-send")),)

    def focus_first(self) -> None:
        self.button.setFocus()


PAGE = TodayPage
