"""The schedule of a class in the window: planned at once, one by one, moved, called off, made up for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.actions import classes
from app.domain.attendance import SessionState
from app.domain.keys import ClassKey
from app.queries import classes as listed
from app.queries.classes import SessionRow
from tests.desktop.class_window import (
    Gone,
    button,
    gone_to,
    seen,
    window_on,
)  # fmt: skip
from tests.desktop.hands import Hands
from tests.desktop.teaching import DAY, TODAY, Taught, lay
from ui.desktop.pages.class_schedule import ClassSchedulePage
from ui.desktop.pages.class_schedule_side import Verb
from ui.desktop.pages.roll_call import RollCallPage
from ui.desktop.theme import Theme
from ui.desktop.widgets.empty import EmptyState
from ui.desktop.window import Window


@pytest.fixture
def taught(tmp_path: Path) -> Taught:
    return lay(tmp_path)


@pytest.fixture
def window(taught: Taught, look: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    yield from window_on(taught, look, tmp_path, qtbot, "class_schedule", taught.key)


@pytest.fixture
def page(window: Window) -> ClassSchedulePage:
    assert isinstance(window.page, ClassSchedulePage)
    return window.page


@pytest.fixture
def gone(page: ClassSchedulePage, monkeypatch: pytest.MonkeyPatch) -> Gone:
    return gone_to(page.desk, monkeypatch)


@pytest.fixture
def undoes(page: ClassSchedulePage) -> list[Callable[[], object]]:
    """The ways back that were offered, the latest last."""
    found: list[Callable[[], object]] = []
    page.desk.said.connect(lambda _, undo: found.append(undo))
    return found


def _sessions(taught: Taught, key: ClassKey | None = None) -> dict[int, SessionRow]:
    with taught.opened.store.read() as session:
        return {row.number: row for row in listed.sessions(session, key or taught.key)}


def _new_class(taught: Taught) -> ClassKey:
    with taught.opened.store.write(taught.me) as session:
        return classes.create(
            session, code="KWU-11/2026", title="Kewirausahaan UMK", programme="KWU", version=1,
            first_day=TODAY + 27 * DAY, last_day=TODAY + 30 * DAY, intake="XI", instructors=(taught.me,),
        )  # fmt: skip


def _want(page: ClassSchedulePage, number: int, verb: Verb) -> None:
    page.table.select(number)
    page.cards.card.buttons[verb].click()


def test_sessions_stand_in_order_and_one_begins_at_the_next_open_one(page: ClassSchedulePage) -> None:
    assert [page.model.key_at(at) for at in range(page.model.rowCount())] == list(range(1, 11))
    assert [page.model.cell(5, at).words() for at in range(6)] == [
        "6",
        "Sel, 24 Nov 2026",
        "13.00–16.00",
        "4",
        "HPP",
        "Hari ini, 15 ditandai",
    ]
    states = [page.model.cell(at, 5).words() for at in range(10)]
    assert states[:5] == ["Sudah final"] * 5 and states[6:] == ["Direncanakan"] * 4
    assert page.table.key() == 6 and page.table.hasFocus()
    assert "10 pertemuan, 40 dari 32 JP program." in seen(page)


def test_the_card_says_all_of_the_chosen_session(page: ClassSchedulePage) -> None:
    said = seen(page.cards.card)
    for text in ("Pertemuan 6", "Selasa, 24 November 2026", "Pukul 13.00–16.00, 4 JP", "HPP"):
        assert text in said
    assert "15 dari 20 ditandai." in said
    page.table.select(1)
    assert "20 orang tercatat." in seen(page.cards.card)


def test_enter_opens_the_roll_call(page: ClassSchedulePage, hands: Hands, window: Window) -> None:
    hands.press("Up", "Enter")
    hands.settle()
    assert isinstance(window.page, RollCallPage) and window.page.roll.number == 5


def test_a_session_that_was_held_offers_neither_removal_nor_another_day(page: ClassSchedulePage) -> None:
    page.table.select(5)
    assert page.cards.card.buttons[Verb.REMOVE].isHidden()
    _want(page, 5, Verb.CHANGE)
    form = page.cards.form
    assert not (form.day.isEnabled() or form.times.isEnabled() or form.jp.isEnabled())
    assert form.topic.isEnabled() and form.topic.hasFocus()


def test_a_session_is_moved_and_moved_back(
    page: ClassSchedulePage, hands: Hands, taught: Taught, undoes: list[Callable[[], object]]
) -> None:
    _want(page, 9, Verb.CHANGE)
    form = page.cards.form
    assert form.day.text() == "Jumat, 27 November 2026" and form.day.hasFocus()
    form.day.setText("senin 30/11")
    form.times.setFocus()
    form.times.selectAll()
    hands.type("9-12.45")
    assert form.jp.text() == "5"
    hands.press("Enter")
    hands.settle()
    moved = _sessions(taught)[9]
    assert (moved.day, moved.starts, moved.ends, moved.jp) == (TODAY + 6 * DAY, 540, 765, 5)
    assert page.cards.asking is None and page.table.key() == 9
    undoes[-1]()
    hands.settle()
    back = _sessions(taught)[9]
    assert (back.day, back.starts, back.jp, back.module) == (TODAY + 3 * DAY, 510, 4, "KWU-08")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("day", "besok", 'Tanggal "besok" tidak terbaca'),
        ("times", "pagi", 'Jam "pagi" tidak terbaca'),
        ("times", "11-9", "Jam selesai harus sesudah jam mulai"),
        ("jp", "empat", "Jumlah JP satu sesi harus 1 sampai 24"),
        ("jp", "25", "Jumlah JP satu sesi harus 1 sampai 24"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_stays(
    page: ClassSchedulePage, hands: Hands, taught: Taught, field: str, typed: str, said: str
) -> None:
    page.add.click()
    form = page.cards.form
    getattr(form, field).setText(typed)
    form.save()
    hands.settle()
    assert form.form.fields[field].refused.startswith(said)
    assert getattr(form, field).text() == typed and len(_sessions(taught)) == 10


def test_a_session_on_a_holiday_asks_why(
    page: ClassSchedulePage, hands: Hands, taught: Taught, undoes: list[Callable[[], object]]
) -> None:
    page.add.click()
    form = page.cards.form
    assert form.day.text() == "Senin, 30 November 2026"
    form.day.setText("25/12")
    hands.settle()
    assert form.reason.isVisible() and any("Hari Raya Natal" in text for text in seen(form))
    form.save()
    hands.settle()
    assert form.form.fields["reason"].refused.startswith("25 Desember 2026 hari libur: Hari Raya Natal")
    form.reason.setText("atas permintaan peserta")
    form.save()
    hands.settle()
    assert _sessions(taught)[11].day == TODAY + 31 * DAY
    assert page.model.cell(10, 5).words() == "Direncanakan, Hari libur: Hari Raya Natal"
    undoes[-1]()
    hands.settle()
    assert 11 not in _sessions(taught)


def test_a_session_is_called_off_with_its_reason_and_made_up_for(
    page: ClassSchedulePage, hands: Hands, taught: Taught, undoes: list[Callable[[], object]]
) -> None:
    _want(page, 7, Verb.NOT_HELD)
    hands.press("Enter")
    assert page.cards.not_held.field.refused.startswith("Tuliskan alasannya")
    hands.type("Banjir")
    hands.press("Enter")
    hands.settle()
    assert (_sessions(taught)[7].state, _sessions(taught)[7].reason) == (SessionState.NOT_HELD, "Banjir")
    assert page.model.cell(6, 5).words() == "Tidak terlaksana, Banjir"
    assert page.cards.card.buttons[Verb.OPEN].isHidden() and page.table.key() == 7
    _want(page, 7, Verb.MAKE_UP)
    assert page.cards.form.module.value() == "KWU-07" and page.cards.form.times.text() == "08.30–11.30"
    hands.press("Enter")
    hands.settle()
    made = _sessions(taught)[11]
    assert (made.make_up_of, made.day, made.module) == (7, TODAY + 6 * DAY, "KWU-07")
    assert page.model.cell(6, 5).words() == "Tidak terlaksana, Banjir. Diganti pertemuan 11"
    assert page.table.key() == 11
    undoes[-1]()
    hands.settle()
    _want(page, 7, Verb.HAPPENED)
    hands.settle()
    assert _sessions(taught)[7].state is SessionState.PLANNED and 11 not in _sessions(taught)
    undoes[-1]()
    hands.settle()
    assert _sessions(taught)[7].reason == "Banjir"


def test_del_removes_what_left_no_trace_and_the_notice_brings_it_back(
    page: ClassSchedulePage, hands: Hands, taught: Taught, undoes: list[Callable[[], object]]
) -> None:
    hands.press("Del")
    hands.settle()
    assert len(_sessions(taught)) == 10  # somebody was marked there
    page.table.select(10)
    hands.press("Del")
    hands.settle()
    assert list(_sessions(taught)) == list(range(1, 10))
    undoes[-1]()
    hands.settle()
    assert len(_sessions(taught)) == 10


def test_esc_closes_a_form_and_what_was_chosen_meanwhile_is_not_written_to(
    page: ClassSchedulePage, hands: Hands, window: Window
) -> None:
    _want(page, 8, Verb.CHANGE)
    assert not page.table.isEnabled() and page.cards.card.isHidden()
    hands.press("Esc")
    assert page.cards.asking is None and page.table.isEnabled() and page.cards.card.isVisible()
    assert window.page is page


def test_a_new_class_begins_with_the_plan_of_its_whole_programme(
    window: Window, hands: Hands, taught: Taught, undoes: list[Callable[[], object]]
) -> None:
    key = _new_class(taught)
    window.go("class_schedule", key)
    hands.settle()
    page = window.page
    assert isinstance(page, ClassSchedulePage)
    assert next(iter(page.findChildren(EmptyState))).isVisible()
    assert button(page, "Susun jadwal").hasFocus()
    hands.press("Enter")
    hands.settle()
    form = page.cards.plan_form
    assert (form.first.text(), form.count.text()) == ("Senin, 21 Desember 2026", "8")
    assert page.model.rowCount() == 9  # with the head over what would be added
    said = seen(form)
    assert "8 pertemuan, 32 JP. Senin, 21 Desember 2026 sampai Senin, 28 Desember 2026." in said
    assert any(text.startswith("Hari libur dilewati: 24 Des 2026 (Cuti Bersama") for text in said)
    assert any(text.startswith("Pertemuan terakhir jatuh sesudah hari terakhir kelas") for text in said)
    hands.press("Enter")
    hands.settle()
    made = _sessions(taught, key)
    assert [row.module for row in made.values()] == [f"KWU-{n:02}" for n in range(1, 9)]
    assert [row.day for row in made.values()] == sorted(row.day for row in made.values() if row.day)
    assert page.cards.asking is None and page.table.key() == 1
    undoes[-1]()
    hands.settle()
    assert _sessions(taught, key) == {}


def test_the_plan_says_at_its_fields_what_cannot_be(page: ClassSchedulePage, hands: Hands) -> None:
    page.plan_many.click()
    hands.settle()
    form = page.cards.plan_form
    form.count.setText("0")
    form.save()
    hands.settle()
    assert form.form.fields["count"].refused.startswith("Jumlah pertemuan harus 1 sampai 400")
    form.count.setText("3")
    for box in form.weekdays.boxes:
        box.setChecked(False)
    form.save()
    hands.settle()
    assert form.form.fields["weekdays"].refused.startswith("Hari yang dipilih tidak cukup")
    form.weekdays.boxes[5].setChecked(True)
    form.times.setText("8-9, 9")
    form.save()
    assert form.form.fields["times"].refused.startswith('Jam "9" tidak terbaca')
    QTest.keyClicks(form.times, ".30-11")
    hands.settle()
    assert form.sum.isVisible() and page.model.rowCount() == 14
    hands.press("Esc")
    assert page.model.rowCount() == 10


def test_the_plan_can_be_asked_for_from_elsewhere(window: Window, hands: Hands, taught: Taught) -> None:
    window.go("class_schedule", _new_class(taught), "plan")
    hands.settle()
    page = window.page
    assert isinstance(page, ClassSchedulePage) and page.cards.asking is page.cards.plan_form


def test_the_head_leads_to_the_class_and_its_sheets(
    page: ClassSchedulePage, gone: Gone, taught: Taught
) -> None:
    page.edit.click()
    page.sheet.click()
    assert gone == [("class_form", (taught.key,)), ("reports", (taught.key, "attendance-sheet"))]


def test_an_unknown_class_says_so(window: Window, hands: Hands, taught: Taught) -> None:
    window.go("class_schedule", ClassKey(taught.key.centre, "X"))  # type: ignore[arg-type]  # a code that is nowhere
    hands.settle()
    assert window.page is not None and any("X" in text and "tidak" in text for text in seen(window.page))


def test_a_click_chooses_and_the_card_follows(page: ClassSchedulePage) -> None:
    place = page.table.visualRect(page.model.index(0, 1)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.table.key() == 1 and "Pertemuan 1" in seen(page.cards.card)
