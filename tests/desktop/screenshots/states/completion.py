"""Completion: who still can, what stands in the way, an override that lacks its reason."""

from __future__ import annotations

from tests.desktop.screenshots.stage import Stage, State


def _running(stage: Stage) -> tuple[object, ...]:
    return (stage.sample.running,)


def _no_reason(stage: Stage) -> None:
    stage.page._on_panel_decided("LULUS", "")


STATES = (
    State("filled", _running, short=True),
    State("finished", lambda stage: (stage.sample.finished,)),
    State("error", _running, _no_reason),
    State("empty", lambda stage: (stage.class_without_people(),)),
    State("busy", _running, held="database"),
)
