"""Hari ini in the window: which session Enter opens, what waits, midnight, the search, the first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.actions import attendance, classes, enrolments, sessions
from app.domain.attendance import Status
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.timetable import SessionPlan
from tests.desktop.hands import Hands, settle
from tests.desktop.teaching import DAY, NOW, TODAY, Hand, Taught, folder, lay
from ui.desktop import places
from ui.desktop.desk import Desk
from ui.desktop.pages.roll_call import RollCallPage
from ui.desktop.pages.today import TodayPage
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Theme
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.labels import Label
from ui.desktop.window import Window
from ui.desktop.wording import use_language


class Clock:
    """The centre's clock, set by hand."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def taught(tmp_path: Path) -> Taught:
    return lay(tmp_path)


@pytest.fixture
def window(taught: Taught, clock: Clock, look: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    yield from _window(taught, clock, look, tmp_path, qtbot)


def _window(taught: Taught, clock: Clock, look: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    runner = Runner()
    runner.attach(taught.opened)
    runner.author = taught.me or None
    made = Window(Desk(runner, Preferences(tmp_path), look, clock))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin("today")
    settle(qtbot, runner)
    yield made
    settle(qtbot, runner)
    runner.close()


@pytest.fixture
def page(window: Window) -> TodayPage:
    assert isinstance(window.page, TodayPage)
    return window.page


def _another(taught: Taught, *plans: SessionPlan, people: int = 3) -> ClassKey:
    """Another class of the same person."""
    with taught.opened.store.write(taught.me) as session:
        key = classes.create(
            session, code="PMD-02/2026", title="Pemasaran Digital", programme="KWU", version=1,
            first_day=TODAY, last_day=TODAY + 9 * DAY, intake="II", room="Ruang 3", instructors=(taught.me,),
        )  # fmt: skip
        classes.schedule(session, key, list(plans))
        enrolments.enrol(session, key, taught.people[:people])
    return key


def _said(widget: QWidget) -> list[str]:
    """The texts on a widget that can be seen."""
    return [label.text() for label in widget.findChildren(Label) if label.isVisible()]


def _primary(page: QWidget) -> list[Button]:
    return [b for b in page.findChildren(Button) if b.isVisible() and b._kind is Kind.PRIMARY]


def test_enter_opens_the_roll_call_that_is_going_on_and_it_has_the_only_primary_button(
    page: TodayPage, hands: Hands, window: Window, taught: Taught
) -> None:
    assert [button.accessibleName() for button in _primary(page)] == ["Lanjutkan presensi"]
    assert page.sessions.hasFocus() and page.sessions.accessibleName().startswith("13.00 Kewirausahaan UMK")
    hands.press("Enter")
    hands.settle()
    assert isinstance(window.page, RollCallPage) and window.page.roll.number == 6


def test_the_day_is_told_in_words_with_what_was_marked(page: TodayPage) -> None:
    said = _said(page)
    for text in (
        "Selasa, 24 November 2026",
        "Pukul 13.24 WIT. Dua sesi hari ini, sesi siang sedang berlangsung.",
        "Pertemuan 5 dari 10. Modul 5: Model bisnis. Aula 2.",
        "15 dari 20 ditandai.",
        "Final pukul 08.52",
        "Pertemuan 7. Modul 7: HPP, praktik",
        "5 dari 10 pertemuan",
    ):
        assert text in said or any(text in found for found in said), text


def test_arrow_keys_choose_and_a_chosen_session_stays_chosen(
    page: TodayPage, hands: Hands, taught: Taught, window: Window
) -> None:
    _another(taught, SessionPlan(TODAY, 975, 1_065, 2))
    page.hear(frozenset({"session"}))
    hands.settle()
    assert [card.of.session.starts for card in page.sessions.cards] == [510, 780, 975]
    hands.press("Down")
    assert "16.15 Pemasaran Digital" in page.sessions.accessibleName()
    page.hear(frozenset({"draft"}))
    hands.settle()
    assert page.sessions.chosen == 2 and [b.accessibleName() for b in _primary(page)] == ["Buka presensi"]
    hands.press("Up", "Up", "Up")
    assert page.sessions.chosen == 0 and _primary(page) == []
    hands.press("Enter")
    hands.settle()
    assert isinstance(window.page, RollCallPage) and window.page.roll.number == 5


def test_a_card_is_chosen_by_a_click_and_opened_by_two(page: TodayPage, hands: Hands, window: Window) -> None:
    QTest.mouseClick(page.sessions.cards[0], Qt.MouseButton.LeftButton, pos=QPoint(30, 12))
    assert page.sessions.chosen == 0
    QTest.mouseDClick(page.sessions.cards[0], Qt.MouseButton.LeftButton, pos=QPoint(30, 12))
    hands.settle()
    assert isinstance(window.page, RollCallPage)


def test_what_waits_has_a_verb_each_and_leads_there(
    page: TodayPage, hands: Hands, taught: Taught, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(places, "exists", lambda key: True)
    page.side.show_waiting(page.side._waits)
    QApplication.processEvents()
    absent, tests = page.side.entries()
    assert (str(absent.title), str(absent.detail)) == (
        "Rusdi Kamaruddin di batas absen",
        "2 kali absen, tidak boleh absen lagi.",
    )
    assert str(tests.title) == "100 nilai tes akhir belum diisi"
    verbs = [b for b in page.side.findChildren(Button) if b.isVisible()]
    assert [verb.accessibleName() for verb in verbs] == ["Lihat", "Isi nilai"]
    with qtbot.waitSignal(page.side.wanted) as wanted:
        verbs[0].click()
    assert wanted.args[0].page == "completion" and wanted.args[0].arguments == (taught.key, taught.people[18])


def test_a_day_that_was_left_open_is_the_first_thing_that_waits(
    page: TodayPage, hands: Hands, clock: Clock, window: Window, taught: Taught
) -> None:
    clock.now = NOW + timedelta(days=1)
    page.tick()
    hands.settle()
    entry = page.side.entries()[0]
    assert str(entry.title) == "Presensi 24 Nov 2026 belum final"
    page.side.wanted.emit(entry.goes)
    hands.settle()
    assert isinstance(window.page, RollCallPage) and window.page.roll.number == 6


def test_at_midnight_the_page_turns_to_the_next_day(page: TodayPage, hands: Hands, clock: Clock) -> None:
    clock.now = NOW.replace(hour=23, minute=59)
    page.tick()
    assert "Pukul 23.59 WIT. Dua sesi hari ini." in _said(page)
    clock.now = (NOW + timedelta(days=1)).replace(hour=0, minute=0)
    page.tick()
    hands.settle()
    assert page.day is not None and page.day.day == TODAY + DAY
    assert "Rabu, 25 November 2026" in _said(page)
    assert [card.of.session.number for card in page.sessions.cards] == [7, 8]
    clock.now = NOW - timedelta(days=400)  # the clock was wrong, and somebody set it
    page.tick()
    hands.settle()
    assert page.sessions.cards == [] and page.day.day == clock.now.date()


def test_marks_and_cancellations_show_when_one_comes_back(
    page: TodayPage, hands: Hands, taught: Taught, window: Window
) -> None:
    hands.press("Enter")
    hands.settle()
    with taught.opened.store.write(taught.me) as session:
        attendance.finalise(session, taught.key, 6, dict.fromkeys(taught.people, MarkEntry(Status.PRESENT)))
        sessions.did_not_happen(session, taught.key, 7, "Banjir")
    window.desk.runner.changed.emit(frozenset({"mark", "session"}))
    window.back()
    hands.settle()
    assert all(card.of.final for card in page.sessions.cards)
    assert page.sessions.cards[1].accessibleDescription() == "Sudah final"
    assert "20 hadir" in [chip.accessibleName() for chip in page.sessions.cards[1].findChildren(QWidget)]


def test_one_field_finds_people_and_classes(
    page: TodayPage, hands: Hands, taught: Taught, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(places, "exists", lambda key: True)
    hands.press("/")
    hands.type("ka")
    hands.settle()
    assert page.finder.list.isVisible()
    assert [str(found.person.name) for found in page.finder._rows.entries() if found.person] == [  # type: ignore[union-attr]  # rows only
        "Kartini",
        "Rusdi Kamaruddin",
    ]
    wanted: list[tuple[str, tuple[object, ...]]] = []
    monkeypatch.setattr(page.desk, "go", lambda key, *arguments: wanted.append((key, arguments)))
    hands.press("Down", "Enter")
    assert wanted == [("participant_history", (taught.people[18],))] and page.finder.list.isHidden()
    page.focus_first()
    hands.press("/")
    hands.type("umk ix")
    hands.settle()
    hands.press("Enter")
    assert wanted[-1] == ("class_participants", (taught.key,))
    page.focus_first()
    hands.press("/")
    hands.type("tidak ada")
    hands.settle()
    hands.press("Enter")
    assert page.finder._nobody.isVisible() and len(wanted) == 2
    hands.press("Esc")
    assert page.finder.list.isHidden() and page.finder.field.text() == "" and page.sessions.hasFocus()


def test_a_laptop_without_classes_says_what_to_do_first(
    look: Theme, clock: Clock, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "exists", lambda key: True)
    wall = Hand()
    wall.set(NOW)
    empty = Taught(folder(tmp_path, wall), wall, b"", ClassKey(0, ""), list[ParticipantId]())  # type: ignore[arg-type]  # no class
    for window in _window(empty, clock, look, tmp_path, qtbot):
        page = window.page
        assert isinstance(page, TodayPage) and page.empty.isVisible()
        assert [button.accessibleName() for button in _primary(page)] == ["Tambah kelas"]
        said = _said(page)
        assert [step for step in said if step in ("Buat kelas", "Masukkan peserta", "Buka presensi")] == [
            "Buat kelas",
            "Masukkan peserta",
            "Buka presensi",
        ]
        wanted: list[str] = []
        monkeypatch.setattr(page.desk, "go", lambda key, *arguments, wanted=wanted: wanted.append(key))
        QTest.keyClick(_primary(page)[0], Qt.Key.Key_Return)
        page.empty.linked.emit("sync")
        assert wanted == ["class_form", "sync"]


def test_everything_that_takes_the_focus_has_a_name(page: TodayPage) -> None:
    takers = [
        w for w in page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()
    ]
    assert takers and all(w.accessibleName() for w in takers)


@pytest.mark.parametrize("language", ["id", "en", "xx"])
def test_longer_words_are_not_cut(
    page: TodayPage,
    taught: Taught,
    hands: Hands,
    long_words: None,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _another(taught, SessionPlan(TODAY, 975, 1_065, 2))
    use_language(language)
    hands.settle()
    cut: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    for _ in range(3):
        QApplication.processEvents()
    cut.clear()
    page.grab()
    assert cut == []
    shown = [w for w in page.findChildren(QWidget) if w.isVisible()]
    assert [w for w in shown if w.mapTo(page, QPoint(w.width(), 0)).x() > page.width()] == []
