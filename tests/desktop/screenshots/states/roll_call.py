"""The roll call: half done, looked over, called aloud, a refused time, a class of 300, one without people."""

from __future__ import annotations

from tests.desktop.screenshots.folders import Data
from tests.desktop.screenshots.stage import Stage, State


def _now(stage: Stage) -> tuple[object, ...]:
    return stage.sample.running, 6


def _finalise(stage: Stage) -> None:
    stage.press("F2", "1", "9", "A", "2", "0", "I", "Ctrl+Enter")


def _unreadable_time(stage: Stage) -> None:
    stage.press("7", "T", "F4", "Tab")
    stage.hands.type("25.99")
    stage.press("Enter")


def _find(stage: Stage) -> None:
    stage.press("/")
    stage.hands.type("dewi")


def _reopened(stage: Stage) -> None:
    stage.press("3", "A", "Ctrl+Enter")


STATES = (
    State("filled", _now, short=True),
    State("finalise", _now, _finalise, short=True),
    State("aloud", _now, lambda stage: stage.press("F6")),
    State("find", _now, _find),
    State("reopened", lambda stage: (stage.sample.running, 5), _reopened),
    State("error", _now, _unreadable_time),
    State("crowd", _now, data=Data.CROWD, short=True),
    State("empty", lambda stage: (stage.class_without_people(), 1)),
    State("busy", _now, held="database"),
)
