"""A window on a taught class's data folder, and what tests of pages look at in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.desktop.hands import settle
from tests.desktop.teaching import NOW, Taught
from ui.desktop.desk import Desk
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Theme
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
