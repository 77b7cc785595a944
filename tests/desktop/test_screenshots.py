"""The pictures: every page has its states, each picture is small, and the same state gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.screenshots import drawing, registry
from tests.desktop.screenshots.folders import Folders
from ui.desktop.theme import Theme


def test_every_page_there_is_has_a_file_of_states() -> None:
    missing = set(registry.page_keys()) - set(registry.described())
    assert not missing, f"write tests/desktop/screenshots/states/<page>.py for {sorted(missing)}"


@pytest.mark.parametrize("page", registry.described())
def test_a_page_is_shown_filled_empty_refused_and_busy_or_says_why_not(page: str) -> None:
    names = [state.name for state in registry.states(page)]
    assert len(set(names)) == len(names)
    assert set(registry.EVERY) - set(names) - set(registry.without(page)) == set()


def test_the_same_state_gives_the_same_small_picture_twice(
    folders: Folders, look: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shot = registry.Shot("today", registry.states("today")[0])
    one = list(drawing.draw(shot, drawing.kept(shot, telling=True), folders, look, tmp_path / "one"))
    other = list(drawing.draw(shot, drawing.kept(shot, telling=True), folders, look, tmp_path / "other"))
    assert [file.name for file in one] == [file.name for file in other] and len(one) == 5
    assert [file.read_bytes() for file in one] == [file.read_bytes() for file in other]
    assert all(file.stat().st_size < 100_000 for file in one)
