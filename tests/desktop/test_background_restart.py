"""Syncs by themselves: the pause after failures holds over a restart, and ends when a network comes."""

from __future__ import annotations

import time

import pytest
from pytestqt.qtbot import QtBot

from app.errors import SyncTrouble
from app.storage.workplace import Workplace
from sync import facade
from sync.client import state
from ui.desktop import background
from ui.desktop.background import AT_NETWORK, AT_START, FIRST_PAUSE, Background
from ui.desktop.desk import Desk

NOBODY = "http://127.0.0.1:9"  # the port that throws everything away; nothing listens there
ONCE = facade.Manners(facade.Patience(attempts=1))


def _fail(place: Workplace, times: int) -> None:
    for _ in range(times):
        with pytest.raises(SyncTrouble):
            facade.sync(place, NOBODY, ONCE)


def _pause(desk: Desk, qtbot: QtBot) -> float:
    """The seconds after which a program that was just started syncs."""
    made = Background(desk.runner)
    made.start()
    with qtbot.waitSignal(desk.runner.idle):
        pass
    left = made._clock.remainingTime() / 1000
    made.network_came()
    assert made._clock.remainingTime() / 1000 <= 1.1 * AT_NETWORK  # a coarse timer
    made.close()
    return left


def test_the_first_sync_comes_soon_after_the_start(desk: Desk, qtbot: QtBot) -> None:
    assert _pause(desk, qtbot) == pytest.approx(AT_START, abs=0.5)


def test_failures_are_remembered_over_a_restart(desk: Desk, opened: Workplace, qtbot: QtBot) -> None:
    _fail(opened, 3)
    assert 2 * FIRST_PAUSE - 2 <= _pause(desk, qtbot) <= 4 * FIRST_PAUSE


def test_what_failed_long_ago_is_tried_at_once(desk: Desk, opened: Workplace, qtbot: QtBot) -> None:
    with opened.store.write() as session:
        state.keep_failed(session, 9, int((time.time() - 86_400) * 1000))
    assert _pause(desk, qtbot) == pytest.approx(AT_START, abs=0.5)


def test_a_clock_that_was_put_back_makes_nobody_wait_longer(
    desk: Desk, opened: Workplace, qtbot: QtBot
) -> None:
    with opened.store.write() as session:
        state.keep_failed(session, 9, int((time.time() + 10**9) * 1000))
    assert _pause(desk, qtbot) <= background.LONGEST_PAUSE


def test_a_sync_that_gets_through_forgets_the_failures(opened: Workplace) -> None:
    _fail(opened, 2)
    with opened.store.read() as session:
        assert facade.failed(session)[0] == 2
    facade._note_failed(opened, again=False)
    with opened.store.read() as session:
        assert facade.failed(session)[0] == 0
