"""Progress: scores with one below the pass mark, one refused, one changed with a reason, pasted ones."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.desktop.screenshots.stage import Stage, State
from ui.desktop.widgets.grid import GridTable


def _running(stage: Stage) -> tuple[object, ...]:
    return (stage.sample.running,)


def _type(stage: Stage, down: int, along: int, text: str) -> None:
    table: GridTable = stage.page.grid.table
    table.select(stage.sample.people[down], along)
    table.edit(table.currentIndex())
    editor = table.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def _paste(stage: Stage) -> None:
    QGuiApplication.clipboard().setText("85\n7o\n91\n64\n120\n")
    stage.page.grid.table.select(stage.sample.people[9], 8)
    stage.page.paste()


STATES = (
    State("filled", _running, short=True),
    State("error", _running, lambda stage: _type(stage, 8, 7, "870")),
    State("reason", _running, lambda stage: _type(stage, 3, 3, "91")),
    State("paste", _running, _paste),
    State("empty", lambda stage: (stage.class_without_people(),)),
    State("busy", _running, held="database"),
)
