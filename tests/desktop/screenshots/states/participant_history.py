"""The story of a participant: two classes and a certificate, and somebody who is not on this laptop."""

from __future__ import annotations

from app.queries import rosters
from tests.desktop.screenshots.stage import Stage, State


def _graduate(stage: Stage) -> tuple[object, ...]:
    with stage.reading() as session:
        return (rosters.enrolled(session, stage.sample.finished)[0].participant,)


def _stranger(stage: Stage) -> tuple[object, ...]:
    return (bytes(16),)


STATES = (
    State("filled", _graduate, short=True),
    State("error", _stranger),
    State("busy", _graduate, held="database"),
)
WITHOUT = {"empty": "whoever is on record has the record of how that came about"}
