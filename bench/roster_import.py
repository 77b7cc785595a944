"""A roster of 10,000 people through the window: `python -m bench roster_import`.

The real page reads a real .xlsx, judges and compares every line, has one of them mended, and takes all of
them into a class of a real encrypted database. Beside each stage the longest time by which a heartbeat of
5 ms in the window's own thread came late while it ran; more than 50 ms would be felt.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import xlsxwriter
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

import ui.desktop  # noqa: F401  # before Qt draws: it mends what Qt would break
from app.roster.fields import Field
from app.storage import settings
from bench.people import words
from tests.desktop import teaching
from ui.desktop import collector, theme
from ui.desktop.desk import Desk
from ui.desktop.pages.roster_import import RosterImportPage
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Choice, Theme

PEOPLE = 10_000
BEAT_MS = 5
FELT_MS = 50
IDLE_SECONDS = 3
HEADINGS = [
    "No",
    "Nama",
    "NIK",
    "Tempat Lahir",
    "Tanggal Lahir",
    "L/P",
    "No HP",
    "Alamat",
    "Nama Usaha",
    "Modal",
    "Omzet per Tahun",
]


def main(participants: int = 0) -> None:
    """Measure and print a line for each stage; `participants` is for other measurements."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    look = Theme(application, Choice.LIGHT)
    sys.stdout.write(f"{PEOPLE:,} people in an .xlsx\n{'stage':<34} {'seconds':>8} {'late beat':>10} (ms)\n")
    with tempfile.TemporaryDirectory() as folder:
        worst = _measure(application, look, Path(folder))
    verdict = "never felt" if worst <= FELT_MS else f"FELT: more than {FELT_MS} ms"
    sys.stdout.write(f"longest of all {worst:.1f} ms: {verdict}\n")


def roster(path: Path, people: int) -> Path:
    """A clean roster of made-up women of Ternate, each with a NIK of her own."""
    chance = Random(11)
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Peserta")
        page.write_row(0, 0, HEADINGS)
        for n in range(people):
            page.write_row(n + 1, 0, _line(n, chance))
    return path


def _line(n: int, chance: Random) -> list[object]:
    day, month, year = 1 + n % 28, 1 + n % 12, 60 + n % 40
    nik = f"8271{1 + n % 9:02}{40 + day:02}{month:02}{year:02}{n // 4 + 1:04}"
    name = f"{chance.choice(words('women'))} {chance.choice(words('second'))}"
    born = f"{day:02}-{month:02}-19{year}"
    trade, street = chance.choice(words("goods")), f"Jalan Melati {n}"
    return [n + 1, name, nik, "Ternate", born, "P", f"0812{n:08}", street, trade, "10.000.000", "120.000.000"]


def _measure(application: QApplication, look: Theme, folder: Path) -> float:
    path = roster(folder / "peserta.xlsx", PEOPLE)
    taught = teaching.crowd(folder, 20)
    with taught.opened.store.write() as session:
        settings.put(session, settings.CENTRE_SECRET, teaching.SECRET)
    runner = Runner()
    runner.attach(taught.opened)
    page = RosterImportPage(Desk(runner, Preferences(folder), look, lambda: teaching.NOW))
    page.resize(1_174, 734)
    page.show()
    page.shown(None, taught.key)
    page.catch_up()
    _settle(application, runner)
    collector.settle()  # as the program does once its data folder is open
    _stage("nothing, to compare with", application, runner, lambda: _idle(application))
    late = [
        _stage("open, read, judge, compare", application, runner, lambda: page.open(path)),
        _stage("show the rows", application, runner, page.go_on),
        _stage("show all rows", application, runner, lambda: _show_all(page)),
        _stage("one cell mended", application, runner, lambda: _mend(page)),
        _stage("go to the summary", application, runner, page.go_on),
        _stage("take all in", application, runner, lambda: _take(page)),
    ]
    assert page.roster.looked is not None
    runner.close()
    return max(late)


def _idle(application: QApplication) -> None:
    """What else runs on this machine makes the heart late too."""
    until = time.perf_counter() + IDLE_SECONDS
    while time.perf_counter() < until:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _show_all(page: RosterImportPage) -> None:
    assert page.roster.looked is not None
    page.rows.views.choose(None)
    page.rows.show_looked(page.roster.looked)


def _mend(page: RosterImportPage) -> None:
    page.roster.type_in(("Peserta", 5_000), Field.PHONE, "0813 1111 2222")


def _take(page: RosterImportPage) -> None:
    page.summary.consent.how.choose("signed")
    page.summary.consent.version.setText("2026-1")
    page.go_on()


def _stage(name: str, application: QApplication, runner: Runner, what: Callable[[], object]) -> float:
    """Do it and wait for the end of it; returns the longest lateness of the heart, in ms."""
    heart = _Heart()
    began = time.perf_counter()
    what()
    _settle(application, runner)
    seconds = time.perf_counter() - began
    late = heart.stop()
    sys.stdout.write(f"{name:<34} {seconds:8.2f} {late:10.1f}\n")
    sys.stdout.flush()
    return late


class _Heart:
    """Beats every 5 ms, and remembers its longest silence."""

    def __init__(self) -> None:
        self._last, self._longest = time.perf_counter(), 0.0
        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> float:
        """The longest time by which a beat was late, in milliseconds."""
        self._beat()
        self._timer.stop()
        return max(0.0, self._longest - BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, (now - self._last) * 1_000)
        self._last = now


def _settle(application: QApplication, runner: Runner) -> None:
    while runner.waiting:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    application.processEvents()
