"""The progress grid: typed down a column, refused in words, corrected with a reason, pasted, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.actions import results
from app.domain.ids import ModuleCode, ParticipantId
from app.domain.keys import ClassKey
from app.domain.progress import ModuleState, Result
from app.domain.results import ResultEntry
from app.queries import history
from app.queries.results import grid
from app.storage.workplace import Workplace
from tests.support.centre import Centre, centre
from tests.support.class_of import class_of
from tests.support.laptop import hand_over
from ui.desktop.desk import Desk
from ui.desktop.pages.progress import ProgressPage
from ui.desktop.pages.progress_paste import cells
from ui.desktop.pages.progress_rows import View
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.markcells import Score, Wrong
from ui.desktop.wording import use_language

ONE, TWO = 2, 3  # the columns of the first two modules
Taught = tuple[ClassKey, list[ParticipantId]]


@pytest.fixture
def site(tmp_path: Path) -> Centre:
    return centre(tmp_path / "site", serials=0)


@pytest.fixture
def opened(site: Centre) -> Workplace:
    return site.opened


@pytest.fixture
def taught(site: Centre) -> Taught:
    """Three people; the first has 85 in module 1 and 64 in module 2, which needs 75."""
    key, people = class_of(site.laptop, 3, 2)
    with site.laptop.write() as session:
        scores = [
            ResultEntry(people[0], "KWU-01", 4_000, 8_500),
            ResultEntry(people[0], "KWU-02", post=6_400),
        ]
        results.record_many(session, key, scores)
    return key, people


@pytest.fixture
def page(desk: Desk, taught: Taught, qtbot: QtBot) -> ProgressPage:
    made = ProgressPage(desk)
    qtbot.addWidget(made)
    made.resize(1174, 734)
    with qtbot.waitSignal(desk.runner.idle):
        made.show()
        made.shown(taught[0])
        made.catch_up()
    made.activateWindow()
    return made


def _type(page: ProgressPage, person: ParticipantId, column: int, text: str, key: Qt.Key) -> None:
    """Type into a cell as people do: go there, press the digits, end with a key."""
    assert page.grid is not None
    table = page.grid.table
    table.select(person, column)
    table.edit(table.currentIndex())
    editor = table.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText(text)
    QTest.keyClick(editor, key)


def _stored(site: Centre, taught: Taught, person: int, module: str) -> Result | None:
    with site.laptop.read() as session:
        cell = grid(session, taught[0]).cells.get(taught[1][person], {}).get(ModuleCode(module))
    return None if cell is None else cell.result


def _at(page: ProgressPage) -> tuple[int, int]:
    assert page.grid is not None
    index = page.grid.table.currentIndex()
    return index.row(), index.column()


def _cell(page: ProgressPage, row: int, column: int) -> object:
    assert page.model is not None
    return page.model.cell(row, column)


def test_a_score_below_the_pass_mark_bears_a_sign_and_the_foot_the_averages(page: ProgressPage) -> None:
    assert _cell(page, 0, ONE) == Score("85")
    assert isinstance(_cell(page, 0, TWO), Score) and "!" in _cell(page, 0, TWO).words()  # type: ignore[attr-defined]  # a score
    assert page.grid is not None and page.grid.foot.accessibleDescription() == "85, 64"


def test_enter_keeps_the_score_and_goes_down_and_shift_enter_up(
    page: ProgressPage, desk: Desk, site: Centre, taught: Taught, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.runner.idle):
        _type(page, taught[1][1], ONE, "90,5", Qt.Key.Key_Return)
    assert _stored(site, taught, 1, "KWU-01") == Result(ModuleCode("KWU-01"), ModuleState.DONE, None, 9_050)
    assert _at(page) == (2, ONE)
    assert page.grid is not None
    QTest.keyClick(page.grid.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert _at(page) == (1, ONE) and _cell(page, 1, ONE) == Score("90,5")


def test_a_refused_score_stays_as_it_was_typed_and_enter_takes_the_guess(
    page: ProgressPage, desk: Desk, site: Centre, taught: Taught, qtbot: QtBot
) -> None:
    _type(page, taught[1][1], ONE, "870", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _at(page) == (1, ONE))
    assert _cell(page, 1, ONE) == Wrong("870") and desk.runner.waiting == 0
    assert _stored(site, taught, 1, "KWU-01") is None
    popover = page.bubbles._red
    assert popover.isVisible() and "87" in popover.accessibleName() and "870" in popover.accessibleName()
    assert page.grid is not None
    with qtbot.waitSignal(desk.runner.idle):
        QTest.keyClick(page.grid.table, Qt.Key.Key_Return)
    assert not popover.isVisible()
    stored = _stored(site, taught, 1, "KWU-01")
    assert stored is not None and stored.post == 8_700


def test_escape_clears_what_was_refused_and_nothing_is_written(
    page: ProgressPage, site: Centre, taught: Taught, qtbot: QtBot
) -> None:
    with site.laptop.read() as session:
        before = history.changes_written(session)
    _type(page, taught[1][1], ONE, "abc", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _at(page) == (1, ONE))
    assert _cell(page, 1, ONE) == Wrong("abc")
    assert page.escaped() and _cell(page, 1, ONE) == Score("") and not page.escaped()
    with site.laptop.read() as session:
        assert history.changes_written(session) == before


def test_a_score_on_record_changes_only_with_a_reason_and_comes_back_by_undo(
    page: ProgressPage, desk: Desk, site: Centre, taught: Taught, qtbot: QtBot
) -> None:
    _type(page, taught[1][0], ONE, "58", Qt.Key.Key_Return)
    assert page.bubbles.asking and desk.runner.waiting == 0
    page.bubbles._on_reason_given()
    assert page.bubbles._reason is not None and page.bubbles._reason.refused
    field = page.bubbles._reason.control
    assert isinstance(field, QLineEdit)
    field.setText("Salah baca lembar jawaban")
    with qtbot.waitSignal(desk.runner.idle):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert not page.bubbles.asking
    stored = _stored(site, taught, 0, "KWU-01")
    assert stored is not None and (stored.pre, stored.post) == (4_000, 5_800)
    with site.laptop.read() as session:
        written = history.of_row(session, "result", (*taught[0], taught[1][0], "KWU-01"))
    assert written[0].reason == "Salah baca lembar jawaban"
    assert page.grid is not None
    with qtbot.waitSignal(desk.runner.idle):
        QTest.keyClick(page.grid.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stored = _stored(site, taught, 0, "KWU-01")
    assert stored is not None and (stored.pre, stored.post) == (4_000, 8_500)


def test_a_new_score_is_undone_to_nothing(
    page: ProgressPage, desk: Desk, site: Centre, taught: Taught, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.runner.idle):
        _type(page, taught[1][2], TWO, "77", Qt.Key.Key_Return)
    with qtbot.waitSignal(desk.runner.idle):
        page.undo()
    stored = _stored(site, taught, 2, "KWU-02")
    assert stored == Result(ModuleCode("KWU-02"), ModuleState.NOT_STARTED)


@pytest.mark.parametrize(
    ("copied", "kept"),
    [
        ("90\t80\n\n70", {(1, "KWU-01"): 9_000, (1, "KWU-02"): 8_000}),
        ("Orang 2\t88", {(2, "KWU-01"): 8_800}),
        ("nama\tKWU-02 post\nOrang 1\t77,5", {(1, "KWU-02"): 7_750}),
    ],
    ids=["numbers alone, from the chosen cell on", "names before them", "with a heading"],
)
def test_scores_are_pasted_as_spreadsheets_copy_them(
    page: ProgressPage,
    desk: Desk,
    site: Centre,
    taught: Taught,
    qtbot: QtBot,
    copied: str,
    kept: dict[tuple[int, str], int],
) -> None:
    assert page.grid is not None
    page.grid.table.select(taught[1][1], ONE)
    QGuiApplication.clipboard().setText(copied)
    with qtbot.waitSignal(desk.runner.idle):
        page.paste_button.click()
    assert page.card.isVisible()
    with qtbot.waitSignal(desk.runner.idle):
        page.card.keep.click()
    found = {place: _stored(site, taught, *place) for place in kept}
    assert {place: result and result.post for place, result in found.items()} == kept
    with qtbot.waitSignal(desk.runner.idle):
        page.notice.undo()
    assert all((result := _stored(site, taught, *place)) is None or result.post is None for place in kept)


def test_a_pasted_cell_that_is_refused_keeps_nothing_else_out_and_is_told_by_its_place(
    page: ProgressPage, desk: Desk, taught: Taught, qtbot: QtBot
) -> None:
    assert page.grid is not None
    page.grid.table.select(taught[1][1], ONE)
    QGuiApplication.clipboard().setText("90\n1200")
    with qtbot.waitSignal(desk.runner.idle):
        page.paste()
    told = [label.accessibleName() for label in page.card.findChildren(Label)]
    assert any(said.startswith("Baris 2, kolom 1, “1200”") for said in told)
    assert page.card.keep.accessibleName() == "Simpan 1 nilai"
    assert page.escaped() and not page.card.isVisible()


def test_a_paste_over_other_scores_needs_a_reason(
    page: ProgressPage, desk: Desk, site: Centre, taught: Taught, qtbot: QtBot
) -> None:
    assert page.grid is not None
    page.grid.table.select(taught[1][0], ONE)
    QGuiApplication.clipboard().setText("86")
    with qtbot.waitSignal(desk.runner.idle):
        page.paste()
    page.card.keep.click()
    assert page.card.isVisible() and page.card._reason.refused
    page.card._input.setText("Nilai disalin dari lembar lama")
    with qtbot.waitSignal(desk.runner.idle):
        QTest.keyClick(page.card._input, Qt.Key.Key_Return)
    stored = _stored(site, taught, 0, "KWU-01")
    assert stored is not None and stored.post == 8_600


def test_empty_lines_of_a_copied_column_keep_their_places() -> None:
    assert cells("80\r\n\r\n90\r\n") == [["80"], [], ["90"]]


def test_the_other_views_show_gain_and_state_and_gain_is_not_typed(
    page: ProgressPage, desk: Desk, site: Centre, taught: Taught, qtbot: QtBot
) -> None:
    assert page.grid is not None and page.model is not None
    page.switch.choose(View.GAIN)
    page.switch.chosen.emit(View.GAIN)
    assert _cell(page, 0, ONE) == Score("+45")
    assert not page.model.flags(page.model.index(0, ONE)) & Qt.ItemFlag.ItemIsEditable
    page.switch.choose(View.STATE)
    page.switch.chosen.emit(View.STATE)
    assert page.model.cell(0, ONE).words() == "Selesai"
    with qtbot.waitSignal(desk.runner.idle):
        _type(page, taught[1][1], ONE, "dia", Qt.Key.Key_Return)
    stored = _stored(site, taught, 1, "KWU-01")
    assert stored is not None and stored.state is ModuleState.RECOGNISED


def test_a_disputed_score_bears_the_sign_of_a_conflict_and_typing_settles_it(
    page: ProgressPage, desk: Desk, site: Centre, taught: Taught, qtbot: QtBot
) -> None:
    other = site.office.laptop()
    hand_over(site.headquarters, other)
    hand_over(site.laptop, other)
    key, people = taught
    for laptop, score in ((other, 7_700), (site.laptop, 8_700)):
        with laptop.write() as session:
            results.record(session, key, ResultEntry(people[1], "KWU-01", post=score))
    hand_over(other, site.laptop)
    with qtbot.waitSignal(desk.runner.idle):
        page.refresh()
    cell = _cell(page, 1, ONE)
    assert isinstance(cell, Score) and cell.icon == "refresh-cw"
    assert page.grid is not None
    page.grid.table.select(people[1], ONE)
    assert page.bubbles._teal.isVisible()


def test_a_class_without_people_says_what_to_do_first(desk: Desk, site: Centre, qtbot: QtBot) -> None:
    key, _ = class_of(site.laptop, 0, 1)
    made = ProgressPage(desk)
    qtbot.addWidget(made)
    with qtbot.waitSignal(desk.runner.idle):
        made.show()
        made.shown(key)
        made.catch_up()
    assert made.grid is None
    add = next(button for button in made.findChildren(Button) if "peserta" in button.accessibleName())
    with qtbot.waitSignal(desk.wanted) as asked:
        add.click()
    assert asked.args == ["class_participants", (key,)]


def test_longer_words_cut_nothing(
    page: ProgressPage, monkeypatch: pytest.MonkeyPatch, long_words: None
) -> None:
    cut: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    use_language("xx")
    QApplication.processEvents()
    page.grab()
    assert cut == []
