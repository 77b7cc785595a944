"""Settings: how the window looks and locks, who works here, the data, and what this program is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages.settings_about import AboutTab
from ui.desktop.pages.settings_data import DataTab
from ui.desktop.pages.settings_general import GeneralTab
from ui.desktop.pages.settings_people import PeopleTab
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.layouts import Grow, column, scrolled
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.widgets.switches import Option, Tabs
from ui.desktop.wording import words

TABS = ("general", "people", "data", "about")


class SettingsPage(Page):
    """Four tabs; `go("settings", "people")` opens one of them."""

    watches = frozenset({"person", "pin"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.general, self.people = GeneralTab(desk), PeopleTab(desk)
        self.data, self.about = DataTab(desk), AboutTab(desk)
        self.tabs = Tabs([Option(key, words(f"settings-{key}")) for key in TABS])
        self.tabs.chosen.connect(self._on_tab_chosen)
        self._stack = QStackedWidget()
        shown: tuple[QWidget, ...] = (self.general, self.people, scrolled(self.data), self.about)
        for tab in shown:
            self._stack.addWidget(tab)
        head = PageHead(words("place-settings"))
        self.setLayout(column(head, 8, self.tabs, 18, Grow(self._stack), margins=(28, 20, 28, 14)))

    def shown(self, *arguments: object) -> None:
        for key in arguments:
            self.show_tab(str(key))
        self.general.show_chosen()
        self.about.tell()

    def refresh(self) -> None:
        self.general.show_chosen()
        self.people.read()

    def focus_first(self) -> None:
        self.tabs.focus()

    def escaped(self) -> bool:
        return self.people.escaped() or self.data.restore.close_ask()

    def keys(self) -> Sequence[KeyHelp]:
        return (KeyHelp(("←", "→"), words("settings-key-tabs")),)

    def show_tab(self, key: str) -> None:
        """Open a tab by its key."""
        if key in TABS:
            self.tabs.choose(key)
            self._stack.setCurrentIndex(TABS.index(key))

    def _on_tab_chosen(self, key: object) -> None:
        self.show_tab(str(key))


PAGE = SettingsPage
