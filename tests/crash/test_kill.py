"""Killed at any millisecond, a laptop has every mark whose call returned, its change, and a whole chain."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from app.journal.change import parse
from app.storage import incidents, integrity, logs, workplace
from app.storage.tables import Mark
from app.storage.tables.journal import ChangeRow
from app.storage.workplace import Workplace
from tests.crash import writer
from tests.support import hand

KILLS, KILLS_WHILE_OPENING = 100, 15
ROOT = Path(__file__).resolve().parents[2]
Marks = set[tuple[int, bytes]]


@dataclass
class Server:
    """The process that forks victims."""

    process: subprocess.Popen[str]

    def kill(self, command: str, after: float) -> list[str]:
        """Start a victim, kill it after that many seconds, and return what it had said."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{after:.4f} {command}\n")
        self.process.stdin.flush()
        said = []
        while (line := self._line()) != "dead":
            said.append(line)
        return said

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the server ended"
        return line.rstrip("\n")


@dataclass
class Told:
    """What victims said was done."""

    marks: Marks = field(default_factory=set)
    next: int = 1
    anchored: int = 0

    def hear(self, lines: list[str]) -> None:
        """Take a victim's lines in; one more roll call may have been done than it could tell."""
        for line in lines:
            what, number, *participants = line.split()
            if what == "anchored":
                self.anchored = int(number)
                continue
            self.marks |= {(int(number), bytes([place]) * 16) for place in range(int(participants[0]))}
            self.next = int(number) + 1
        self.next += 1


@pytest.fixture
def server() -> Iterator[Server]:
    environment = dict(os.environ, BALAI_KEY_STORE="file", PYTHONPATH=str(ROOT))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.writer"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    yield Server(process)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.close()
    process.wait(timeout=30)
    process.stdout.close()


def _shown(opened: Workplace) -> tuple[Marks, Marks]:
    """The marks in the table, and those in the journal."""
    with opened.store.read() as session:
        rows = {(number, participant) for number, participant in session.execute(_ROWS)}
        made = [parse(body) for body in session.scalars(select(ChangeRow.body)) if body is not None]
    return rows, {(change.key[2], change.key[3]) for change in made if change.entity == 6}  # type: ignore[misc]  # a mark's key


_ROWS = select(Mark.number, Mark.participant)


def _check(folder: Path, told: Told) -> None:
    opened = workplace.open_folder(folder)
    report = integrity.check(opened.store)
    rows, journal = _shown(opened)
    assert report.sound, report
    assert told.marks <= rows
    assert rows == journal
    assert opened.anchor is not None
    assert opened.anchor.issued_at >= told.anchored
    with opened.store.read() as session:
        assert incidents.open_ones(session) == []
        assert len(logs.held(session.connection())) == bool(report.changes)
    opened.store.close()  # without signing: the next victim finds things as the last one left them


@pytest.mark.timeout(600)  # 25 s on a quiet machine; on a busy one each commit waits for the disk
def test_a_hundred_kills_at_random_milliseconds_lose_no_mark_that_was_recorded(
    server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    workplace.create(folder, writer.DEVICE, hand.CENTRE, None, lambda store: None)[0].close()
    chance, told = random.Random(20260921), Told()
    for kill in range(KILLS + KILLS_WHILE_OPENING):
        what = "record" if kill < KILLS else "open"
        told.hear(server.kill(f"{what} {folder} {told.next}", chance.uniform(0.0, 0.08)))
        _check(folder, told)
    assert len(told.marks) >= KILLS // 4, "too little was recorded between the kills to prove anything"


def test_a_kill_while_a_folder_is_set_up_leaves_it_set_up_or_not(server: Server, tmp_path: Path) -> None:
    chance = random.Random(7)
    finished = 0
    for number in range(12):
        folder = tmp_path / str(number)
        said = server.kill(f"create {folder}", chance.uniform(0.0, 0.5))
        finished += said == ["created"]
        assert not said or workplace.exists(folder)
        if workplace.exists(folder):
            opened = workplace.open_folder(folder)
        else:
            opened, _ = workplace.create(folder, writer.DEVICE, hand.CENTRE, None, lambda store: None)
        assert integrity.check(opened.store).sound
        opened.close()
    assert finished < 12
