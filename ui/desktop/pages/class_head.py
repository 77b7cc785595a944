"""The head that all pages of one class share: where one is, its name, and the tabs between them."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.keys import ClassKey
from app.queries.classes import ClassRow
from ui.desktop import places
from ui.desktop.desk import Desk
from ui.desktop.widgets.layouts import column
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.widgets.switches import Option, Tabs
from ui.desktop.wording import Text, words

TABS = (
    "class_schedule",
    "class_participants",
    "class_attendance",
    "progress",
    "completion",
    "class_certificates",
)


class ClassHead(QWidget):
    """Crumbs, title and tabs; a tab goes to that page of the same class."""

    def __init__(self, desk: Desk, here: str, *right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._here = desk, here
        self._key: ClassKey | None = None
        self._head = PageHead("", *right)
        self._head.crumb.connect(self._on_head_crumb)
        known = [key for key in TABS if key == here or places.exists(key)]
        self.tabs = Tabs([Option(key, words(f"class-tab-{key.replace('_', '-')}")) for key in known])
        self.tabs.choose(here)
        self.tabs.chosen.connect(self._on_tabs_chosen)
        self.setLayout(column(self._head, 4, self.tabs))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def open(self, key: ClassKey) -> None:
        """It is this class, of which nothing has been read yet."""
        self._key = key
        self._head.say(key.code, (words("place-classes"), key.code))

    def show_class(self, row: ClassRow) -> None:
        """Say its title and intake."""
        self._key = row.key
        self._head.say(class_title(row), (words("place-classes"), row.key.code))

    def _on_head_crumb(self, at: int) -> None:
        if at == 0:
            self._desk.go("classes")

    def _on_tabs_chosen(self, key: str) -> None:
        self.tabs.choose(self._here)  # the page is kept, and is found with its own tab when one comes back
        if key != self._here:
            self._desk.go(key, self._key)


def class_title(row: ClassRow) -> Text:
    """Title and intake: Kewirausahaan UMK, Angkatan IX."""
    if not row.intake or row.intake.casefold() in row.title.casefold().split():
        return row.title
    return words("class-title", title=row.title, intake=row.intake)
