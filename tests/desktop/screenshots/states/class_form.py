"""A new class typed, refused and opened; one that is changed; before any programme has come."""

from __future__ import annotations

from app.queries.class_choices import ClassChoices
from tests.desktop.screenshots.stage import Stage, State


def _type(stage: Stage) -> None:
    page = stage.page
    page.code.setText("KWU-11/2026")
    page.intake.setText("XI")
    page.first.setText("senin 7/12")
    page.last.setText("11 Desember 2026")
    page.room.setText("Aula 1")


def _refused(stage: Stage) -> None:
    _type(stage)
    stage.page.code.setText("KWU-09/2026")
    stage.page.save()


def _opened(stage: Stage) -> None:
    _type(stage)
    stage.page.save()


def _without_programmes(stage: Stage) -> None:
    """Before headquarters' publication has come; the sample's laptops all have it."""
    stage.page._begin(None)
    stage.page._on_read(ClassChoices((), (), None))


STATES = (
    State("filled", then=_type, short=True),
    State("error", then=_refused, short=True),
    State("opened", then=_opened),
    State("change", lambda stage: (stage.sample.running,)),
    State("empty", then=_without_programmes),
    State("busy", held="database"),
)
