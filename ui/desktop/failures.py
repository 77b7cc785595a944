"""What happens when we are at fault: the error is caught last of all, told calmly, and can be reported.

A report says where in our code it happened and on what machine. It holds no message and no value of an
error, since those may be somebody's data.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Report:
    """An unforeseen error, without anybody's data. `frames` are the innermost last."""

    kind: str
    frames: tuple[str, ...]
    program: str
    machine: str

    def text(self) -> str:
        """The report as a file holds it."""
        head = f"Balai {self.program}\n{self.machine}\n\n{self.kind}\n"
        return head + "".join(f"  {frame}\n" for frame in self.frames)


class Failures(QObject):
    """Takes the place of sys.excepthook, the only thing that sees an exception in a Qt slot.

    Signals:
        happened: an unforeseen error was caught, with its Report; the program goes on.
    """

    happened = Signal(object)

    def install(self) -> None:
        """From now on errors come here. First of all things a program does."""
        sys.excepthook = self._on_error

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        made = report(error)
        sys.stderr.write(made.text())
        self.happened.emit(made)


def report(error: BaseException) -> Report:
    """What may be told of an error. Causes come first, as Python prints them."""
    chain: list[BaseException] = []
    now: BaseException | None = error
    while now is not None and now not in chain:
        chain.insert(0, now)
        now = now.__cause__ or now.__context__
    frames = [frame for link in chain for frame in (f"{type(link).__name__}:", *_frames(link))]
    return Report(type(error).__name__, tuple(frames), _program(), machine())


def _frames(error: BaseException) -> list[str]:
    import traceback  # this and what follows: only when something has gone wrong, not at every start

    return [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]


def _short(file: str) -> str:
    """Our own files by their place in the program, others by their name: a path may hold a person's name."""
    path = Path(file)
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name


def _program() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("balai")
    except PackageNotFoundError:
        return "?"


def machine() -> str:
    """On what the program runs: versions and system, nothing that names a machine or a person."""
    import platform

    return f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}"
