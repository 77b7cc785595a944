"""Settings: the four tabs, a PIN that was not typed twice the same, a backup being written."""

from __future__ import annotations

from pathlib import Path

from tests.desktop.screenshots.folders import Data
from tests.desktop.screenshots.stage import Stage, State


def _two_pins(stage: Stage) -> None:
    card = stage.page.people.card
    for pin, digits in ((card.pin, "482913"), (card.again, "482914")):
        pin.setFocus()
        stage.hands.type(digits)
    stage.press("Enter")


def _somewhere(stage: Stage) -> None:
    stage.page.about._folder.say(r"D:\Balai")


def _examining(stage: Stage) -> None:
    stage.page.data.examine()


def _restore(stage: Stage) -> None:
    stage.page.data.restore.ask(Path("cadangan-2026-11-20.balai-cadangan"))


def _people(stage: Stage) -> tuple[object, ...]:
    return ("people",)


def _data(stage: Stage) -> tuple[object, ...]:
    return ("data",)


STATES = (
    State("filled", short=True),
    State("people", _people),
    State("new-person", _people, lambda stage: stage.page.people.add.click(), author="sri"),
    State("data", _data, _examining),
    State("restore", _data, _restore),
    State("about", lambda stage: ("about",), _somewhere),
    State("error", _people, _two_pins),
    State("empty", _people, data=Data.EMPTY),
    State("busy", _data, _examining, held="database", held_before=False),
)
