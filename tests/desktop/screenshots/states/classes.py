"""Kelas: all three parts with the finished ones unfolded, a search, the first day, a full disk."""

from __future__ import annotations

from datetime import timedelta

from app.actions import classes, sessions
from app.domain.timetable import SessionPlan
from app.errors import StorageTrouble
from tests.desktop.screenshots import sample
from tests.desktop.screenshots.folders import Data
from tests.desktop.screenshots.stage import Stage, State


def _with_more(stage: Stage) -> tuple[object, ...]:
    """Some classes that are over, and one with neither people nor sessions yet."""
    with stage.writing() as session:
        for n, title in enumerate(("Kewirausahaan UMK", "Pembukuan dan HPP", "Pemasaran Digital"), 1):
            first = sample.TODAY - timedelta(days=40 * n)
            key = classes.create(
                session, code=f"KWU-0{7 - n}/2026", title=title, programme="KWU", version=1, first_day=first,
                last_day=first + timedelta(days=4), intake=("VII", "I", "II")[n - 1], room="Satpel Tidore",
            )  # fmt: skip
            sessions.add(session, key, [SessionPlan(first, 510, 690, 4)], "atas permintaan peserta")
        first = sample.TODAY + timedelta(days=13)
        classes.create(
            session, code="PMD-03/2026", title="Pemasaran Digital", programme="KWU", version=1,
            first_day=first, last_day=first + timedelta(days=3), intake="III",
        )  # fmt: skip
    return ()


def _unfold(stage: Stage) -> None:
    stage.page.list.fold.click()


def _search(stage: Stage) -> None:
    stage.press("/")
    stage.hands.type("tidore")


def _full_disk(stage: Stage) -> None:
    stage.runner.troubled.emit(StorageTrouble("disk-full"))


STATES = (
    State("filled", _with_more, short=True),
    State("unfolded", _with_more, _unfold),
    State("search", _with_more, _search),
    State("empty", data=Data.EMPTY),
    State("error", then=_full_disk),
)
WITHOUT = {"busy": "the list is read aside, and there while the database is at work"}
