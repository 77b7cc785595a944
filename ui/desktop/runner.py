"""The one door off the window's thread: reads, writes and long work go through it, answers come back.

    runner.read(classes.listed, then=self._show)                 a query with its arguments
    runner.write(classes.create, code=…, then=…, refused=…)      an action, in one transaction
    runner.work(make_pdfs, rows, then=…, progress=…)             a long job, with progress and a way to stop

Three lanes: the database's, which keeps the order of reads and writes, the network's, and one aside for
what takes a while to find out and nobody waits for. Every answer comes back through one queued signal. An
answer whose receiver is gone is dropped; a refusal goes to `refused`, any other trouble to `troubled`, and
what is nobody's fault but ours to sys.excepthook.
"""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from app.errors import Refused, Trouble
from ui.desktop.answers import EVERYTHING, Answer, Call, OnRefused, Then, nothing, receiver_of, touched_in
from ui.desktop.lanes import Lane
from ui.desktop.work import Step, Stopped, Work

if TYPE_CHECKING:
    from app.storage.glance import Glance
    from app.storage.workplace import Workplace

SWITCH_SECONDS = 0.0005  # how long another thread may keep the interpreter while the window waits for it
_CLOSING_SECONDS = 30.0


class Runner(QObject):
    """The door. `author` is the id of the person at work, None before anybody signed in.

    Signals:
        changed: names of the tables that were written (a frozenset), or EVERYTHING; sync emits the same.
        troubled: a Trouble nobody asked for, to be told in a notice.
        idle: everything that was asked for has been answered.
    """

    changed = Signal(frozenset)
    troubled = Signal(object)
    idle = Signal()
    _landed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_SECONDS)
        self.author: bytes | None = None
        self._workplace: Workplace | None = None
        self._waiting = 0
        self._database, self._network, self._aside = Lane("database"), Lane("network"), Lane("aside")
        self._looking = threading.Lock()  # nobody looks aside while the folder is closed
        self._landed.connect(self._on_landed, Qt.ConnectionType.QueuedConnection)

    @property
    def is_open(self) -> bool:
        """Whether there is a data folder to work on."""
        return self._workplace is not None

    @property
    def centre(self) -> int:
        """The code of the centre whose data this is; 0 before the folder is open."""
        return 0 if self._workplace is None else self._workplace.store.scope

    @property
    def folder(self) -> Path:
        """The data folder; an empty path before it is open."""
        return Path() if self._workplace is None else self._workplace.folder

    @property
    def machine(self) -> str:
        """What headquarters calls this machine; empty before the folder is open, and for a copy."""
        identity = None if self._workplace is None else self._workplace.store.identity
        return "" if identity is None else identity.name

    @property
    def waiting(self) -> int:
        """How many answers are still to come."""
        return self._waiting

    def open(self, folder: Path, then: Then, refused: OnRefused, phrase: str | None = None) -> None:
        """Open a data folder, on the database's lane. `then` gets None; `refused` also storage troubles.
        `phrase` is the recovery phrase, where the machine's own secret is lost."""

        def job() -> tuple[None, frozenset[str]]:
            from app.storage import workplace  # slow to import, and the window should be there before

            self._workplace = workplace.open_folder(folder, phrase=phrase)
            return None, frozenset()

        self._start(self._database, Call(then, refused), job, every_trouble=True)

    def glance(self, folder: Path, then: Then) -> None:
        """Who signs in there: `then` gets storage's Glance, or None where only opening says what is so."""

        def job() -> tuple[Glance | None, frozenset[str]]:
            from app.storage import glance  # as in `open`, but quick

            return glance.glance(folder), frozenset()

        self._start(self._database, Call(then, None), job)

    def attach(self, opened: Workplace) -> None:
        """Work on a folder that was set up just now."""
        self._workplace = opened
        self.changed.emit(EVERYTHING)

    def read(
        self,
        query: Callable[..., Any],
        *args: Any,
        then: Then,
        refused: OnRefused | None = None,
        aside: bool = False,
        **named: Any,
    ) -> None:
        """Ask a query (session first, then these); its rows go to `then`. `aside`: it takes a while, and what
        is asked later may overtake it."""

        def job() -> tuple[Any, frozenset[str]]:
            with self._opened().store.read() as session:
                return query(session, *args, **named), frozenset()

        def looked() -> tuple[Any, frozenset[str]]:
            with self._looking:
                return job()

        call = Call(then, refused)
        self._start(self._aside, call, looked) if aside else self._start(self._database, call, job)

    def prepare(self, job: Callable[[], object]) -> None:
        """Do this aside, for example import what a page will need; nobody hears of it."""
        self._start(self._aside, Call(None, None), lambda: (job(), frozenset()))

    def write(
        self,
        action: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        refused: OnRefused | None = None,
        **named: Any,
    ) -> None:
        """Do an action (session first, then these) and commit; its result goes to `then`, after `changed`."""

        def job() -> tuple[Any, frozenset[str]]:
            with self._opened().store.write(self.author) as session:
                done = action(session, *args, **named)
                touched = touched_in(session)
            return done, touched

        self._start(self._database, Call(then, refused), job)

    def work(
        self,
        job: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        refused: OnRefused | None = None,
        progress: Callable[[Step], object] | None = None,
        stopped: Callable[[], object] | None = None,
        network: bool = False,
        every_trouble: bool = False,
    ) -> Work:
        """Do a long job: it is called with its Work first, then these, on the network's lane if asked.

        The Work that is returned stops it; `stopped` hears when it has. `every_trouble`: `refused` also
        hears of the disk's and the link's, which the window would tell otherwise.
        """
        call = Call(then, refused, stopped)
        receiver = receiver_of(progress) if progress else None

        def report(step: Step) -> None:
            if progress is not None:
                told = functools.partial(progress, step)
                self._landed.emit(Answer(receiver or call.receiver, told, last=False))

        handle = Work(self._workplace, self.author, report, touched_in)

        def whole() -> tuple[Any, frozenset[str]]:
            try:
                return job(handle, *args), frozenset(handle.touched)
            except BaseException:
                if handle.touched:
                    self._landed.emit(Answer(None, nothing, frozenset(handle.touched), last=False))
                raise

        self._start(self._network if network else self._database, call, whole, every_trouble)
        return handle

    def reopen(self, folder: Path, job: Callable[[], object], then: Then, refused: OnRefused) -> None:
        """Close the folder, do a job while nobody has it open, open it again. `refused`: any trouble."""

        def whole() -> tuple[Any, frozenset[str]]:
            from app.storage import workplace  # as in `open`

            with self._looking:
                self._let_go()
                try:
                    return job(), EVERYTHING
                finally:
                    self._workplace = workplace.open_folder(folder)

        self._start(self._database, Call(then, refused), whole, every_trouble=True)

    def close(self) -> None:
        """Finish what was begun, sign and close the database."""
        self._network.close(1.0)
        self._aside.close(1.0)
        if self._workplace is not None:
            self._database.put(self._let_go)
        self._database.close(_CLOSING_SECONDS)

    def _let_go(self) -> None:
        opened, self._workplace = self._workplace, None
        if opened is not None:
            opened.close()

    def _opened(self) -> Workplace:
        if self._workplace is None:
            raise Refused("not-set-up", folder="")
        return self._workplace

    def _start(
        self,
        lane: Lane,
        call: Call,
        job: Callable[[], tuple[Any, frozenset[str]]],
        every_trouble: bool = False,
    ) -> None:
        self._waiting += 1
        lane.put(lambda: self._landed.emit(self._outcome(call, job, every_trouble)))

    def _outcome(
        self, call: Call, job: Callable[[], tuple[Any, frozenset[str]]], every_trouble: bool
    ) -> Answer:
        """Run the job, on its lane; never raises."""
        try:
            result, changed = job()
        except Stopped:
            return Answer(call.receiver, call.stopped or nothing)
        except Trouble as trouble:
            return self._refusal(call, trouble, every_trouble)
        except Exception as bug:  # noqa: BLE001  # handed to sys.excepthook, on the window's thread
            return Answer(None, functools.partial(sys.excepthook, type(bug), bug, bug.__traceback__))
        then = nothing if call.then is None else functools.partial(call.then, result)
        return Answer(call.receiver, then, changed)

    def _refusal(self, call: Call, trouble: Trouble, every_trouble: bool) -> Answer:
        mine = every_trouble or isinstance(trouble, Refused)
        if mine and call.refused is not None:
            return Answer(call.receiver, functools.partial(call.refused, trouble))
        return Answer(None, functools.partial(self.troubled.emit, trouble))

    def _on_landed(self, answer: Answer) -> None:
        if answer.last:
            self._waiting -= 1
        if answer.changed:
            self.changed.emit(answer.changed)
        if answer.receiver is None or shiboken6.isValid(answer.receiver):
            answer.deliver()
        if answer.last and not self._waiting:
            self.idle.emit()
