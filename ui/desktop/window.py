"""The window: rail, pages and footer, the way between pages, and the keys that hold everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.desktop import dropping, places
from ui.desktop.desk import Desk
from ui.desktop.failures import Failures, Report
from ui.desktop.page import Page
from ui.desktop.tokens import Tone
from ui.desktop.widgets.footer import Footer
from ui.desktop.widgets.layouts import Grow, column, row, widget
from ui.desktop.widgets.notices import Notice
from ui.desktop.widgets.rail import Rail
from ui.desktop.wording import Text, words

if TYPE_CHECKING:
    from ui.desktop.overlays import FailurePage, KeysOverlay

Over = TypeVar("Over", bound=QWidget)
SMALLEST = (1024, 600)
FIRST = (1366, 768)
_DEEPEST = 50  # pages one can go back


@dataclass(frozen=True, slots=True)
class _Visit:
    """A page with what it was opened for."""

    key: str
    arguments: tuple[object, ...]


class Window(QWidget):
    """Everything one sees. Pages are imported and made when one first goes to them, and kept."""

    def __init__(self, desk: Desk, failures: Failures | None = None) -> None:
        super().__init__()
        self.desk = desk
        self._pages: dict[str, Page] = {}
        self._visits: list[_Visit] = []
        self._locked: list[_Visit] = []
        self._over: list[QWidget] = []
        self._centre = ""
        self._notes: dict[str, int] = {}
        self._person: tuple[str, Text] = ("", "")
        self.footer = Footer()
        self.notice = Notice()
        self._stack = QStackedWidget()
        foot = widget(row(self.notice, margins=(28, 0, 28, 10)))
        self.notice.gone.connect(foot.hide)
        self._foot = foot
        foot.hide()
        self.footer.hide()  # it comes with the first page that has one
        self._row = row(Grow(column(Grow(self._stack), foot, self.footer)))
        self.setLayout(self._row)
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self._listen(failures)
        self._title()
        self._restore()

    @property
    def page(self) -> Page | None:
        """The page in front."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    @cached_property
    def rail(self) -> Rail:
        """The rail, made for the first page that has one: the sign-in page has not, and comes first."""
        made = Rail(places.places())
        made.chosen.connect(self.go)
        made.locked.connect(self.lock)
        made.centre(self._centre)
        made.person.show_person(*self._person)
        for key, n in self._notes.items():
            made.badge(key, n)
        self._row.insertWidget(0, made)
        return made

    @cached_property
    def keys(self) -> KeysOverlay:
        """What F1 shows."""
        from ui.desktop.overlays import KeysOverlay  # seldom needed, so not at every start

        return self._overlay(KeysOverlay(self._stack))

    @cached_property
    def failure(self) -> FailurePage:
        """What is shown after an error of ours."""
        from ui.desktop.overlays import FailurePage  # as above

        return self._overlay(FailurePage(self._stack))

    def go(self, key: str, *arguments: object) -> None:
        """Open a page, keeping the way back. One that will not be left stays; a missing one is told."""
        if not places.exists(key):
            self.tell(words("window-no-page"))
            return
        if self.page is not None and not self.page.left():
            return
        visit = _Visit(key, arguments)
        if not self._visits or self._visits[-1] != visit:
            self._visits = [*self._visits, visit][-_DEEPEST:]
        self._show(visit)

    def back(self) -> None:
        """Go back to the page before, if there is one."""
        if len(self._visits) < 2 or (self.page is not None and not self.page.left()):
            return
        self._visits.pop()
        self._show(self._visits[-1])

    def begin(self, key: str, *arguments: object) -> None:
        """Open a page with no way back, whatever the one in front holds: locking must not wait for it."""
        self._visits, self._locked = [_Visit(key, arguments)], []
        self._show(self._visits[0])

    def lock(self) -> None:
        """Show the sign-in page alone; what is open stays as it is behind it."""
        if places.exists("sign_in") and self.page is not None and not self.page.bare:
            visits = self._visits
            self.begin("sign_in")
            self._locked = visits

    def unlock(self, same: bool) -> None:
        """Show again what was open when the window was locked, as it was left, to the `same` person; to
        anybody else the first place."""
        if not (same and self._locked):
            self.begin(places.places()[0].key)
            return
        self._visits, self._locked = self._locked, []
        self._front(self._page(self._visits[-1].key), self._visits[-1])

    def tell(self, text: Text, undo: Callable[[], object] | None = None) -> None:
        """Say something at the foot of the page."""
        self._foot.show()
        self.notice.tell(text, undo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that whatever has the focus did not want."""
        if event.text() == "/" and self._go_search():
            return
        if event.key() == Qt.Key.Key_Escape:
            if self.page is None or not self.page.escaped():
                self.back()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file that some page takes may be let fall anywhere, once somebody has signed in."""
        if self._signed_in and dropping.dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = dropping.dropped(event.mimeData()) if self._signed_in else None
        if file is not None:
            event.acceptProposedAction()
            self.go(*dropping.wanted(file, self._visits[-1].arguments))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._title()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.page is not None and not self.page.left():
            event.ignore()
            return
        self.desk.preferences.geometry = self.saveGeometry()
        self.desk.preferences.save()
        super().closeEvent(event)

    def _listen(self, failures: Failures | None) -> None:
        desk = self.desk
        desk.wanted.connect(self._on_desk_wanted)
        desk.begun.connect(self._on_desk_begun)
        desk.returned.connect(self.back)
        desk.locked.connect(self.lock)
        desk.unlocked.connect(self.unlock)
        desk.stood.connect(self._on_desk_stood)
        desk.said.connect(self.tell)
        desk.signed_in.connect(self._on_desk_signed_in)
        desk.named.connect(self._on_desk_named)
        desk.noted.connect(self._on_desk_noted)
        desk.runner.troubled.connect(desk.tell_trouble)
        desk.runner.changed.connect(self._on_runner_changed)
        desk.runner.idle.connect(self._on_runner_idle)
        self.footer.sent.connect(self._send)
        if failures is not None:
            failures.happened.connect(self._on_failure)
        for keys, slot in (("F9", self._send), ("F1", self._help), ("Alt+Left", self.back)):
            QShortcut(QKeySequence(keys), self, slot)

    def _overlay(self, made: Over) -> Over:
        self._over.append(made)
        return made

    def _show(self, visit: _Visit) -> None:
        page = self._page(visit.key)
        self._front(page, visit, lambda: page.shown(*visit.arguments))

    def _front(self, page: Page, visit: _Visit, told: Callable[[], object] = lambda: None) -> None:
        for over in self._over:
            over.hide()
        self.notice.dismiss()
        self.footer.setVisible(not page.bare)
        if not page.bare or self._has_rail:
            self.rail.setVisible(not page.bare)
            self.rail.select(page.place or visit.key)
        self._stack.setCurrentWidget(page)
        told()
        page.catch_up()
        page.take_focus()

    def _on_runner_idle(self) -> None:
        if self.page is not None:
            self.page.settled()

    def _page(self, key: str) -> Page:
        if key not in self._pages:
            self._pages[key] = places.page(key)(self.desk)
            self._stack.addWidget(self._pages[key])
        return self._pages[key]

    def _go_search(self) -> bool:
        field = None if self.page is None else self.page.search()
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return field is not None

    def _help(self) -> None:
        if self.keys.isVisible():
            self.keys.close_over()
        else:
            self.keys.tell(() if self.page is None else self.page.keys())

    def _send(self) -> None:
        if places.exists("sync") and self.page is not None and not self.page.bare:
            self.go("sync", "send")

    def _title(self) -> None:
        self.setWindowTitle(str(words("window-title")))

    def _restore(self) -> None:
        kept = self.desk.preferences.geometry
        if kept is None or not self.restoreGeometry(kept):
            self.resize(*FIRST)

    def _on_desk_wanted(self, key: str, arguments: tuple[object, ...]) -> None:
        self.go(key, *arguments)

    def _on_desk_begun(self, key: str, arguments: tuple[object, ...]) -> None:
        self.begin(key, *arguments)

    @property
    def _signed_in(self) -> bool:
        return self.page is not None and not self.page.bare

    @property
    def _has_rail(self) -> bool:
        return "rail" in self.__dict__

    def _on_desk_signed_in(self, name: str, does: Text) -> None:
        self._person = name, does
        if self._has_rail:
            self.rail.person.show_person(name, does)

    def _on_desk_named(self, centre: str) -> None:
        self._centre = centre
        if self._has_rail:
            self.rail.centre(centre)

    def _on_desk_noted(self, key: str, n: int) -> None:
        """Kept for a rail that is not there yet: beside the sign-in page there must be none."""
        self._notes[key] = n
        if self._has_rail:
            self.rail.badge(key, n)

    def _on_desk_stood(self, truth: Text, link: Text, icon: str, well: bool) -> None:
        self.footer.tell(truth, link, icon, Tone.GREEN if well else Tone.INK2)

    def _on_runner_changed(self, changed: frozenset[str]) -> None:
        for page in self._pages.values():
            page.hear(changed)

    def _on_failure(self, report: Report) -> None:
        self.failure.tell(report)
