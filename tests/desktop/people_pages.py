"""A centre with its secret for tests of the pages of participants, and one of these pages in front."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from pytestqt.qtbot import QtBot

from app.actions import classes, participants
from app.actions.participants import ParticipantForm
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.storage import settings
from tests.desktop.hands import settle
from tests.support.centre import Centre, centre
from ui.desktop.desk import Desk
from ui.desktop.page import Page

TODAY = date(2026, 11, 24)
"""The day of the window's clock in tests/desktop/conftest.py."""

P = TypeVar("P", bound=Page)
Undone = list[tuple[str, Callable[[], object] | None]]


def site_in(folder: Path) -> Centre:
    """A centre whose laptop has the centre's secret, as setting it up leaves it."""
    made = centre(folder / "site", serials=0)
    with made.laptop.write() as session:
        settings.put(session, settings.CENTRE_SECRET, made.laptop.secret)
    return made


def begin(page: P, desk: Desk, qtbot: QtBot, *arguments: object) -> P:
    """The page in front, opened for these, with everything read; it hears of changes from now on."""
    qtbot.addWidget(page)
    page.resize(1174, 734)
    with qtbot.waitExposed(page):
        page.show()
    page.shown(*arguments)
    page.catch_up()
    settle(qtbot, desk.runner)
    page.focus_first()
    desk.runner.changed.connect(page.hear)
    return page


def told(desk: Desk) -> Undone:
    """What the page tells from now on, with the way back."""
    found: Undone = []
    desk.said.connect(lambda text, undo: found.append((str(text), undo)))
    return found


def gone(desk: Desk) -> list[tuple[object, ...]]:
    """Where the page goes from now on: key and arguments; ("back",) for the page before."""
    found: list[tuple[object, ...]] = []
    desk.wanted.connect(lambda key, arguments: found.append((key, *arguments)))
    desk.returned.connect(lambda: found.append(("back",)))
    return found


def person(site: Centre, form: ParticipantForm) -> ParticipantId:
    """Somebody registered at the centre."""
    with site.laptop.write() as session:
        return participants.register(session, form, site.laptop.secret, TODAY)


def class_now(site: Centre, code: str) -> ClassKey:
    """A class that goes on today."""
    with site.laptop.write() as session:
        return classes.create(
            session,
            code=code,
            title="Kewirausahaan",
            programme="KWU",
            version=1,
            first_day=date(2026, 11, 23),
            last_day=date(2026, 11, 27),
        )
