"""What is found out aside: it holds up nobody, and nobody looks while the folder is closed."""

from __future__ import annotations

import threading
from typing import Any

from pytestqt.qtbot import QtBot

from app.storage import settings
from ui.desktop.runner import Runner


def _settle(qtbot: QtBot, runner: Runner) -> None:
    if runner.waiting:
        with qtbot.waitSignal(runner.idle):
            pass


def test_what_is_asked_later_overtakes_what_is_found_out_aside(runner: Runner, qtbot: QtBot) -> None:
    heard: list[object] = []
    read = threading.Event()

    def slow(session: Any) -> str:
        assert read.wait(10), "the read that was asked later has to come first"
        return "slow"

    def quick(answer: object) -> None:
        heard.append(answer)
        read.set()

    runner.read(slow, then=heard.append, aside=True)
    runner.read(settings.get, "missing", then=quick)
    _settle(qtbot, runner)
    assert heard == [None, "slow"]


def test_what_is_prepared_is_done_away_from_the_window_and_its_failure_is_a_bug_s(
    runner: Runner, qtbot: QtBot
) -> None:
    threads: list[int] = []
    runner.prepare(lambda: threads.append(threading.get_ident()))
    runner.prepare(lambda: 1 // 0)
    with qtbot.captureExceptions() as bugs:
        _settle(qtbot, runner)
    assert threads and threads[0] != threading.get_ident()
    assert [kind for kind, *_ in bugs] == [ZeroDivisionError]


def test_nobody_looks_aside_while_the_folder_is_closed(runner: Runner, qtbot: QtBot) -> None:
    closed, looking = threading.Event(), threading.Event()
    early: list[bool] = []
    answers: list[object] = []

    def look(session: Any) -> str:
        looking.set()
        return "looked"

    def while_closed() -> None:
        closed.set()
        early.append(looking.wait(0.2))

    runner.reopen(runner.folder, while_closed, answers.append, answers.append)
    assert closed.wait(10)
    runner.read(look, then=answers.append, aside=True)
    _settle(qtbot, runner)
    assert early == [False] and sorted(map(str, answers)) == ["None", "looked"]
