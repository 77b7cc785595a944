"""The first run: three ways, each step, a refused code, a folder that cannot be opened."""

from __future__ import annotations

from app.errors import Refused, StorageTrouble
from tests.desktop.screenshots.folders import Data
from tests.desktop.screenshots.stage import Stage, State

PHRASE = "H7K2-9QXM-3TRD-V4WP-6NBC-8FJA-2YEZ-5GHS-K7MQ-3XRT-9DVW-4PNB-6C8F"


def _first_run(stage: Stage) -> tuple[object, ...]:
    return stage.folder, Refused("not-set-up", folder=str(stage.folder))


def _step(key: str) -> State:
    return State(key, _first_run, lambda stage: stage.page.go(key), Data.NOTHING)


def _phrase(stage: Stage) -> None:
    stage.page.phrase.show_phrase(PHRASE, "Balai-02")
    stage.page.go("phrase")


def _code(stage: Stage) -> None:
    stage.page.go("code")
    stage.hands.type("pusat.balai.example")
    stage.press("Tab")
    stage.hands.type("1234")


def _refused(stage: Stage) -> None:
    _code(stage)
    stage.press("Enter")


def _joining(stage: Stage) -> None:
    _code(stage)
    stage.hold("network")
    stage.press("Enter")


STATES = (
    State("filled", _first_run, data=Data.NOTHING, short=True),
    State("code", _first_run, _code, Data.NOTHING),
    _step("file"),
    _step("practice"),
    State("phrase", _first_run, _phrase, Data.NOTHING),
    State("person", lambda stage: ("person",), data=Data.EMPTY),
    State("error", _first_run, _refused, Data.NOTHING),
    State("trouble", lambda stage: (stage.folder, StorageTrouble("key-store-lost")), data=Data.NOTHING),
    State("busy", _first_run, _joining, Data.NOTHING),
)
WITHOUT = {"empty": "nothing is there yet in any of them"}
