"""Peserta: everybody at the centre, somebody looked for in vain, the first day, a full disk."""

from __future__ import annotations

from app.actions import participants
from app.actions.participants import ParticipantForm
from app.errors import StorageTrouble
from tests.desktop.screenshots import sample
from tests.desktop.screenshots.folders import Data
from tests.desktop.screenshots.stage import Stage, State


def _with_walk_ins(stage: Stage) -> tuple[object, ...]:
    """Two who came without a NIK and are in no class yet."""
    with stage.writing() as session:
        for name, business in (("Abubakar Salim", "Es kelapa muda"), ("Aminah", "Nasi kuning")):
            form = ParticipantForm(name, phone="0813 4000 2211", business=business)
            participants.register(session, form, bytes(range(32)), sample.TODAY)
    return ()


def _search(stage: Stage) -> None:
    stage.press("/")
    stage.hands.type("zulaikha")


def _full_disk(stage: Stage) -> None:
    stage.runner.troubled.emit(StorageTrouble("disk-full"))


STATES = (
    State("filled", _with_walk_ins, short=True),
    State("search", then=_search),
    State("empty", data=Data.EMPTY),
    State("error", then=_full_disk),
    State("busy", held="database"),
)
