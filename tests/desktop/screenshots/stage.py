"""The whole window on a copy of made-up data, brought to a state of one page: for pictures and for tests."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy.orm import Session

from app.actions import classes
from app.domain.keys import ClassKey
from app.domain.timetable import SessionPlan
from app.queries import persons
from app.storage import workplace
from app.wording import LANGUAGES
from tests.desktop.hands import Hands
from tests.desktop.screenshots import sample
from tests.desktop.screenshots.folders import Data as Data
from tests.desktop.screenshots.folders import Folders
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
_SOON_MS = 400
_HELD_MS = 30  # what a window shows that waits, it shows by then


@dataclass(frozen=True, slots=True)
class State:
    """One picture of a page.

    `opened`: what the page is opened for, from the sample. `then`: what a person does next. `held`: nothing
    is answered from then on ("database", "network"), so that the page shows itself waiting; before `then`
    where `held_before` is False. `short`: also drawn in the height that is left on small laptops. `author`:
    who is signed in, by login.
    """

    name: str
    opened: Callable[[Stage], tuple[object, ...]] = lambda stage: ()
    then: Callable[[Stage], object] | None = None
    data: Data = Data.SAMPLE
    held: str = ""
    held_before: bool = True
    short: bool = False
    author: str = "nurlaila"


class _Strays(QObject):
    """Notes widgets that open a window of their own: shown before they had a place, they take the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(f"{type(watched).__name__} {watched.accessibleName()!r}")
        return False


class Stage:
    """A window with somebody signed in, on a copy of a data folder, at the sample's afternoon."""

    def __init__(self, folders: Folders, state: State, look: Theme, at: Path) -> None:
        data = state.data
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
        if data is Data.NOTHING:
            at.mkdir()
        else:
            self._open(self.sample.folder, at, state.author)
        self.window.show()
        self.window.activateWindow()
        self._strays = _Strays()
        QApplication.instance().installEventFilter(self._strays)  # type: ignore[union-attr]  # there is one

    @property
    def page(self) -> Any:
        """The page in front, whichever it is: states reach into their own."""
        assert isinstance(self.window.page, Page)
        return self.window.page

    @property
    def strays(self) -> list[str]:
        """Which widgets opened a window of their own, which none may."""
        return self._strays.names

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

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Change the data before the page is opened, as whoever is signed in."""
        with self._workplace.store.write(self.sample.author) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look into the data."""
        with self._workplace.store.read() as session:
            yield session

    def class_without_people(self) -> ClassKey:
        """A new class with ten sessions and nobody in it."""
        with self.writing() as session:
            key = classes.create(
                session, code="KWU-11/2026", title="Kewirausahaan UMK, Angkatan XI", programme="KWU",
                version=1, first_day=sample.TODAY, last_day=sample.TODAY + timedelta(days=9), intake="XI",
                room="Aula 2", instructors=(self.sample.author,),
            )  # fmt: skip
            days = [sample.TODAY + timedelta(days=n) for n in range(10)]
            classes.schedule(session, key, [SessionPlan(day, 510, 690, 4) for day in days])
        return key

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
            self._await_timers()
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

    def strike(self) -> None:
        """Close it all."""
        QApplication.instance().removeEventFilter(self._strays)  # type: ignore[union-attr]  # as above
        self._going_on.set()
        self.desk.background.close()
        self._await_idle()
        self.window.close()
        self.runner.close()
        use_language(LANGUAGES[0])
        self.window.deleteLater()
        # No loop returns here that would delete it, and a window left over hears of every theme and language.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _await_idle(self) -> None:
        if not self._going_on.is_set():
            self._turn(_HELD_MS)
            return
        deadline = QDeadlineTimer(LONGEST_MS)
        while self.runner.waiting:
            assert not deadline.hasExpired(), "the window still waits for an answer"
            loop = QEventLoop()
            self.runner.idle.connect(loop.quit)
            QTimer.singleShot(LONGEST_MS, loop, loop.quit)
            loop.exec()

    def _await_timers(self) -> None:
        """What a page does a moment later, so that it need not for each of many keys."""
        soon = [timer for timer in self.window.findChildren(QTimer) if _is_soon(timer)]
        if soon:
            self._turn(max(timer.remainingTime() for timer in soon) + 1)

    def _turn(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop, loop.quit)
        loop.exec()

    def _wait(self, _: Work) -> None:
        self._going_on.wait()

    def _open(self, source: Path, at: Path, login: str) -> None:
        shutil.copytree(source, at)
        clock = sample.SetClock()
        clock.at(sample.NOW.date(), sample.NOW.hour, sample.NOW.minute)
        self._workplace = workplace.open_folder(at, clock)
        self.runner.attach(self._workplace)
        with self.reading() as session:
            person = persons.with_login(session, login)
        self.runner.author = person.id
        self.desk.signed_in.emit(person.name, words(f"role-{person.role}"))
        self.desk.named.emit("BPVP Ternate")
        self._truth.refresh()


def _is_soon(timer: QTimer) -> bool:
    return timer.isActive() and timer.isSingleShot() and timer.interval() <= _SOON_MS
