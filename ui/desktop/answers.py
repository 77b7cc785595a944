"""What a job of the runner comes back with: whom it is for, how it is handed over, what it has touched."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject

from app.errors import Trouble

EVERYTHING = frozenset({"*"})
"""What `changed` carries where nobody can say which tables were touched."""

Then = Callable[[Any], object]
OnRefused = Callable[[Trouble], object]


@dataclass(slots=True)
class Answer:
    """What comes back: how to hand it over, and to whom (None: to nobody who could be gone)."""

    receiver: QObject | None
    deliver: Callable[[], object]
    changed: frozenset[str] = frozenset()
    last: bool = True


@dataclass(slots=True)
class Call:
    """What to do with the outcome of one job."""

    then: Then | None
    refused: OnRefused | None
    stopped: Callable[[], object] | None = None
    receiver: QObject | None = field(init=False)

    def __post_init__(self) -> None:
        self.receiver = receiver_of(self.then) or receiver_of(self.refused)


def receiver_of(callback: Callable[..., object] | None) -> QObject | None:
    """The widget or object a callback belongs to, when it is a method of one (also inside a partial)."""
    inner: object = callback
    while isinstance(inner, functools.partial):
        inner = inner.func
    owner = getattr(inner, "__self__", None)
    return owner if isinstance(owner, QObject) else None


def touched_in(session: Any) -> frozenset[str]:
    """The tables a session has written, as the storage noted them; EVERYTHING where it did not."""
    return frozenset(session.info.get("changed", EVERYTHING))


def nothing(*_: object) -> None:
    """An answer nobody waits for."""
