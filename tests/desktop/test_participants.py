"""The list of participants: found while one types, filtered, opened; what an empty centre is told to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.actions import participants
from app.actions.participants import ConsentGiven, ParticipantForm
from app.queries import participants_board
from app.queries.participants_board import Choice
from app.storage.workplace import Workplace
from tests.desktop.hands import settle
from tests.desktop.people_pages import TODAY, begin, gone, person, site_in
from tests.support.centre import Centre
from tests.support.laptop import woman
from ui.desktop.desk import Desk
from ui.desktop.pages import participants as page_of
from ui.desktop.pages.participants import ParticipantsPage
from ui.desktop.pages.participants_rows import phone_text
from ui.desktop.widgets.rows import Group


@pytest.fixture
def site(tmp_path: Path) -> Centre:
    return site_in(tmp_path)


@pytest.fixture
def opened(site: Centre) -> Workplace:
    return site.opened


@pytest.fixture
def page(site: Centre, desk: Desk, qtbot: QtBot) -> ParticipantsPage:
    forms = [
        ParticipantForm("Dewi Lestari", woman(1), phone="081234567890", business="Abon Tuna"),
        ParticipantForm("Kartini", woman(2), business="Kue kering"),
        ParticipantForm("Made Suartana"),
    ]
    made = [person(site, form) for form in forms]
    with site.laptop.write() as session:
        participants.give_consent(session, made[0], ConsentGiven("1", TODAY))
    return begin(ParticipantsPage(desk), desk, qtbot)


def _names(page: ParticipantsPage) -> list[str]:
    return [line.person.name for line in page.rows.entries() if not isinstance(line, Group)]


def _words(page: ParticipantsPage, at: int) -> list[str]:
    return [page.rows.cell(at, column).words() for column in range(page.rows.columnCount())]


def test_each_line_says_who_it_is_with_the_nik_masked(page: ParticipantsPage) -> None:
    dash = "–"
    first = ["Dewi Lestari", "Abon Tuna", "…9001", "", dash, "0812 3456 7890", "Ada", ""]
    assert _words(page, 0) == first
    assert _words(page, 2) == ["Made Suartana", "", "Belum ada", "", dash, dash, "Belum ada", ""]
    assert page.table.hasFocus() and page.table.key() == page.rows.key_at(0)


def test_people_are_found_at_every_key_and_enter_opens_the_only_one(
    page: ParticipantsPage, desk: Desk, qtbot: QtBot
) -> None:
    went = gone(desk)
    page.search().setFocus()
    QTest.keyClicks(page.field.input, "abon")
    settle(qtbot, desk.runner)
    assert _names(page) == ["Dewi Lestari"] and page.shown_of.text() == "1 peserta"
    QTest.keyClick(page.field.input, Qt.Key.Key_Return)
    assert went == [("participant_history", page.rows.key_at(0))]
    assert page.escaped() and page.field.text() == ""
    settle(qtbot, desk.runner)
    assert len(_names(page)) == 3 and not page.escaped()


def test_a_search_without_an_answer_says_what_to_try(
    page: ParticipantsPage, desk: Desk, qtbot: QtBot
) -> None:
    page.shown("zulaikha")
    settle(qtbot, desk.runner)
    assert page.nothing.isVisible() and not page.table.isVisible()
    assert page.add.isVisible(), "somebody new can still be added"


def test_those_without_consent_are_one_press_away(page: ParticipantsPage, desk: Desk, qtbot: QtBot) -> None:
    page.choices.choose(Choice.NO_CONSENT)
    page.choices.chosen.emit(Choice.NO_CONSENT)
    settle(qtbot, desk.runner)
    assert _names(page) == ["Kartini", "Made Suartana"]
    assert page.board and page.board.counts[Choice.NO_NIK] == 1


def test_enter_opens_the_story_and_u_the_form(page: ParticipantsPage, desk: Desk) -> None:
    went, who = gone(desk), page.table.key()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    QTest.keyClicks(page.table, "u")
    page.add.click()
    page.bring.click()
    assert went == [
        ("participant_history", who),
        ("participant", who),
        ("participant", None),
        ("roster_import",),
    ]


def test_the_list_hears_of_somebody_new_and_keeps_who_was_chosen(
    page: ParticipantsPage,
    site: Centre,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    who = page.rows.key_at(1)
    page.table.select(who)
    person(site, ParticipantForm("Abdul Rahman"))
    desk.runner.changed.emit(frozenset({"participant"}))
    settle(qtbot, desk.runner)
    assert _names(page)[0] == "Abdul Rahman" and page.table.key() == who


def test_more_are_read_only_when_they_are_asked_for(
    page: ParticipantsPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of, "LIMIT", 1)
    page._on_choice_chosen(Choice.ALL)
    settle(qtbot, desk.runner)
    assert len(_names(page)) == 1 and "1 dari 3 peserta" in page.shown_of.accessibleName()
    page.shown_of.linked.emit("more")
    settle(qtbot, desk.runner)
    assert len(_names(page)) == 2


def test_keys_typed_while_an_answer_is_under_way_ask_once_more_in_all(
    page: ParticipantsPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    read = participants_board.of

    def counted(session: object, today: object, text: str, *rest: object) -> object:
        asked.append(text)
        return read(session, today, text, *rest)  # type: ignore[arg-type]  # as the page calls it

    monkeypatch.setattr(participants_board, "of", counted)
    for letters in ("k", "ka", "kar", "kart"):
        page.field.input.setText(letters)
    settle(qtbot, desk.runner)
    assert asked == ["k", "kart"] and _names(page) == ["Kartini"]


def test_an_empty_centre_is_told_to_import_a_roster_or_to_add_somebody(
    site: Centre,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    page = begin(ParticipantsPage(desk), desk, qtbot)
    went = gone(desk)
    assert page.first.hasFocus() and not page.add.isVisible() and not page.field.isVisible()
    QTest.keyClick(page.first, Qt.Key.Key_Return)
    assert went == [("roster_import",)]


def test_a_phone_number_is_written_as_it_is_read_out() -> None:
    assert phone_text("+6281234567890") == "0812 3456 7890"
    assert (phone_text(None), phone_text("")) == ("–", "–")
