"""A real application in Balai's own look, and a real database behind a real runner."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import wording
from app.storage import workplace
from app.storage.workplace import Workplace
from tests.desktop.hands import Hands
from tests.desktop.screenshots.folders import Folders
from tests.support.laptop import CENTRE, Office
from ui.desktop import theme
from ui.desktop import wording as window_wording
from ui.desktop.desk import Desk
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Choice, Theme
from ui.desktop.window import Window

NOW = datetime(2026, 11, 24, 4, 24, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen screen complains of what it cannot do; that is no fault of ours."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Theme:
    """The application in the light theme, with its fonts."""
    theme.load_fonts()
    return Theme(qapp, Choice.LIGHT)


@pytest.fixture(autouse=True)
def _as_people_find_it(look: Theme) -> Iterator[None]:
    """Light and Indonesian before and after every test."""
    yield
    look.choose(Choice.LIGHT)
    window_wording.use_language("id")


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of a centre's laptop as setting it up leaves it; tests work on copies."""
    folder = tmp_path_factory.mktemp("set-up")
    identity = Office(folder).laptop().identity
    made, _ = workplace.create(folder / "data", identity, CENTRE, None, lambda store: None)
    made.close()
    return folder / "data"


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """The made-up data of the pictures, built once; what is staged on it works on copies."""
    return Folders(tmp_path_factory.mktemp("folders"))


@pytest.fixture
def opened(set_up: Path, tmp_path: Path) -> Workplace:
    """An open data folder of a centre's laptop."""
    shutil.copytree(set_up, tmp_path / "data")
    return workplace.open_folder(tmp_path / "data")


@pytest.fixture
def runner(opened: Workplace, qtbot: QtBot) -> Iterator[Runner]:
    """A runner on that folder; closed at the end, with everything answered."""
    made = Runner()
    made.attach(opened)
    yield made
    if made.waiting:
        with qtbot.waitSignal(made.idle):
            pass
    made.close()


@pytest.fixture
def desk(runner: Runner, look: Theme, tmp_path: Path) -> Desk:
    """What a page is given."""
    return Desk(runner, Preferences(tmp_path), look, lambda: NOW)


@pytest.fixture
def hands(window: Window, qtbot: QtBot) -> Hands:
    """Whoever sits before the `window` that a module of tests opens."""
    return Hands(window, qtbot)


@pytest.fixture
def long_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sentence of ours 40 % longer, to see that nothing is cut: use_language("xx")."""
    known = {code: {**texts, "xx": _longer(texts["id"])} for code, texts in wording.sentences().items()}
    monkeypatch.setattr(wording, "sentences", lambda: known)
    show = wording._show  # days are said in a language that there is
    monkeypatch.setattr(wording, "_show", lambda fact, tongue: show(fact, "id" if tongue == "xx" else tongue))


def _longer(sentence: str | Mapping[str, str]) -> str:
    """Each word ends with its own beginning again; what is to be filled in stays."""
    longer = []
    for text, name, _, _ in Formatter().parse(wording.forms(sentence)[-1]):
        longer.append(" ".join(word + word[: ceil(len(word) * 0.4)] for word in text.split(" ")))
        longer.append("" if name is None else f"{{{name}}}")
    return "".join(longer)
