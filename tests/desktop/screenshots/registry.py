"""Which states of which pages there are: a file of `states/` for every page, with `STATES`.

A page that cannot be in one of the four states everybody's page has says so there, with the reason:
WITHOUT = {"empty": "there is always the day itself"}.
"""

from __future__ import annotations

import importlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from tests.desktop.screenshots.stage import State
from ui.desktop import pages

EVERY = ("filled", "empty", "error", "busy")
_ENDS = re.compile(r"^PAGE = [A-Z]\w+$", re.MULTILINE)
_PAGES = Path(pages.__file__).parent
_STATES = Path(__file__).parent / "states"


@dataclass(frozen=True, slots=True)
class Shot:
    """A state of a page."""

    page: str
    state: State

    def __str__(self) -> str:
        return f"{self.page}-{self.state.name}"


def page_keys() -> list[str]:
    """The keys of all pages there are: the modules that end with PAGE."""
    return sorted(file.stem for file in _PAGES.glob("*.py") if _ENDS.search(file.read_text("utf-8")))


def described() -> list[str]:
    """The pages that have a file of states."""
    return sorted(file.stem for file in _STATES.glob("*.py") if file.stem != "__init__")


def states(page: str) -> tuple[State, ...]:
    """The states of a page, the most telling one first."""
    found: tuple[State, ...] = importlib.import_module(f"{__package__}.states.{page}").STATES
    return found


def without(page: str) -> dict[str, str]:
    """Which of EVERY it has not, and why."""
    module = importlib.import_module(f"{__package__}.states.{page}")
    reasons: dict[str, str] = getattr(module, "WITHOUT", {})
    return reasons


def shots() -> list[Shot]:
    """All states of all pages."""
    return [Shot(page, state) for page in described() for state in states(page)]


def telling(names: tuple[str, ...] = ("error",)) -> list[Shot]:
    """The first state of each page, and those of these names; all where BALAI_EVERY_STATE is set, which takes
    some minutes."""
    if os.environ.get("BALAI_EVERY_STATE"):
        return shots()
    firsts = {page: states(page)[0].name for page in described()}
    return [shot for shot in shots() if shot.state.name in (firsts[shot.page], *names)]
