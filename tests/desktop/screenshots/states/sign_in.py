"""Sign-in: whose PIN, a wrong one, nobody known yet, too many wrong ones."""

from __future__ import annotations

from tests.desktop.screenshots.stage import Stage, State


def _wrong(stage: Stage) -> None:
    stage.hands.type("111111")
    stage.press("Enter")


def _locked(stage: Stage) -> None:
    for _ in range(5):
        _wrong(stage)
    stage.page._wait.stop()


STATES = (
    State("filled", short=True),
    State("error", then=_wrong),
    State("locked", then=_locked),
    State("busy", held="database"),
)
WITHOUT = {"empty": "with nobody who has a PIN the set-up's last step is shown"}
