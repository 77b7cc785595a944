"""A window on a taught class's data folder, and what tests of pages look at in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.desktop.hands import settle
from tests.desktop.teaching import NOW, Taught
from ui.desktop.desk import Desk
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Theme
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.labels import Label
from ui.desktop.window import Window

Gone = list[tuple[str, tuple[object, ...]]]


def window_on(
    taught: Taught, look: Theme, folder: Path, qtbot: QtBot, key: str, *arguments: object
) -> Iterator[Window]:
    """The window in front, at this page, with everything read; closed at the end."""
    runner = Runner()
    runner.attach(taught.opened)
    runner.author = taught.me or None
    made = Window(Desk(runner, Preferences(folder), look, lambda: NOW))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin(key, *arguments)
    settle(qtbot, runner)
    yield made
    settle(qtbot, runner)
    runner.close()


def gone_to(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Gone:
    """Where the page wants to go, from now on; it stays where it is."""
    found: Gone = []
    monkeypatch.setattr(desk, "go", lambda key, *arguments: found.append((key, arguments)))
    return found


def seen(widget: QWidget) -> list[str]:
    """The texts on a widget that can be seen, without what makes parts of them strong."""
    return [
        label.accessibleName() or label.text() for label in widget.findChildren(Label) if label.isVisible()
    ]


def button(widget: QWidget, said: str) -> Button:
    """The button that can be seen with these words on it."""
    return next(b for b in widget.findChildren(Button) if b.accessibleName() == said and b.isVisible())


def cut_in(page: QWidget, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that do not fit their place when the page is drawn."""
    for _ in range(3):
        QApplication.processEvents()
    found: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", found.append)
    page.grab()
    return found


def beyond(page: QWidget) -> list[QWidget]:
    """What stands out over the right edge of the page."""
    shown = [w for w in page.findChildren(QWidget) if w.isVisible()]
    return [w for w in shown if w.mapTo(page, QPoint(w.width(), 0)).x() > page.width()]


def squeezed(page: QWidget) -> list[str]:
    """The buttons that got less room than they need."""
    shown = [made for made in page.findChildren(Button) if made.isVisible()]
    return [made.accessibleName() for made in shown if made.width() < made.sizeHint().width()]


def nameless(page: QWidget) -> list[QWidget]:
    """What takes the focus by Tab and has no name for a screen reader."""
    takers = [w for w in page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [w for w in takers if w.isVisible() and not w.accessibleName()]
