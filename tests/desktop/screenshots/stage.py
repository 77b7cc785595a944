"""The whole window on a copy of made-up data, brought to a state of one page: for pictures and for tests."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.storage import workplace
from app.wording import LANGUAGES
from tests.desktop.hands import Hands
from tests.desktop.screenshots import sample
from tests.desktop.screenshots.sample import Sample
from ui.desktop.desk import Desk
from ui.desktop.footer_truth import FooterTruth
from ui.desktop.page import Page
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Choice, Theme
from ui.desktop.window import Window
from ui.desktop.wording import use_language, words
from ui.desktop.work import Work

USUAL, SHORT, LARGE = (1366, 768), (1366, 690), (1920, 1080)
LONGEST_MS = 20_000


class Data(StrEnum):
    """Which data folder a state stands on."""

    SAMPLE = "sample"
    EMPTY = "empty"
    CROWD = "crowd"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Folders:
    """The data folders, built once and copied for each state, and what is in them."""

    root: Path
    sample: Sample
    first_day: Sample
    crowd: Sample

    def of(self, data: Data) -> Sample:
        """What a state on this data is given."""
        return {Data.CROWD: self.crowd, Data.EMPTY: self.first_day}.get(data, self.sample)


@dataclass(frozen=True, slots=True)
class State:
    """One picture of a page.

    `opened`: what the page is opened for, from the sample. `then`: what a person does next. `held`: nothing
    is answered from then on ("database", "network"), so that the page shows itself waiting; before `then`
    where `held_before` is False. `short`: also drawn in the height that is left on small laptops.
    """

    name: str
    opened: Callable[[Stage], tuple[object, ...]] = lambda stage: ()
    then: Callable[[Stage], object] | None = None
    data: Data = Data.SAMPLE
    held: str = ""
    held_before: bool = True
    short: bool = False


class Stage:
    """A window with somebody signed in, on a copy of a data folder, at the sample's afternoon."""

    def __init__(self, folders: Folders, data: Data, look: Theme, at: Path) -> None:
        self.sample, self.folder = folders.of(data), at
        self.look = look
        self.runner = Runner()
        self.desk = Desk(self.runner, Preferences(at.with_suffix(".looks")), look, lambda: sample.NOW)
        self.desk.preferences.theme = Choice.LIGHT
        self.window = Window(self.desk)
        self._truth = FooterTruth(self.desk)
        self._truth._settle.setInterval(0)
        self._going_on = threading.Event()
        self._going_on.set()
        # Hands wait by a test's own means, which there is none of here; `settle` waits instead.
        self.hands = Hands(self.window, None)  # type: ignore[arg-type]
        if data is not Data.NOTHING:
            self._open(folders.root / data, at)
        self.window.show()
        self.window.activateWindow()

    @property
    def page(self) -> Any:
        """The page in front, whichever it is: states reach into their own."""
        assert isinstance(self.window.page, Page)
        return self.window.page

    def show(self, key: str, state: State) -> None:
        """Bring the window into this state of this page."""
        if state.held and state.held_before:
            self.hold(state.held)
        self.window.begin(key, *state.opened(self))
        self.settle()
        if state.held and not state.held_before:
            self.hold(state.held)
        if state.then is not None:
            state.then(self)
            self.settle()

    def look_like(self, choice: Choice, language: str, size: tuple[int, int]) -> None:
        """Change theme, language and size while it runs, as a person may."""
        self.look.choose(choice)
        use_language(language)
        self.window.resize(*size)
        self.settle()

    def hold(self, lane: str) -> None:
        """Let a lane answer nothing until the stage is struck."""
        self._going_on.clear()
        self.runner.work(self._wait, network=lane == "network")

    def press(self, *keys: str) -> None:
        """Keys one after the other into whatever has the focus, with the answers awaited."""
        self.hands.press(*keys)
        self.settle()

    def settle(self) -> None:
        """Wait until everything that was asked for has been answered, and everything is in its place."""
        application = QApplication.instance()
        assert application is not None
        for _ in range(4):
            self._await_idle()
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

    def strike(self) -> None:
        """Close it all."""
        self._going_on.set()
        self.desk.background.close()
        self._await_idle()
        self.window.close()
        self.runner.close()
        self.window.deleteLater()
        use_language(LANGUAGES[0])
        QApplication.processEvents()

    def _await_idle(self) -> None:
        if not self._going_on.is_set() or not self.runner.waiting:
            self._turn(30 if not self._going_on.is_set() else 0)
            return
        loop = QEventLoop()
        self.runner.idle.connect(loop.quit)
        QTimer.singleShot(LONGEST_MS, loop, loop.quit)
        loop.exec()
        assert not self.runner.waiting, "the window still waits for an answer"

    def _turn(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop, loop.quit)
        loop.exec()

    def _wait(self, _: Work) -> None:
        self._going_on.wait()

    def _open(self, source: Path, at: Path) -> None:
        shutil.copytree(source, at)
        clock = sample.SetClock()
        clock.at(sample.NOW.date(), sample.NOW.hour, sample.NOW.minute)
        self.runner.attach(workplace.open_folder(at, clock))
        self.runner.author = self.sample.author
        self.desk.signed_in.emit("Nurlaila Hamid", words("role-instructor"))
        self.desk.named.emit("BPVP Ternate")
        self._truth.refresh()
