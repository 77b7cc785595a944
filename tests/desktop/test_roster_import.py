"""Importing a roster in the window: four steps, every fault mended in place, consent, and the import."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import StorageTrouble
from app.queries import participants, rosters
from app.roster import reader
from app.roster.fields import Field
from app.roster.people import Verdict
from app.storage import settings
from app.storage.workplace import Workplace
from tests.desktop import teaching
from tests.desktop.hands import settle
from tests.desktop.teaching import NOW, Taught
from tests.support.laptop import woman
from ui.desktop.desk import Desk
from ui.desktop.pages import roster_import_work
from ui.desktop.pages.roster_import import RosterImportPage
from ui.desktop.pages.roster_import_parts import COLUMNS, DONE, FILE, FINISH, ROWS
from ui.desktop.pages.roster_import_rows import ShownRow
from ui.desktop.pages.roster_import_words import Bucket
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Theme
from ui.desktop.widgets import painting
from ui.desktop.wording import Text, use_language

SAMPLES = Path(__file__).parents[2] / "resources" / "sample" / "rosters"
MESSY = SAMPLES / "messy-45.xlsx"
HEADINGS = ("No", "Nama", "NIK", "L/P", "No HP", "Nama Usaha")
GOOD = "8271014101859499"


@pytest.fixture
def taught(tmp_path: Path) -> Taught:
    made = teaching.lay(tmp_path)
    with made.opened.store.write() as session:
        settings.put(session, settings.CENTRE_SECRET, teaching.SECRET)
    return made


@pytest.fixture
def opened(taught: Taught) -> Workplace:
    return taught.opened


@pytest.fixture
def desk(runner: Runner, look: Theme, tmp_path: Path, taught: Taught) -> Desk:
    runner.author = taught.me
    return Desk(runner, Preferences(tmp_path), look, lambda: NOW)


@pytest.fixture
def page(desk: Desk, taught: Taught, qtbot: QtBot) -> RosterImportPage:
    made = RosterImportPage(desk)
    qtbot.addWidget(made)
    made.resize(1174, 734)
    made.show()
    made.shown(None, taught.key)
    made.catch_up()
    settle(qtbot, desk.runner)
    desk.runner.changed.connect(made.hear)
    return made


@pytest.fixture
def done(desk: Desk, qtbot: QtBot) -> Callable[[], None]:
    return lambda: settle(qtbot, desk.runner)


def roster(folder: Path, *rows: tuple[object, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    with xlsxwriter.Workbook(folder / "peserta.xlsx") as book:
        sheet = book.add_worksheet("Peserta")
        for number, row in enumerate((headings, *rows)):
            sheet.write_row(number, 0, row)
    return folder / "peserta.xlsx"


def to_rows(page: RosterImportPage, path: Path, done: Callable[[], None]) -> None:
    page.open(path)
    done()
    page.go_on()
    done()
    assert page._at == ROWS


def to_finish(page: RosterImportPage, path: Path, done: Callable[[], None]) -> None:
    to_rows(page, path, done)
    page.go_on()
    done()
    assert page._at == FINISH


def shown(page: RosterImportPage) -> list[ShownRow]:
    return [entry for entry in page.rows.mending.model.entries() if isinstance(entry, ShownRow)]


def entered(page: RosterImportPage, text: str, done: Callable[[], None]) -> None:
    field = page.rows.mending.field
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    done()


def consent(page: RosterImportPage, manner: str = "signed") -> None:
    page.summary.consent.how.choose(manner)
    page.summary.consent._on_how_picked(manner)
    page.summary.consent.version.setText("2026-1")


def enrolled(taught: Taught) -> list[str]:
    with taught.opened.store.read() as session:
        return [row.name for row in rosters.enrolled(session, taught.key)]


def test_a_clean_roster_takes_a_file_three_keys_and_a_choice(
    page: RosterImportPage, taught: Taught, done: Callable[[], None]
) -> None:
    page.open(SAMPLES / "clean-200.xlsx")
    done()
    assert page._at == COLUMNS
    for at in (ROWS, FINISH):
        QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        done()
        assert page._at == at
    consent(page)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    done()
    assert page._at == DONE
    expected = [row.values.name for row in reader.read(SAMPLES / "clean-200.xlsx", NOW.date()).rows]
    assert enrolled(taught)[20:] == expected


def test_only_what_must_be_mended_is_shown_first_and_one_is_typing_at_once(
    page: RosterImportPage, done: Callable[[], None]
) -> None:
    to_rows(page, MESSY, done)
    assert page.rows.shown is Bucket.FIX
    assert [row.at[1] for row in shown(page)] == [40, 41, 42, 43, 46, 47, 50]
    field = page.rows.mending.field
    assert field.hasFocus()
    assert field.accessibleName() == "NIK, baris 40"
    assert field.text() == "", "a NIK is typed anew and never shown whole"
    assert field.placeholderText() == "…9890"


def test_each_repair_goes_on_to_the_next_fault_and_can_be_undone(
    page: RosterImportPage, done: Callable[[], None]
) -> None:
    to_rows(page, MESSY, done)
    entered(page, GOOD, done)
    assert page.rows.mending.field.accessibleName() == "NIK, baris 41"
    mended = shown(page)[-1]
    assert (mended.at[1], mended.settled, str(mended.badge.text)) == (40, True, "Periksa"), (
        "its birth date is another"
    )
    assert mended.told.link
    page.rows.mending.table.hit.emit(mended.at, 6, "undo")
    done()
    assert [row.at[1] for row in shown(page)] == [40, 41, 42, 43, 46, 47, 50]


def test_what_is_mended_says_so_and_what_was_typed(
    page: RosterImportPage, tmp_path: Path, done: Callable[[], None]
) -> None:
    to_rows(page, roster(tmp_path, (1, "Ani", "827101"), (2, "Budi", woman(501))), done)
    entered(page, GOOD, done)
    (row,) = shown(page)
    assert (str(row.badge.text), row.told.detail) == ("Diperbaiki", "NIK diketik ulang.")
    assert page.rows.views._parts[1].option.count == 0
    assert page.foot.save.isHidden()


def test_a_button_in_a_cell_can_be_pressed(page: RosterImportPage, done: Callable[[], None]) -> None:
    to_rows(page, MESSY, done)
    table, at = page.rows.mending.table, ("DAFTAR PESERTA", 46)
    row = next(row for row in shown(page) if row.at == at)
    table.scrollTo(page.rows.mending.model.index(page.rows.mending.model.place(at), 6))
    cell = table.cell_place(QRectF(table.visualRect(page.rows.mending.model.index(4, 6))), 6)
    (_, first), (_, this) = row.told._buttons(cell)
    assert not first.intersects(this)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=first.center().toPoint())
    done()
    assert page.roster.looked is not None and page.roster.looked.mending is not None
    assert page.roster.looked.mending.left_out == {at}


def test_what_is_still_wrong_stays_as_it_was_typed_with_another_reason(
    page: RosterImportPage, done: Callable[[], None]
) -> None:
    to_rows(page, MESSY, done)
    entered(page, "8271", done)
    field = page.rows.mending.field
    assert (field.text(), field.accessibleName()) == ("8271", "NIK, baris 40")
    assert field.hasFocus()
    assert shown(page)[0].told.title == "NIK harus 16 angka, ini 4 angka."
    entered(page, GOOD, done)
    assert field.accessibleName() == "NIK, baris 41"


def test_enter_without_a_change_and_arrows_only_move(
    page: RosterImportPage, done: Callable[[], None]
) -> None:
    to_rows(page, MESSY, done)
    field = page.rows.mending.field
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.accessibleName() == "NIK, baris 41"
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.accessibleName() == "NIK, baris 42"
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.accessibleName() == "NIK, baris 41"
    assert not page.roster.mending


def test_what_is_typed_is_taken_down_when_one_moves_or_goes_on_without_enter(
    page: RosterImportPage, done: Callable[[], None]
) -> None:
    to_rows(page, MESSY, done)
    field = page.rows.mending.field
    QTest.keyClicks(field, GOOD)
    QTest.keyClick(field, Qt.Key.Key_Down)
    done()
    assert page.rows.views._parts[1].option.count == 6
    QTest.keyClicks(field, "827101410185950")
    page.go_on()
    done()
    assert page._at == FINISH
    assert page.roster.looked is not None and page.roster.looked.mending is not None
    assert page.roster.looked.mending.typed[("DAFTAR PESERTA", 41)] == {Field.NIK: "827101410185950"}


def test_of_two_lines_with_one_nik_either_can_be_used_by_keyboard(
    page: RosterImportPage, done: Callable[[], None]
) -> None:
    for key, out in ((Qt.Key.Key_Delete, 46), (Qt.Key.Key_Return, 9)):
        page._begin(page.file.key)
        to_rows(page, MESSY, done)
        table = page.rows.mending.table
        table.select(("DAFTAR PESERTA", 46))
        table.setFocus()
        assert [str(press.text) for press in shown(page)[4].told.presses] == [
            "Pakai baris 9",
            "Pakai baris 46",
        ]
        QTest.keyClick(table, key)
        done()
        assert page.roster.looked is not None and page.roster.looked.mending is not None
        assert page.roster.looked.mending.left_out == {("DAFTAR PESERTA", out)}
        assert page.rows.views._parts[1].option.count == 6


def test_ctrl_z_takes_back_the_last_repair(page: RosterImportPage, done: Callable[[], None]) -> None:
    to_rows(page, MESSY, done)
    entered(page, GOOD, done)
    page.rows.escaped()
    QTest.keyClick(page.rows.mending.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    done()
    assert page.rows.views._parts[1].option.count == 7


def test_a_fault_without_a_column_of_its_own_is_mended_under_its_sentence(
    page: RosterImportPage, done: Callable[[], None]
) -> None:
    to_rows(page, MESSY, done)
    large = next(row for row in shown(page) if row.at[1] == 47)
    assert large.extra is Field.SALES
    page.rows.mending.table.select(large.at)
    page.rows.mending.table.setFocus()
    page.rows.mending.edit(large.at, Field.SALES)
    field = page.rows.mending.field
    assert field.text() == "22000000000", "what is no NIK is mended from what the sheet has"
    field.selectAll()
    entered(page, "220 juta", done)
    assert page.rows.views._parts[1].option.count == 6


def test_many_faults_of_one_row_follow_each_other_by_tab(
    page: RosterImportPage, tmp_path: Path, done: Callable[[], None]
) -> None:
    to_rows(page, roster(tmp_path, (1, "", "827101", "P", "12", "Abon"), (2, "Ani", GOOD, "P")), done)
    field, names = page.rows.mending.field, []
    for _ in range(4):
        names.append(field.accessibleName())
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert names == ["Nama, baris 2", "NIK, baris 2", "Telepon, baris 2", "Nama, baris 2"]


def test_a_known_nik_under_another_name_is_to_be_checked_and_named(
    page: RosterImportPage, tmp_path: Path, done: Callable[[], None]
) -> None:
    path = roster(tmp_path, (1, "Orang Lain", woman(27)), (2, "AGUSTINA  WULANDARI", woman(27)[:-1]))
    to_rows(page, path, done)
    page.rows.views.choose(Bucket.LOOK)
    page.rows._on_views_chosen(Bucket.LOOK)
    (row,) = shown(page)
    assert row.told.title == "NIK ini di data balai atas nama Agustina Wulandari."
    assert "Orang Lain" in row.told.detail


def test_who_is_known_joins_and_nothing_changes_for_who_is_there(
    page: RosterImportPage, tmp_path: Path, done: Callable[[], None]
) -> None:
    to_rows(page, roster(tmp_path, (1, "Agustina Wulandari", woman(27)), (2, "Baru Sekali", GOOD)), done)
    assert page.rows.shown is None
    assert [row.told.detail for row in shown(page)] == ["Sudah ada, tidak ada yang berubah.", "Peserta baru."]


def test_columns_can_be_changed_and_what_was_typed_stays(
    page: RosterImportPage, tmp_path: Path, done: Callable[[], None]
) -> None:
    headings = ("No", "Nama", "NIK", "Kode", "Alamat")
    path = roster(tmp_path, (1, "B01", "8271", "Ani", "x"), headings=headings)
    to_rows(page, path, done)
    entered(page, GOOD, done)
    page.back()
    page.columns.choose(Field.NAME, "D")
    page.columns.choose(Field.ADDRESS, "B")
    assert page.columns.chosen[Field.NAME].value() == "D"
    page.go_on()
    done()
    assert page._at == ROWS
    assert page.roster.looked is not None and page.roster.looked.mending is not None
    (row,) = page.roster.looked.mending.rows
    assert (row.values.name, row.values.address, row.values.nik) == ("Ani", "B01", GOOD)


def test_a_column_is_never_two_things(page: RosterImportPage, done: Callable[[], None]) -> None:
    page.open(MESSY)
    done()
    page.columns.choose(Field.REMARK, "B")
    assert page.columns.chosen[Field.NAME].value() is None
    page.columns.choose(Field.NAME, "B")
    assert page.columns.chosen[Field.REMARK].value() is None


def test_numbers_of_people_are_not_shown_whole_among_the_samples(
    page: RosterImportPage, done: Callable[[], None]
) -> None:
    page.open(MESSY)
    done()
    rows = reader.read(MESSY, NOW.date()).rows
    said = " ".join(line.samples.text() for line in page.columns._lines.values())
    assert not any(row.values.nik and row.values.nik in said for row in rows)
    assert rows[0].texts[Field.PHONE] not in said


def test_a_sheet_without_headings_can_be_read_by_choosing_its_columns(
    page: RosterImportPage, tmp_path: Path, done: Callable[[], None]
) -> None:
    page.open(roster(tmp_path, ("Ani", GOOD), headings=("Budi", woman(501))))
    done()
    assert page._at == COLUMNS
    assert page.columns.strip.isVisible()
    page.columns.choose(Field.NAME, "A")
    page.columns.choose(Field.NIK, "B")
    page.go_on()
    done()
    assert [row.values[0].text for row in shown(page)] == ["Budi", "Ani"]


def test_a_sheet_can_be_left_out_and_another_taken(
    page: RosterImportPage, tmp_path: Path, done: Callable[[], None]
) -> None:
    with xlsxwriter.Workbook(tmp_path / "dua.xlsx") as book:
        for name, who in (("Pagi", "Ani"), ("Siang", "Budi")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADINGS)
            sheet.write_row(1, 0, (1, who, GOOD if who == "Ani" else woman(501)))
    page.open(tmp_path / "dua.xlsx")
    done()
    page.columns.sheets.choose("Siang")
    page.columns._show_sheet()
    QTest.mouseClick(page.columns.reads, Qt.MouseButton.LeftButton)
    page.go_on()
    done()
    assert [row.values[0].text for row in shown(page)] == ["Ani"]
    page.back()
    page.columns.sheets.choose("Pagi")
    page.columns._show_sheet()
    QTest.mouseClick(page.columns.reads, Qt.MouseButton.LeftButton)
    page.go_on()
    assert page._at == COLUMNS
    assert page.foot.said.text() != ""


def test_consent_has_to_be_chosen_and_is_recorded_for_everybody(
    page: RosterImportPage, taught: Taught, tmp_path: Path, done: Callable[[], None]
) -> None:
    to_finish(page, roster(tmp_path, (1, "Baru Sekali", GOOD)), done)
    page.go_on()
    assert page.summary.consent.how_field.refused
    assert page._at == FINISH
    consent(page, "spoken")
    page.summary.consent.day.setText("bukan hari")
    page.go_on()
    assert page.summary.consent.day_field.refused
    assert page.summary.consent.day.text() == "bukan hari"
    page.summary.consent.day.setText("20 November 2026")
    page.go_on()
    done()
    with taught.opened.store.read() as session:
        (found,) = participants.search(session, "Baru Sekali")
        detail = participants.one(session, found.id)
    (given,) = detail.consents
    assert (given.version, str(given.given_on), given.manner) == ("2026-1", "2026-11-20", "spoken")


def test_without_consent_nothing_is_recorded_and_that_is_said(
    page: RosterImportPage, taught: Taught, tmp_path: Path, done: Callable[[], None]
) -> None:
    to_finish(page, roster(tmp_path, (1, "Baru Sekali", GOOD)), done)
    consent(page, "none")
    assert "Sertifikat" in page.summary.consent.note.text()
    page.go_on()
    done()
    with taught.opened.store.read() as session:
        (found,) = participants.search(session, "Baru Sekali")
        assert participants.one(session, found.id).consents == ()


def test_afterwards_one_goes_to_the_class(
    page: RosterImportPage,
    desk: Desk,
    taught: Taught,
    done: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ui.desktop.places.exists", lambda key: True)
    wanted: list[tuple[str, tuple[object, ...]]] = []
    desk.wanted.connect(lambda key, arguments: wanted.append((key, arguments)))
    to_finish(page, MESSY, done)
    consent(page)
    page.go_on()
    done()
    assert page._at == DONE
    assert page.summary.go_button.hasFocus()
    QTest.keyClick(page.summary.go_button, Qt.Key.Key_Return)
    assert wanted == [("class_participants", (taught.key,))]
    assert len(enrolled(taught)) == 20 + 38


def test_without_a_class_people_are_only_registered(
    page: RosterImportPage, taught: Taught, tmp_path: Path, done: Callable[[], None]
) -> None:
    page.file.classes.choose(None)
    page.file._on_classes_picked(None)
    to_finish(page, roster(tmp_path, (1, "Baru Sekali", GOOD)), done)
    consent(page)
    page.go_on()
    done()
    assert len(enrolled(taught)) == 20
    with taught.opened.store.read() as session:
        assert len(participants.search(session, "Baru Sekali")) == 1


def test_another_class_chosen_later_has_every_line_compared_again(
    page: RosterImportPage, taught: Taught, tmp_path: Path, done: Callable[[], None]
) -> None:
    to_rows(page, roster(tmp_path, (1, "Agustina Wulandari", woman(27)), (2, "Baru", GOOD)), done)
    page.back()
    page.back()
    page.file.classes.choose(None)
    page.file._on_classes_picked(None)
    page.go_on()
    done()
    page.go_on()
    done()
    assert page.roster.looked is not None and page.roster.looked.where == taught.key.centre


def test_an_import_can_be_stopped_and_gone_on_with(
    page: RosterImportPage, taught: Taught, done: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_import_work, "TAKEN", 50)
    to_finish(page, SAMPLES / "clean-200.xlsx", done)
    consent(page)
    page.roster.stepped.connect(lambda step: page.summary.progress.stop_button.click() if step.done else None)
    page.go_on()
    assert page.summary.progress.isVisible()
    done()
    assert page._at == DONE
    some = len(enrolled(taught)) - 20
    assert some % 50 == 0
    page._begin(taught.key)
    to_finish(page, SAMPLES / "clean-200.xlsx", done)
    consent(page)
    page.roster.stepped.disconnect()
    page.go_on()
    done()
    assert len(enrolled(taught)) == 220


def test_an_import_can_be_undone_and_done_again(
    page: RosterImportPage, taught: Taught, done: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_import_work, "TAKEN", 15)
    before = enrolled(taught)
    to_finish(page, MESSY, done)
    for _ in range(2):
        consent(page)
        page.go_on()
        done()
        assert len(enrolled(taught)) == 20 + 38
        page.summary.undone.emit()
        done()
        assert page._at == FINISH
        assert page.foot.on.text() == "Masukkan 38 peserta"
        assert enrolled(taught) == before


def test_an_undoing_that_is_stopped_keeps_the_rest(
    page: RosterImportPage, taught: Taught, done: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster_import_work, "TAKEN", 10)
    to_finish(page, MESSY, done)
    consent(page)
    page.go_on()
    done()
    page.summary.undone.emit()
    page.roster.stop()
    done()
    assert page._at == DONE
    assert len(enrolled(taught)) == 20 + page._taken.people
    page.summary.undone.emit()
    done()
    assert (page._at, len(enrolled(taught))) == (FINISH, 20)


def test_a_full_disk_is_told_where_it_happened_and_the_import_can_be_tried_again(
    page: RosterImportPage, taught: Taught, done: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    to_finish(page, MESSY, done)
    consent(page)
    with monkeypatch.context() as full:

        def fails(*_: object) -> None:
            raise StorageTrouble("disk-full")

        full.setattr("app.actions.rosters.import_plan", fails)
        page.go_on()
        done()
    assert page._at == FINISH
    assert page.summary.strip.isVisible()
    page.go_on()
    done()
    assert page._at == DONE


def test_a_fault_of_ours_leaves_a_page_one_can_go_on_with(
    page: RosterImportPage, done: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *found: told.append(found[1]))
    with monkeypatch.context() as broken:
        broken.setattr(roster_import_work, "compare", lambda *_: 1 / 0)
        page.open(MESSY)
        done()
    assert [type(fault) for fault in told] == [ZeroDivisionError]
    assert page._at == FILE and page.file.isVisible()
    page.open(MESSY)
    done()
    assert page._at == COLUMNS


def test_a_wrong_file_is_refused_in_words_and_another_can_be_given(
    page: RosterImportPage, tmp_path: Path, done: Callable[[], None]
) -> None:
    torn = (SAMPLES / "clean-200.xlsx").read_bytes()[:-4000]
    (tmp_path / "besar.xlsx").write_bytes(b"")
    with (tmp_path / "besar.xlsx").open("r+b") as huge:
        huge.truncate(200 * 2**20)
    for name, content, told in (
        ("surat.xlsx", b"%PDF-1.7 ...", "bukan lembar kerja"),
        ("kosong.xlsx", b"", "kosong"),
        ("putus.xlsx", torn, "rusak"),
        ("besar.xlsx", None, "terlalu besar"),
        ("halaman.xls", b"<html><table></table></html>", "halaman web"),
    ):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        page.open(tmp_path / name)
        done()
        assert page._at == FILE
        assert page.file.strip.isVisible()
        said = page.file.strip._said.accessibleName()
        assert name in said and told in said
    page.open(MESSY)
    done()
    assert page._at == COLUMNS


def test_what_is_left_to_mend_can_be_saved_and_read_again(
    page: RosterImportPage, tmp_path: Path, done: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.desktop.files.save_name", lambda parent, title, name: tmp_path / name)
    to_rows(page, MESSY, done)
    assert page.foot.save.text() == "Unduh 7 baris"
    page.foot.save.click()
    done()
    again = reader.read(tmp_path / "perbaikan-messy-45.xlsx", NOW.date())
    assert len(again.rows) == 7
    assert again.count(Verdict.ERROR) == 6, "the repetition is none any more: its twin was taken in"


def test_many_rows_are_shown_in_parts(
    page: RosterImportPage, done: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.desktop.pages.roster_import_rows.PAGE", 30)
    to_rows(page, MESSY, done)
    page.rows.views.choose(None)
    page.rows._on_views_chosen(None)
    assert page.rows.which.text() == "Baris 1 sampai 30 dari 45"
    page.rows.after.click()
    assert (page.rows.which.text(), len(shown(page))) == ("Baris 31 sampai 45 dari 45", 15)
    assert not page.rows.after.isEnabled()
    page.rows.before.click()
    assert len(shown(page)) == 30


def test_escape_goes_back_step_by_step_and_first_out_of_typing(
    page: RosterImportPage, done: Callable[[], None]
) -> None:
    to_rows(page, MESSY, done)
    assert page.escaped()
    assert not page.rows.mending.field.isVisible()
    for at in (COLUMNS, FILE):
        assert page.escaped()
        assert page._at == at
    assert not page.escaped()
    page.go_on()
    assert page._at == COLUMNS, "the file is still there"


def test_a_file_without_a_class_waits_until_the_class_is_settled(
    page: RosterImportPage, desk: Desk, done: Callable[[], None]
) -> None:
    page.shown(MESSY, None)
    assert page._at == FILE
    assert page.file.waiting.isVisible()
    page.focus_first()
    assert page.file.classes.hasFocus()
    page.go_on()
    done()
    assert page._at == COLUMNS


def test_going_away_and_back_leaves_everything_as_it_was(
    page: RosterImportPage, taught: Taught, done: Callable[[], None]
) -> None:
    page.shown(MESSY, taught.key)
    done()
    page.go_on()
    QTest.keyClicks(page.rows.mending.field, GOOD)
    assert page.left()
    done()
    page.shown(MESSY, taught.key)
    assert page._at == ROWS
    assert page.rows.views._parts[1].option.count == 6


def test_nothing_comes_between_an_import_that_runs(
    page: RosterImportPage, desk: Desk, taught: Taught, done: Callable[[], None]
) -> None:
    to_finish(page, MESSY, done)
    consent(page)
    said: list[Text] = []
    desk.said.connect(lambda text, _: said.append(text))
    page.go_on()
    page.shown(SAMPLES / "clean-200.xlsx", taught.key)
    assert page.escaped()
    assert [str(text) for text in said] == [
        "Impor sedang berjalan. Tunggu sampai selesai, atau hentikan dahulu."
    ]
    done()
    assert page._at == DONE


@pytest.mark.parametrize("size", [(1174, 656), (1728, 1046)])
def test_longer_words_are_nowhere_cut(
    page: RosterImportPage,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
    long_words: None,
    done: Callable[[], None],
) -> None:
    cut: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    page.resize(*size)
    use_language("xx")
    done()
    data = {row.values.business_name or "" for row in reader.read(MESSY, NOW.date()).rows}
    data |= {row.values.name for row in reader.read(MESSY, NOW.date()).rows}

    def look() -> None:
        done()
        QApplication.processEvents()
        cut.clear()  # what was painted before the layout had caught up
        page.grab()
        assert {text for text in cut if text not in data} == set()

    look()
    page.open(MESSY)
    look()
    for _ in range(2):
        page.go_on()
        look()
    consent(page)
    page.go_on()
    look()


def test_another_language_is_spoken_at_once(page: RosterImportPage, done: Callable[[], None]) -> None:
    to_rows(page, MESSY, done)
    use_language("en")
    done()
    assert shown(page)[0].told.title == "The NIK has lost its last digit."
    assert page.foot.on.text() == "Continue with 38 participants"
