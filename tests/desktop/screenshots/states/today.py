"""Hari ini: the afternoon's roll call is half done; the first day; somebody is looked for; a full disk."""

from __future__ import annotations

from app.errors import StorageTrouble
from tests.desktop.screenshots.folders import Data
from tests.desktop.screenshots.stage import Stage, State


def _search(stage: Stage) -> None:
    stage.press("/")
    stage.hands.type("kart")


def _full_disk(stage: Stage) -> None:
    stage.runner.troubled.emit(StorageTrouble("disk-full"))


STATES = (
    State("filled", short=True),
    State("empty", data=Data.EMPTY),
    State("search", then=_search),
    State("error", then=_full_disk),
    State("busy", held="database"),
)
