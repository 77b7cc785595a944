"""What a page is: a widget with a name, told when it is shown, when it is left and when tables changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QWidget

from ui.desktop.answers import EVERYTHING
from ui.desktop.desk import Desk
from ui.desktop.widgets.empty import EmptyState
from ui.desktop.widgets.keys import KeyHelp


class Page(QWidget):
    """One screen. A subclass builds its widgets in `__init__`, after ours, and overrides what it needs.

    It lives in ui/desktop/pages/<key>.py, which ends with `PAGE = <the class>`; it is imported and made when
    one goes there for the first time, and kept.

    `place` is the key of the rail's place it belongs to. `bare` pages (sign-in, set-up) stand without rail
    and footer. `watches` are the tables whose changes it wants to hear of; it hears of them only while
    shown, and once when it is shown again.
    """

    place: ClassVar[str] = ""
    bare: ClassVar[bool] = False
    watches: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._stale, self._settling = True, False

    def shown(self, *arguments: object) -> None:
        """The page is in front, with what `go` was given; ask for its rows here or in `refresh`."""

    def left(self) -> bool:
        """The page is about to be left; False keeps it (with what is unfinished said on it)."""
        return True

    def refresh(self) -> None:
        """A table it watches has changed, or it is shown: read again what it shows."""

    def search(self) -> QWidget | None:
        """The field that "/" goes to; None where there is nothing to search."""
        return None

    def keys(self) -> Sequence[KeyHelp]:
        """Its keys, for the page that F1 shows."""
        return ()

    def focus_first(self) -> None:
        """Put the focus where work begins: by default on what an empty page says to do first, else on the
        first widget that takes it, and never on what is around the page."""
        empty = next((found for found in self.findChildren(EmptyState) if found.isVisible()), None)
        # Not by nextInFocusChain: PySide makes what that returns a child of the widget it was asked of, so
        # that the window seems gone with its page, and what is done with it afterwards ends the program.
        for found in (empty or self).findChildren(QWidget):
            if _takes_focus(found):
                found.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_focus(self) -> bool:
        """Whether the window's focus is on it or in it, also while the window is behind others."""
        at = self.window().focusWidget()
        return at is not None and at.isVisible() and (at is self or self.isAncestorOf(at))

    def take_focus(self) -> None:
        """Put the focus where the page wants it, or if that is not there on the first that takes it; and
        again when what it waits for is there, if the focus has been lost by then."""
        self._settling = True
        self.focus_first()
        if not self.has_focus:
            Page.focus_first(self)

    def settled(self) -> None:
        """All that was asked for has been answered; what of it takes the focus is shown a moment later."""
        if self._settling:
            self._settling = False
            QTimer.singleShot(0, self, self._on_focus_due)

    def _on_focus_due(self) -> None:
        if self.isVisible() and not self.has_focus:
            self.focus_first()
        if self.isVisible() and not self.has_focus:
            Page.focus_first(self)

    def escaped(self) -> bool:
        """Esc was pressed: close what is open and say True; False goes back a page."""
        return False

    def hear(self, changed: frozenset[str]) -> None:
        """The window tells of changed tables."""
        if changed is not EVERYTHING and "*" not in changed and not changed & self.watches:
            return
        self._stale = True
        if self.isVisible():
            self.catch_up()

    def catch_up(self) -> None:
        """Refresh if there was a reason to since the last time."""
        if self._stale:
            self._stale = False
            self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.hear(EVERYTHING)


def _takes_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled()
