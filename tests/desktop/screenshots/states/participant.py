"""The form of a participant: somebody known, somebody new, digits that are nobody's or somebody else's."""

from __future__ import annotations

from app.queries import participants
from tests.desktop.screenshots.stage import Stage, State


def _known(stage: Stage) -> tuple[object, ...]:
    return (stage.sample.people[2], None)


def _new(stage: Stage) -> tuple[object, ...]:
    return (None, None)


def _into_the_class(stage: Stage) -> tuple[object, ...]:
    return (None, stage.sample.running)


def _wrong(stage: Stage) -> None:
    """A phone number too short, and an enterprise that is no small one."""
    fields = stage.page.fields
    fields.text("name").setText("Salmah Tuanaya")
    fields.text("phone").setText("12345")
    fields.text("sales").setText("20 miliar")
    fields.nik.input.setText("8271014101")
    stage.page.consent.manner.choose("signed")
    fields.nik.input.setText("")
    stage.page.save_now()


def _taken(stage: Stage) -> None:
    """The NIK of somebody who is there already."""
    with stage.reading() as session:
        number = participants.one(session, stage.sample.people[2]).nik or ""
    stage.page.fields.text("name").setText("A. Fauzi")
    stage.page.fields.nik.input.setText(number)


STATES = (
    State("filled", _known, short=True),
    State("empty", _new),
    State("taken", _into_the_class, _taken),
    State("error", _new, _wrong),
    State("busy", _known, held="database"),
)
