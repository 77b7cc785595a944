"""The schedule of a class: a session called off and made up for, many planned at once, a holiday refused."""

from __future__ import annotations

from datetime import timedelta

from app.actions import classes, sessions
from app.domain.keys import ClassKey
from app.domain.timetable import SessionPlan
from tests.desktop.screenshots import sample
from tests.desktop.screenshots.stage import Stage, State
from ui.desktop.pages.class_schedule_side import Verb


def _running(stage: Stage) -> tuple[object, ...]:
    return (stage.sample.running,)


def _called_off(stage: Stage) -> tuple[object, ...]:
    with stage.writing() as session:
        sessions.did_not_happen(session, stage.sample.running, 7, "Aula terendam banjir")
        plan = SessionPlan(sample.TODAY + timedelta(days=6), 510, 690, 4, "HPP, praktik")
        sessions.make_up(session, stage.sample.running, 7, plan)
    return (stage.sample.running, 7)


def _new(stage: Stage) -> tuple[object, ...]:
    with stage.writing() as session:
        first = sample.TODAY + timedelta(days=27)
        made: ClassKey = classes.create(
            session, code="KWU-11/2026", title="Kewirausahaan UMK", programme="KWU", version=1,
            first_day=first, last_day=first + timedelta(days=4), intake="XI",
        )  # fmt: skip
    return (made,)


def _ask(stage: Stage, number: int, verb: Verb) -> None:
    stage.page.table.select(number)
    stage.page.cards.card.buttons[verb].click()


def _holiday(stage: Stage) -> None:
    stage.page.add.click()
    stage.page.cards.form.day.setText("25/12")
    stage.settle()
    stage.page.cards.form.save()


STATES = (
    State("filled", _called_off, short=True),
    State("plan", lambda stage: (*_new(stage), "plan"), short=True),
    State("change", _running, lambda stage: _ask(stage, 9, Verb.CHANGE)),
    State("called-off", _running, lambda stage: _ask(stage, 7, Verb.NOT_HELD)),
    State("error", _running, _holiday),
    State("empty", _new),
    State("busy", _running, held="database"),
)
