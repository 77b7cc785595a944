"""Import of a roster: each of its four steps, a file that is none, two lines of one person, and waiting."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop.screenshots.sample import RESOURCES
from tests.desktop.screenshots.stage import Stage, State
from ui.desktop.pages.roster_import_words import Bucket

MESSY = RESOURCES / "sample" / "rosters" / "messy-45.xlsx"


def _given(stage: Stage) -> tuple[object, ...]:
    return (MESSY, stage.sample.planned)


def _no_roster(stage: Stage) -> None:
    letter = Path(stage.folder) / "surat undangan.xlsx"
    letter.write_bytes(b"%PDF-1.7")
    stage.page.open(letter)


def _rows(stage: Stage) -> None:
    stage.page.go_on()
    stage.settle()


def _mended(stage: Stage) -> None:
    _rows(stage)
    field = stage.page.rows.mending.field
    QTest.keyClicks(field, "8171061908819499")
    QTest.keyClick(field, Qt.Key.Key_Return)
    stage.settle()


def _look(stage: Stage) -> None:
    _rows(stage)
    stage.page.rows.views.choose(Bucket.LOOK)
    stage.page.rows.views.chosen.emit(Bucket.LOOK)


def _summary(stage: Stage) -> None:
    _rows(stage)
    stage.page.go_on()


def _done(stage: Stage) -> None:
    _summary(stage)
    stage.settle()
    consent = stage.page.summary.consent
    consent.how.choose("signed")
    consent.how.picked.emit("signed")
    stage.settle()
    stage.page.go_on()


STATES = (
    State("empty", lambda stage: (None, stage.sample.planned)),
    State("columns", _given),
    State("filled", _given, _mended, short=True),
    State("to-check", _given, _look),
    State("summary", _given, _summary),
    State("done", _given, _done),
    State("error", lambda stage: (None, stage.sample.planned), _no_roster),
    State("busy", _given, held="database"),
)
