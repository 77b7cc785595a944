"""The completion page: groups by what is possible, a checklist in sentences, decisions and the way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.actions import attendance, results
from app.domain.attendance import Status
from app.domain.completion import Outcome
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.results import ResultEntry
from app.queries import completion, completion_board, participants
from app.queries.completion import DecisionRow
from app.storage.workplace import Workplace
from tests.support.centre import Centre, centre
from tests.support.class_of import class_of
from ui.desktop.desk import Desk
from ui.desktop.pages.completion import CompletionPage
from ui.desktop.pages.completion_checklist import points
from ui.desktop.pages.completion_rows import MORE, Fate, ListRow
from ui.desktop.tokens import Hue
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.rows import Group
from ui.desktop.wording import use_language

PASSING, RETAKING, LOST = 0, 1, 2
Taught = tuple[ClassKey, list[ParticipantId]]


@pytest.fixture
def site(tmp_path: Path) -> Centre:
    return centre(tmp_path / "site", serials=0)


@pytest.fixture
def opened(site: Centre) -> Workplace:
    return site.opened


def _teach(site: Centre, people: int = 3) -> Taught:
    """The first has everything, the second is below the pass mark of module 2, the third was never there."""
    key, ids = class_of(site.laptop, people, 2)
    with site.laptop.write() as session:
        for number in (1, 2):
            marks = {who: MarkEntry(Status.PRESENT) for who in ids}
            marks[ids[LOST]] = MarkEntry(Status.ABSENT)
            attendance.finalise(session, key, number, marks)
        entries = [ResultEntry(who, code, 4_000, 9_000) for who in ids for code in ("KWU-01", "KWU-02")]
        entries[3] = ResultEntry(ids[RETAKING], "KWU-02", 4_100, 6_400)
        results.record_many(session, key, entries)
    return key, ids


@pytest.fixture
def taught(site: Centre) -> Taught:
    return _teach(site)


def _open(page: CompletionPage, desk: Desk, qtbot: QtBot, key: ClassKey) -> CompletionPage:
    qtbot.addWidget(page)
    page.resize(1174, 734)
    page.show()
    with qtbot.waitSignal(desk.runner.idle):
        page.shown(key)
        page.catch_up()
    desk.runner.changed.connect(page.hear)
    return page


@pytest.fixture
def page(desk: Desk, taught: Taught, qtbot: QtBot) -> CompletionPage:
    return _open(CompletionPage(desk), desk, qtbot, taught[0])


def _decisions(site: Centre, taught: Taught) -> dict[int, DecisionRow]:
    with site.laptop.read() as session:
        found = completion.decisions(session, taught[0])
    return {taught[1].index(who): row for who, row in found.items()}


def _groups(page: CompletionPage) -> list[str]:
    return [entry.key for entry in page.model.entries() if isinstance(entry, Group)]


def _undoes(desk: Desk) -> list[Callable[[], object]]:
    """The ways back that notices will offer, the latest last."""
    offered: list[Callable[[], object]] = []
    desk.said.connect(lambda _, undo: offered.append(undo))
    return offered


def _button(page: CompletionPage, said: str) -> Button:
    return next(b for b in page.findChildren(Button) if b.accessibleName() == said and not b.isHidden())


def test_people_stand_in_groups_by_what_is_possible_and_one_begins_with_who_still_can(
    page: CompletionPage, taught: Taught
) -> None:
    assert _groups(page) == [Fate.MET, Fate.POSSIBLE, Fate.IMPOSSIBLE]
    assert page.table.key() == taught[1][RETAKING]
    assert page.panel.name.accessibleName() == "Orang 1"


def test_the_checklist_says_what_is_there_and_what_is_missing(site: Centre, taught: Taught) -> None:
    with site.laptop.read() as session:
        board = completion_board.of(session, taught[0])
        person = participants.one(session, taught[1][RETAKING])
    line = board.lines[RETAKING]
    made = {str(point.title): point for point in points(line, board.programme, person)}
    assert made["Kehadiran 100 %"].hue is Hue.GREEN
    failed = made["Tes akhir Harga pokok produksi belum lulus"]
    assert (str(failed.detail), failed.module) == ("Nilai 64, nilai lulus 75. Tes awal 41.", "KWU-02")
    assert str(made["1 tes akhir lain lulus"].detail) == "Terendah Konsep kewirausahaan 90, rata-rata 90."
    assert made["Persetujuan pemrosesan data belum ada"].hue is Hue.AMBER
    assert "Tanggal lahir belum ada" not in made  # it is read off the NIK


def test_a_group_is_decided_by_the_rule_with_one_button_and_comes_back_by_undo(
    page: CompletionPage, desk: Desk, site: Centre, taught: Taught, qtbot: QtBot
) -> None:
    undoes = _undoes(desk)
    with qtbot.waitSignal(desk.runner.idle):
        _button(page, "Tetapkan 1 orang LULUS").click()
    assert {n: row.outcome for n, row in _decisions(site, taught).items()} == {PASSING: Outcome.PASSED}
    with qtbot.waitSignal(desk.runner.idle):
        undoes.pop()()
    assert _decisions(site, taught) == {}


def test_deciding_against_the_rule_asks_for_a_reason_first(
    page: CompletionPage, desk: Desk, site: Centre, taught: Taught, qtbot: QtBot
) -> None:
    _button(page, "Luluskan dengan alasan…").click()
    assert page.panel.asking
    page.panel.confirm.click()
    assert page.panel.field.refused and _decisions(site, taught) == {}
    page.panel.reason.setText("Tes ulang lisan, disetujui Kepala")
    with qtbot.waitSignal(desk.runner.idle):
        QTest.keyClick(page.panel.reason, Qt.Key.Key_Return)
    made = _decisions(site, taught)[RETAKING]
    assert (made.outcome, made.override, made.reason) == (
        Outcome.PASSED,
        True,
        "Tes ulang lisan, disetujui Kepala",
    )
    assert not page.panel.asking


def test_a_reason_being_typed_survives_changes_that_come_in_and_escape_closes_it(
    page: CompletionPage, desk: Desk, qtbot: QtBot
) -> None:
    _button(page, "Luluskan dengan alasan…").click()
    page.panel.reason.setText("Tes ulang")
    with qtbot.waitSignal(desk.runner.idle):
        page.refresh()
    assert page.panel.asking and page.panel.reason.text() == "Tes ulang"
    assert page.escaped() and not page.panel.asking and not page.escaped()


def test_a_decision_that_stands_changes_with_a_reason_and_undo_brings_it_back(
    page: CompletionPage, desk: Desk, site: Centre, taught: Taught, qtbot: QtBot
) -> None:
    undoes = _undoes(desk)
    with qtbot.waitSignal(desk.runner.idle):
        page.table.select(taught[1][PASSING])
    with qtbot.waitSignal(desk.runner.idle):
        _button(page, "Tetapkan LULUS").click()
    _button(page, "Ubah ketetapan dengan alasan…").click()
    page.panel.reason.setText("Presensi keliru")
    with qtbot.waitSignal(desk.runner.idle):
        page.panel.confirm.click()
    assert _decisions(site, taught)[PASSING].outcome is Outcome.NOT_PASSED
    with qtbot.waitSignal(desk.runner.idle):
        undoes.pop()()
    assert _decisions(site, taught)[PASSING].outcome is Outcome.PASSED


def test_from_a_missing_score_one_comes_to_its_cell(
    page: CompletionPage, desk: Desk, taught: Taught, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.wanted) as asked:
        _button(page, "Isi tes ulang").click()
    assert asked.args == ["progress", (taught[0], taught[1][RETAKING], "KWU-02")]


def test_a_large_first_group_is_folded_and_unfolds(site: Centre, desk: Desk, qtbot: QtBot) -> None:
    key, _ = _teach(site, 15)
    page = _open(CompletionPage(desk), desk, qtbot, key)
    before = page.model.rowCount()
    page.table.select(MORE)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.model.place(MORE) == -1 and page.model.rowCount() == before + 13 - 7 - 1
    page.grab()


def test_a_class_without_people_says_what_to_do_first(site: Centre, desk: Desk, qtbot: QtBot) -> None:
    key, _ = class_of(site.laptop, 0, 1)
    page = _open(CompletionPage(desk), desk, qtbot, key)
    assert not page.table.isVisible()
    assert any(button.accessibleName() == "Buka peserta" for button in page.findChildren(Button))


def test_longer_words_cut_nothing(
    page: CompletionPage, monkeypatch: pytest.MonkeyPatch, long_words: None, desk: Desk, qtbot: QtBot
) -> None:
    cut: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    with qtbot.waitSignal(desk.runner.idle):
        use_language("xx")
    QApplication.processEvents()
    cut.clear()  # what was painted before the layout had caught up
    page.grab()
    details = [entry.told.text for entry in page.model.entries() if isinstance(entry, ListRow)]
    assert set(cut) <= set(map(str, details))  # the list may shorten what the panel says in full
