"""A page that is opened for something and may not want to be left."""

from __future__ import annotations

from ui.desktop.page import Page


class ClassesPage(Page):
    """Remembers what it was opened for."""

    arguments: tuple[object, ...] = ()
    unfinished = False

    def shown(self, *arguments: object) -> None:
        self.arguments = arguments

    def left(self) -> bool:
        return not self.unfinished


PAGE = ClassesPage
