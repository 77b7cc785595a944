"""The recap of a class's attendance: half way through, over, without people, one that is not here."""

from __future__ import annotations

from app.domain.ids import ClassCode
from app.domain.keys import ClassKey
from tests.desktop.screenshots import sample
from tests.desktop.screenshots.stage import State

STATES = (
    State("filled", lambda stage: (stage.sample.running,), short=True),
    State("over", lambda stage: (stage.sample.finished,)),
    State("empty", lambda stage: (stage.class_without_people(),)),
    State("error", lambda stage: (ClassKey(sample.CENTRE, ClassCode("KWU-99/2026")),)),
    State("busy", lambda stage: (stage.sample.running,), held="database"),
)
