"""Contrast AA of what is drawn: every text of whole pages in both themes, measured in pixels."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from tests.desktop import looking
from tests.desktop.screenshots import registry
from tests.desktop.screenshots.folders import Folders
from tests.desktop.screenshots.registry import Shot
from tests.desktop.screenshots.stage import USUAL, Stage
from ui.desktop.theme import Choice, Theme
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.chips import Chip
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.table import TableView

AA = 4.5
EDGES = 0.35
"""What the thin strokes of small letters lose where they fall between two pixels; the colours themselves
are held to AA by the test of tokens."""


@pytest.fixture(scope="module", params=registry.telling(names=()), ids=str)
def stage(
    request: pytest.FixtureRequest, folders: Folders, look: Theme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    shot: Shot = request.param
    made = Stage(folders, shot.state, look, tmp_path_factory.mktemp("contrast") / "laptop")
    made.show(shot.page, shot.state)
    yield made
    made.strike()


@pytest.mark.parametrize("theme", [Choice.LIGHT, Choice.DARK])
def test_every_text_stands_out_from_its_ground(stage: Stage, theme: Choice) -> None:
    stage.look_like(theme, "id", USUAL)
    picture = stage.window.grab().toImage()
    measured = {name: looking.contrast(picture, place) for name, place in _texts(stage.window)}
    assert len(measured) > 3
    assert {name: round(found, 2) for name, found in measured.items() if found < AA - EDGES} == {}


def _texts(window: QWidget) -> Iterator[tuple[str, QRect]]:
    """What bears words, by the role its name tells, and where; a disabled control is excepted by WCAG."""
    for child in looking.shown(window):
        place = QRect(child.mapTo(window, QPoint(0, 0)), child.size())
        if not child.visibleRegion().boundingRect().contains(child.rect()):
            continue
        if isinstance(child, TableView):
            yield from _cells(child, place.topLeft())
        elif isinstance(child, Label | Button | Chip) and child.isEnabled() and _says(child):
            yield looking.called(child), place.adjusted(3, 3, -3, -3)


def _says(child: QWidget) -> bool:
    return bool(child.text() if isinstance(child, Label) else child.accessibleName())


def _cells(table: TableView, corner: QPoint) -> Iterator[tuple[str, QRect]]:
    """The cells of the first rows: further down they look no other."""
    for row in range(min(8, table.rows.rowCount())):
        for at in range(table.rows.columnCount()):
            place = table.visualRect(table.rows.index(row, at)).translated(table.viewport().pos() + corner)
            if table.rows.row_at(row) is not None and place.height() > 8:
                words = table.rows.cell(row, at).words()
                if sum(map(str.isalnum, words)) > 1:  # a single thin letter has hardly a whole pixel
                    yield f"cell {at}: {words}", place.adjusted(6, 3, -6, -3)
