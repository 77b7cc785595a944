"""Sync: what goes and a review; nobody has synced yet; no line; a sync under way; a file from a stick."""

from __future__ import annotations

from app.errors import SyncTrouble
from tests.desktop.screenshots.folders import Data
from tests.desktop.screenshots.stage import Stage, State
from ui.desktop.wording import Count, words
from ui.desktop.work import Step


def _no_line(stage: Stage) -> None:
    stage.desk.background._asked = True
    stage.desk.background._on_refused(SyncTrouble("sync-unreachable"))


def _sending(stage: Stage) -> None:
    stage.press("F9")
    stage.desk.background._on_progress(Step(1_200, 3_000, words("sync-step", up=Count(1_200), down=Count(0))))


def _other_value(stage: Stage) -> None:
    stage.page._card._else.click()
    stage.hands.type("870")
    stage.press("Enter")


STATES = (
    State("filled", short=True),
    State("empty", data=Data.EMPTY),
    State("other-value", then=_other_value),
    State("error", then=_no_line),
    State("busy", then=_sending, held="network", held_before=False),
)
