"""Every page in every state: no word is cut in any language, Tab reaches all, and one sees where one is.

BALAI_EVERY_STATE=1 goes over all states; without it over those in which most is shown and refused.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desktop import looking
from tests.desktop.screenshots import registry
from tests.desktop.screenshots.folders import Folders
from tests.desktop.screenshots.registry import Shot
from tests.desktop.screenshots.stage import USUAL, Stage
from ui.desktop.theme import Choice, Theme
from ui.desktop.widgets import painting
from ui.desktop.wording import use_language


@pytest.fixture(scope="module", params=registry.telling(), ids=str)
def stage(
    request: pytest.FixtureRequest, folders: Folders, look: Theme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """The window in one state of one page; all tests of a state look at the same."""
    shot: Shot = request.param
    made = Stage(folders, shot.state, look, tmp_path_factory.mktemp("stage") / "laptop")
    made.show(shot.page, shot.state)
    made.look_like(Choice.LIGHT, "id", USUAL)
    yield made
    made.strike()


def test_it_opens_with_the_focus_inside_and_no_window_of_its_own(stage: Stage) -> None:
    assert stage.strays == []
    assert stage.page.has_focus


@pytest.mark.parametrize("language", ["en", "xx"])
def test_no_word_is_cut_and_nothing_scrolls_sideways(
    stage: Stage, language: str, long_words: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    use_language(language)
    stage.settle()
    cut.clear()  # what was painted before everything had its place again
    stage.window.grab()
    told = looking.told_by_tables(stage.window)
    assert [said for said in cut if said not in told] == []
    assert looking.squeezed(stage.window) == []
    assert looking.sideways(stage.window) == []
    assert (stage.window.width(), stage.window.height()) == USUAL


def test_everything_has_a_name_and_tab_reaches_it(stage: Stage) -> None:
    wanted = looking.takes_focus(stage.window)
    assert [looking.called(widget) for widget in wanted if not widget.accessibleName()] == []
    reached = looking.walked(stage.window)
    assert [looking.called(widget) for widget in wanted if widget not in reached] == []


def test_one_sees_where_the_focus_is(stage: Stage) -> None:
    kinds = {(type(widget), widget.height()): widget for widget in looking.takes_focus(stage.window)}
    unseen = [widget for widget in kinds.values() if not looking.ringed(widget, stage.window)]
    assert [looking.called(widget) for widget in unseen] == []
