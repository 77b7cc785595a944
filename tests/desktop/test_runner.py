"""The runner: real lanes, a real encrypted database, answers that come back in order or not at all."""

from __future__ import annotations

import functools
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.errors import Refused, StorageTrouble
from app.storage import settings
from app.storage.workplace import Workplace
from ui.desktop.answers import EVERYTHING, receiver_of
from ui.desktop.runner import Runner
from ui.desktop.widgets.cells import Chipped
from ui.desktop.widgets.chips import ChipLook
from ui.desktop.widgets.rows import Column, RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.work import Step, Work


class Listener(QObject):
    """Keeps what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []

    def hear(self, what: Any) -> None:
        self.heard.append(what)


def _put(session: Any, name: str, value: object) -> str:
    settings.put(session, name, value)
    return name


def _put_and_refuse(session: Any) -> None:
    settings.put(session, "half", 1)
    raise Refused("reason-missing", field="reason")


def _settle(qtbot: QtBot, runner: Runner) -> None:
    if runner.waiting:
        with qtbot.waitSignal(runner.idle):
            pass


def test_what_is_written_can_be_read_and_the_answers_keep_their_order(runner: Runner, qtbot: QtBot) -> None:
    listener = Listener()
    for n in range(20):
        runner.write(_put, "n", n, then=listener.hear)
        runner.read(settings.get, "n", then=listener.hear)
    _settle(qtbot, runner)
    assert listener.heard == [answer for n in range(20) for answer in ("n", n)]


def test_answers_arrive_on_the_window_s_thread_and_work_is_done_on_another(
    runner: Runner, qtbot: QtBot
) -> None:
    threads: list[int] = []
    runner.read(lambda session: threading.get_ident(), then=threads.append)
    runner.read(lambda session: None, then=lambda _: threads.append(threading.get_ident()))
    _settle(qtbot, runner)
    assert threads[0] != threading.get_ident() == threads[1]


def test_a_write_is_announced_before_its_answer(runner: Runner, qtbot: QtBot) -> None:
    heard: list[object] = []
    runner.changed.connect(heard.append)
    runner.write(_put, "a", 1, then=lambda _: heard.append("answer"))
    _settle(qtbot, runner)
    assert heard[-1] == "answer" and len(heard) == 2 and heard[0]


def test_a_write_announces_the_tables_its_session_noted(runner: Runner, qtbot: QtBot) -> None:
    def action(session: Any) -> None:
        session.info["changed"] = {"mark"}

    with qtbot.waitSignal(runner.changed) as announced:
        runner.write(action)
    assert announced.args == [frozenset({"mark"})]


def test_a_read_announces_nothing(runner: Runner, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(runner.changed):
        runner.read(settings.get, "a", then=lambda _: None)
        _settle(qtbot, runner)


def test_a_refusal_goes_to_who_asked_and_nothing_is_kept(runner: Runner, qtbot: QtBot) -> None:
    listener, kept = Listener(), Listener()
    with qtbot.assertNotEmitted(runner.troubled), qtbot.assertNotEmitted(runner.changed):
        runner.write(_put_and_refuse, refused=listener.hear)
        runner.read(settings.get, "half", then=kept.hear)
        _settle(qtbot, runner)
    assert [(t.code, t.field) for t in listener.heard] == [("reason-missing", "reason")]
    assert kept.heard == [None]


def test_a_refusal_nobody_waits_for_is_told_in_a_notice(runner: Runner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runner.troubled) as told:
        runner.write(_put_and_refuse)
    assert told.args is not None and told.args[0].code == "reason-missing"


def test_trouble_with_the_disk_is_told_in_a_notice_and_not_beside_a_field(
    runner: Runner, qtbot: QtBot
) -> None:
    def full(session: Any) -> None:
        raise StorageTrouble("disk-full")

    listener = Listener()
    with qtbot.waitSignal(runner.troubled):
        runner.write(full, refused=listener.hear)
    assert listener.heard == []


def test_a_bug_goes_to_the_excepthook_and_the_lane_goes_on(
    runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(kind))
    listener = Listener()
    runner.read(lambda session: 1 / 0, then=listener.hear)
    runner.read(lambda session: "still here", then=listener.hear)
    _settle(qtbot, runner)
    assert caught == [ZeroDivisionError] and listener.heard == ["still here"]


def test_an_answer_for_a_page_that_is_gone_is_dropped(runner: Runner, qtbot: QtBot) -> None:
    class Page(QWidget):
        heard = 0

        def hear(self, _: object) -> None:
            Page.heard += 1

    page = Page()
    runner.read(lambda session: time.sleep(0.02), then=page.hear)
    runner.read(lambda session: None, then=functools.partial(page.hear))
    shiboken6.delete(page)
    _settle(qtbot, runner)
    assert Page.heard == 0


def test_receivers_are_found_through_partials() -> None:
    listener = Listener()
    assert receiver_of(functools.partial(functools.partial(listener.hear), 1)) is listener
    assert receiver_of(print) is None and receiver_of(None) is None


def test_before_a_folder_is_open_every_question_is_refused(qtbot: QtBot) -> None:
    empty, listener = Runner(), Listener()
    empty.read(settings.get, "a", then=listener.hear, refused=listener.hear)
    _settle(qtbot, empty)
    assert [t.code for t in listener.heard] == ["not-set-up"] and not empty.is_open
    empty.close()


def test_a_folder_is_opened_or_it_is_said_why_not(opened: Workplace, tmp_path: Path, qtbot: QtBot) -> None:
    opened.close()
    made, listener, refused = Runner(), Listener(), Listener()
    made.open(tmp_path / "nothing", listener.hear, refused.hear)
    made.open(tmp_path / "data", listener.hear, refused.hear)
    _settle(qtbot, made)
    assert [t.code for t in refused.heard] == ["not-set-up"]
    assert listener.heard == [None] and made.is_open and made.centre == 10009
    made.close()


def test_long_work_tells_how_far_it_is_and_what_it_changed(runner: Runner, qtbot: QtBot) -> None:
    def job(work: Work, n: int) -> int:
        for at in range(n):
            with work.write() as session:
                settings.put(session, f"s{at}", at)
            work.step(at + 1, n)
        return n

    steps, done = Listener(), Listener()
    with qtbot.waitSignal(runner.changed):
        runner.work(job, 5, then=done.hear, progress=steps.hear)
    _settle(qtbot, runner)
    assert done.heard == [5]
    assert steps.heard[-1] == Step(5, 5)


def test_long_work_stops_when_asked_and_keeps_what_it_had_done(runner: Runner, qtbot: QtBot) -> None:
    begun = threading.Event()

    def job(work: Work) -> None:
        with work.write() as session:
            settings.put(session, "kept", True)
        begun.set()
        while True:
            work.step(0, 1)
            time.sleep(0.001)

    stopped, kept = Listener(), Listener()
    with qtbot.waitSignal(runner.changed):
        handle = runner.work(job, stopped=lambda: stopped.hear(True), network=True)
        begun.wait(5)
        handle.stop()
    runner.read(settings.get, "kept", then=kept.hear)
    _settle(qtbot, runner)
    assert stopped.heard == [True] and kept.heard == [True]


def test_work_on_the_network_does_not_keep_the_database_waiting(runner: Runner, qtbot: QtBot) -> None:
    release, answered = threading.Event(), Listener()

    def wait(work: Work) -> str:
        release.wait(5)
        return "network"

    runner.work(wait, then=answered.hear, network=True)

    def on_database(answer: str) -> None:
        answered.hear(answer)
        release.set()

    with qtbot.waitSignal(runner.idle):
        runner.read(lambda session: "database", then=on_database)
    assert answered.heard == ["database", "network"]


def _count(work: Work, seconds: float) -> int:
    """Pure Python, the worst there is for another thread: it never lets go of the interpreter itself."""
    n, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        n += sum(range(200))
    return n


@pytest.mark.parametrize("lanes", [1, 2])
def test_the_window_s_heart_beats_on_while_the_lanes_work_hard(
    runner: Runner, qtbot: QtBot, lanes: int
) -> None:
    """The best of some runs counts: what other programs do to this machine is not ours to answer for."""
    gaps = [_longest_gap(runner, qtbot, lanes)]
    while gaps[-1] > 0.055 and len(gaps) < 6:
        gaps.append(_longest_gap(runner, qtbot, lanes))
    assert min(gaps) <= 0.055, [f"{gap * 1000:.0f} ms" for gap in gaps]


def test_the_heart_beats_on_while_a_class_of_300_is_marked_and_a_lane_works_hard(
    runner: Runner, qtbot: QtBot
) -> None:
    columns: list[Column[tuple[int, str]]] = [
        Column("No.", lambda row: str(row[0])),
        Column("Nama", lambda row: f"Peserta {row[0]}", share=1),
        Column("Hari ini", lambda row: Chipped((ChipLook(row[1], open=not row[1]),)), least=200),
    ]
    model = RowsModel(columns, lambda row: row[0])
    rows = [(n, "") for n in range(300)]
    model.show(rows)
    table = TableView(model, open_height=40)
    qtbot.addWidget(table)
    table.resize(834, 600)
    table.show()
    table.grab()

    def mark() -> None:
        at = table.currentIndex().row()
        rows[at] = (at, "Hadir")
        model.show(list(rows))
        QTest.keyClick(table, Qt.Key.Key_Down)

    table.select(0)
    hand = QTimer(interval=60)
    hand.timeout.connect(mark)
    hand.start()
    gaps = [_longest_gap(runner, qtbot, 1)]
    while gaps[-1] > 0.055 and len(gaps) < 6:
        gaps.append(_longest_gap(runner, qtbot, 1))
    hand.stop()
    assert min(gaps) <= 0.055, [f"{gap * 1000:.0f} ms" for gap in gaps]
    assert rows[3] == (3, "Hadir")


def _longest_gap(runner: Runner, qtbot: QtBot, lanes: int) -> float:
    """Between two beats of a 5 ms heart, in seconds."""
    beats: list[float] = []
    heart = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start()
    with qtbot.waitSignal(runner.idle, timeout=10_000):
        for lane in range(lanes):
            runner.work(_count, 0.5, network=bool(lane))
    heart.stop()
    assert len(beats) > 20
    return max(after - before for before, after in pairwise(beats))


def test_everything_is_what_a_session_that_noted_nothing_changed(runner: Runner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runner.changed) as announced:
        runner.write(lambda session: None)
    assert announced.args == [EVERYTHING]
