"""The table and its one model: rows replaced, selection kept, all by keyboard, quick with many rows."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.desktop.theme import Choice, Theme
from ui.desktop.tokens import Hue
from ui.desktop.widgets import cells
from ui.desktop.widgets.cells import Chipped, Ticked, TwoLines
from ui.desktop.widgets.chips import ChipLook
from ui.desktop.widgets.markcells import KeyChoice, Keys, Letters, Score
from ui.desktop.widgets.rows import Column, Edge, Group, RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.wording import use_language, words


@dataclass(frozen=True, slots=True)
class Person:
    """A row."""

    number: int
    name: str
    mark: str = ""


KEYS = Keys(tuple(KeyChoice(key, key, Hue.GREEN) for key in "HTISA"))
COLUMNS: list[Column[Person]] = [
    Column("No.", lambda p: str(p.number), edge=Edge.RIGHT),
    Column(words("place-participants"), lambda p: cells.name(p.name), share=1, edit=lambda p: p.name),
    Column("Hari ini", lambda p: Chipped((ChipLook(p.mark),)) if p.mark else KEYS),
]


def _people(n: int) -> list[Person]:
    return [Person(at, f"Peserta {at}") for at in range(1, n + 1)]


def _model(n: int) -> RowsModel[Person]:
    model = RowsModel(COLUMNS, lambda p: p.number)
    model.show(_people(n))
    return model


def _shown(qtbot: QtBot, table: QWidget, width: int = 700, height: int = 400) -> None:
    qtbot.addWidget(table)
    table.resize(width, height)
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()


def test_the_model_keeps_qt_s_rules_whatever_is_shown(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS, lambda p: p.number)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(_people(3))
    model.show([Group("Sisanya"), *_people(4)])
    model.show([replace(p, mark="Hadir") for p in _people(4)])
    model.show([replace(p, mark="Sakit") for p in _people(4)])
    model.said_again()
    model.show([])
    assert model.rowCount() == 0


def test_only_the_rows_that_differ_are_drawn_anew(qtbot: QtBot) -> None:
    model = _model(10)
    changed, reset = QSignalSpy(model.dataChanged), QSignalSpy(model.modelReset)
    people = _people(10)
    for at in (2, 3, 7):
        people[at] = replace(people[at], mark="Hadir")
    model.show(people)
    assert [(changed.at(n)[0].row(), changed.at(n)[1].row()) for n in range(changed.count())] == [
        (2, 3),
        (7, 7),
    ]
    assert reset.count() == 0


def test_the_selection_stays_with_its_row_when_rows_come_and_go(qtbot: QtBot) -> None:
    model = _model(5)
    table = TableView(model)
    _shown(qtbot, table)
    table.select(4)
    model.show([Person(9, "Baru"), *_people(5)])
    assert table.key() == 4
    model.show(_people(3))
    assert table.key() is None


def test_arrows_go_over_group_heads_and_enter_opens(qtbot: QtBot) -> None:
    model = _model(0)
    model.show([Group("Dapat"), Person(1, "A"), Group("Belum"), Person(2, "B")])
    table = TableView(model)
    _shown(qtbot, table)
    table.setFocus()
    assert table.key() == 1
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.key() == 2
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [2]
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert table.key() == 1


def test_letters_digits_and_slash_are_left_to_the_page(qtbot: QtBot) -> None:
    class Page(QWidget):
        typed = ""

        def keyPressEvent(self, event: object) -> None:
            Page.typed += event.text()  # type: ignore[attr-defined]  # a QKeyEvent

    page = Page()
    table = TableView(_model(5), parent=page)
    _shown(qtbot, page)
    table.setFocus()
    QTest.keyClicks(table, "H7t/")
    assert Page.typed == "H7t/" and table.key() == 1


def test_the_selected_row_has_its_own_height(qtbot: QtBot) -> None:
    table = TableView(_model(5), row_height=28, open_height=40)
    _shown(qtbot, table)
    table.select(2)
    table.select(3)
    assert [table.rowHeight(at) for at in range(5)] == [28, 28, 40, 28, 28]
    table.set_row_height(26)
    assert [table.rowHeight(at) for at in range(5)] == [26, 26, 40, 26, 26]


def test_a_key_inside_a_cell_can_be_clicked(qtbot: QtBot) -> None:
    table = TableView(_model(3))
    _shown(qtbot, table)
    place = table.place_of(2, 2)
    inside = QPoint(int(place.left()) + 7 + 42 + 4 + 10, int(place.center().y())) - table.viewport().pos()
    with qtbot.waitSignal(table.hit) as hit:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert hit.args == [2, 2, "T"]


def test_a_cell_that_can_be_typed_into_announces_what_was_typed(qtbot: QtBot) -> None:
    table = TableView(_model(3), by_cell=True)
    _shown(qtbot, table)
    table.select(2, 1)
    table.setFocus()
    QTest.keyClicks(table, "K")
    field = table.viewport().findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "artini")
    with qtbot.waitSignal(table.edited) as edited:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert edited.args == [2, 1, "Kartini"]
    assert table.rows.cell(1, 1).words() == "Peserta 2"


def test_screen_readers_hear_the_words_of_cells_and_heads(qtbot: QtBot) -> None:
    model = _model(1)
    said = [model.data(model.index(0, at), Qt.ItemDataRole.AccessibleTextRole) for at in range(3)]
    assert said == ["1", "Peserta 1", "H H, T T, I I, S S, A A"]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Peserta"
    assert TwoLines("Kelas", "KWU").words() == "Kelas, KWU"
    assert Letters((("H", None), ("A", Hue.RED))).words() == "H A"
    assert Score("64", Hue.RED, "!").words() == "64!"
    assert Ticked(True, "Budi").words() == "☑ Budi"


def test_heads_speak_another_language_at_once(qtbot: QtBot) -> None:
    model = _model(1)
    use_language("en")
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Participants"


def test_columns_without_a_share_are_as_wide_as_what_they_hold(qtbot: QtBot) -> None:
    model = _model(2)
    table = TableView(model)
    _shown(qtbot, table)
    narrow = table.columnWidth(2)
    model.show([Person(1, "A", "Tidak boleh absen lagi sampai akhir pelatihan"), Person(3, "B")])
    assert table.columnWidth(2) > narrow
    assert sum(table.columnWidth(at) for at in range(3)) == table.viewport().width()


def test_a_text_that_had_to_be_cut_is_told_in_full(qtbot: QtBot) -> None:
    columns: list[Column[Person]] = [Column("Nama", lambda p: p.name, share=1, least=60)]
    model = RowsModel(columns, lambda p: p.number)
    long = "Muhammad Iqbal Abdurrahman Sangaji bin Husen"
    model.show([Person(1, long), Person(2, "Budi")])
    table = TableView(model)
    _shown(qtbot, table, width=200)
    assert [table._cut_words(model.index(at, 0)) for at in range(2)] == [long, ""]


def test_a_row_is_drawn_once_and_again_only_when_it_looks_different(qtbot: QtBot, look: Theme) -> None:
    drawn: list[str] = []

    def name(person: Person) -> cells.Cell:
        drawn.append(person.name)
        return cells.name(person.name)

    columns: list[Column[Person]] = [Column("Nama", name, share=1, least=60)]
    model = RowsModel(columns, lambda p: p.number)
    model.show(_people(3))
    table = TableView(model)
    _shown(qtbot, table)
    table.grab()
    drawn.clear()
    model.show([replace(p, mark="Hadir") if p.number == 2 else p for p in _people(3)])
    table.grab()
    assert drawn == ["Peserta 2"]
    drawn.clear()
    before = table.grab().toImage()
    look.choose(Choice.DARK)
    assert table.grab().toImage() != before and len(drawn) == 3


def test_the_selected_row_may_show_other_cells(qtbot: QtBot) -> None:
    columns: list[Column[Person]] = [Column("Hari ini", lambda p: p.mark, chosen=lambda p: KEYS)]
    model = RowsModel(columns, lambda p: p.number)
    model.show(_people(2))
    table = TableView(model)
    _shown(qtbot, table)
    assert table.columnWidth(0) >= KEYS.wide()
    table.select(2)
    place = table.place_of(2, 0)
    inside = QPoint(int(place.left()) + 18 + 10, int(place.center().y())) - table.viewport().pos()
    with qtbot.waitSignal(table.hit) as hit:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, inside)
    assert hit.args == [2, 0, "H"]


@pytest.mark.parametrize("n", [300, 10_000])
def test_many_rows_are_shown_and_walked_through_without_waiting(qtbot: QtBot, n: int) -> None:
    model = _model(n)
    table = TableView(model, open_height=40)
    _shown(qtbot, table)
    table.setFocus()
    table.grab()
    taken = []
    for at in range(15):
        people = _people(n)
        people[at] = replace(people[at], mark="Hadir")
        begun = time.perf_counter()
        model.show(people)
        QTest.keyClick(table, Qt.Key.Key_Down)
        table.viewport().repaint()
        taken.append(time.perf_counter() - begun)
    assert sorted(taken)[len(taken) // 2] < 0.05, [f"{t * 1000:.0f} ms" for t in taken]
