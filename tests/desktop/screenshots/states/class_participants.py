"""The participants of a class: with a waiting list, somebody being added, a withdrawal without its reason."""

from __future__ import annotations

from app.actions import enrolments
from app.domain.enrolment import EnrolmentState
from app.queries import rosters
from tests.desktop.screenshots.stage import Stage, State
from ui.desktop.wording import words


def _running(stage: Stage) -> tuple[object, ...]:
    return (stage.sample.running,)


def _waiting(stage: Stage) -> tuple[object, ...]:
    """Two wait for a place, one has withdrawn; shown is who waits."""
    key = stage.sample.running
    with stage.writing() as session:
        others = [row.participant for row in rosters.enrolled(session, stage.sample.finished)]
        enrolments.enrol(session, key, others[:2], EnrolmentState.WAITING)
        enrolments.withdraw(session, key, stage.sample.people[4], "Pindah kota")
    return (key, others[0])


def _add(stage: Stage) -> None:
    stage.press("T")
    stage.hands.type("ma")


def _no_reason(stage: Stage) -> None:
    stage.page.panel.refuse(words("members-reason-missing"))


STATES = (
    State("filled", _running, short=True),
    State("waiting", _waiting),
    State("add", _running, _add),
    State("error", _running, _no_reason),
    State("empty", lambda stage: (stage.class_without_people(),)),
    State("busy", _running, held="database"),
)
