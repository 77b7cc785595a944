"""The participants of a class: groups, the ways in, out and into another class, each with the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.actions import enrolments
from app.actions.participants import ParticipantForm
from app.domain.enrolment import EnrolmentState
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.queries import rosters
from app.storage.journal import Draft, record
from app.storage.workplace import Workplace
from tests.desktop.hands import settle
from tests.desktop.people_pages import Undone, begin, class_now, gone, person, site_in, told
from tests.support.centre import Centre
from tests.support.laptop import CENTRE, EVERYBODY, hand_over
from ui.desktop.desk import Desk
from ui.desktop.pages.class_participants import ClassParticipantsPage
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.rows import Group

Taught = tuple[ClassKey, list[ParticipantId]]
ENROLLED, WAITING, WITHDRAWN, MOVED = (
    EnrolmentState.ENROLLED,
    EnrolmentState.WAITING,
    EnrolmentState.WITHDRAWN,
    EnrolmentState.MOVED,
)


@pytest.fixture
def site(tmp_path: Path) -> Centre:
    return site_in(tmp_path)


@pytest.fixture
def opened(site: Centre) -> Workplace:
    return site.opened


@pytest.fixture
def taught(site: Centre) -> Taught:
    """Two are enrolled and one waits; a fourth participant of the centre is in no class."""
    key = class_now(site, "KWU-9")
    names = ("Ahmad Fauzi", "Dewi Lestari", "Kartini", "Made Suartana")
    people = [person(site, ParticipantForm(name)) for name in names]
    with site.laptop.write() as session:
        enrolments.enrol(session, key, people[:2])
        enrolments.enrol(session, key, people[2:3], WAITING)
    return key, people


@pytest.fixture
def page(taught: Taught, desk: Desk, qtbot: QtBot) -> ClassParticipantsPage:
    return begin(ClassParticipantsPage(desk), desk, qtbot, taught[0])


def _states(site: Centre, key: ClassKey) -> dict[str, EnrolmentState]:
    with site.laptop.read() as session:
        return {row.name.split()[0]: row.state for row in rosters.enrolled(session, key, None)}


def _button(page: ClassParticipantsPage, said: str) -> Button:
    return next(b for b in page.findChildren(Button) if b.accessibleName() == said and b.isVisible())


def _undo(heard: Undone, desk: Desk, qtbot: QtBot) -> str:
    """Take the last thing back; what it was told as."""
    said, undo = heard[-1]
    assert callable(undo)
    undo()
    settle(qtbot, desk.runner)
    return said


def test_people_stand_in_groups_by_how_they_stand(page: ClassParticipantsPage, taught: Taught) -> None:
    groups = [
        (one.key, str(one.chip.text)) for one in page.rows.entries() if isinstance(one, Group) and one.chip
    ]
    assert groups == [(ENROLLED, "2 orang"), (WAITING, "1 orang")]
    assert page.table.hasFocus() and page.panel.who == taught[1][0]
    assert page.summary.text() == "2 terdaftar, 1 menunggu. Kuota balai: 2 dari 500 terpakai."
    assert not page.quota.isVisible()


def test_who_waits_is_taken_in_and_waits_again_by_undo(
    page: ClassParticipantsPage, site: Centre, taught: Taught, desk: Desk, qtbot: QtBot
) -> None:
    key, people = taught
    heard = told(desk)
    page.shown(key, people[2])
    settle(qtbot, desk.runner)
    _button(page, "Terima di kelas").click()
    settle(qtbot, desk.runner)
    assert _states(site, key)["Kartini"] is ENROLLED and page.panel.who == people[2]
    assert _undo(heard, desk, qtbot) == "Kartini masuk kelas KWU-9."
    assert _states(site, key)["Kartini"] is WAITING


def test_withdrawing_needs_a_reason_and_can_be_undone(
    page: ClassParticipantsPage, site: Centre, taught: Taught, desk: Desk, qtbot: QtBot
) -> None:
    key, _ = taught
    heard = told(desk)
    _button(page, "Undurkan…").click()
    assert page.panel.reason.hasFocus() and page.panel.asking
    QTest.keyClick(page.panel.reason, Qt.Key.Key_Return)
    assert page.panel.reason_field.refused and _states(site, key)["Ahmad"] is ENROLLED
    assert page.escaped() and not page.escaped() and page.table.hasFocus()
    _button(page, "Undurkan…").click()
    QTest.keyClicks(page.panel.reason, "Pindah kota")
    QTest.keyClick(page.panel.reason, Qt.Key.Key_Return)
    settle(qtbot, desk.runner)
    assert _states(site, key)["Ahmad"] is WITHDRAWN and not page.panel.asking
    assert "mengundurkan diri" in _undo(heard, desk, qtbot)
    assert _states(site, key)["Ahmad"] is ENROLLED


def test_moving_goes_to_a_class_that_is_not_over_and_back_by_undo(
    page: ClassParticipantsPage, site: Centre, taught: Taught, desk: Desk, qtbot: QtBot
) -> None:
    key, people = taught
    assert not [b for b in page.findChildren(Button) if b.accessibleName() == "Pindahkan…" and b.isVisible()]
    other = class_now(site, "KWU-10")
    with site.laptop.write() as session:
        enrolments.enrol(session, other, people[:1])
        enrolments.withdraw(session, other, people[0], "Sakit")
    desk.runner.changed.emit(frozenset({"enrolment"}))
    settle(qtbot, desk.runner)
    heard = told(desk)
    _button(page, "Pindahkan…").click()
    assert page.panel.to.value() == other
    page.panel.confirm_move.click()
    settle(qtbot, desk.runner)
    assert (_states(site, key)["Ahmad"], _states(site, other)["Ahmad"]) == (MOVED, ENROLLED)
    assert page.panel.who == people[0]
    _undo(heard, desk, qtbot)
    assert (_states(site, key)["Ahmad"], _states(site, other)["Ahmad"]) == (ENROLLED, WITHDRAWN)


def test_somebody_of_the_centre_is_found_and_added_by_keys_alone(
    page: ClassParticipantsPage, site: Centre, taught: Taught, desk: Desk, qtbot: QtBot
) -> None:
    heard = told(desk)
    QTest.keyClicks(page.table, "t")
    settle(qtbot, desk.runner)
    field = page.adding.field.input
    assert field.hasFocus()
    QTest.keyClicks(field, "dewi")
    settle(qtbot, desk.runner)
    assert "sudah di kelas ini" in page.adding.rows.cell(0, 0).words() and not page.adding.add.isEnabled()
    field.clear()
    QTest.keyClicks(field, "made")
    settle(qtbot, desk.runner)
    page.adding.state.choose(WAITING)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, desk.runner)
    assert _states(site, taught[0])["Made"] is WAITING and field.hasFocus(), "the next one can follow"
    assert not page.adding.add.isEnabled()
    assert "daftar tunggu" in _undo(heard, desk, qtbot)
    assert "Made" not in _states(site, taught[0])
    assert page.escaped() and page.table.hasFocus()


def test_arrow_keys_choose_among_those_found(page: ClassParticipantsPage, desk: Desk, qtbot: QtBot) -> None:
    page.begin_adding()
    settle(qtbot, desk.runner)
    field, first = page.adding.field.input, page.adding.line()
    assert first is not None and first.person.name == "Made Suartana", "the one who is not in the class yet"
    QTest.keyClick(field, Qt.Key.Key_Up)
    second = page.adding.line()
    assert second is not None and second.person.name == "Kartini" and field.hasFocus()
    QTest.keyClicks(field, "zulaikha")
    settle(qtbot, desk.runner)
    assert page.adding.line() is None and page.adding.nobody.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_ways_on_lead_to_form_story_import_and_cards(
    page: ClassParticipantsPage, taught: Taught, desk: Desk
) -> None:
    key, people = taught
    went = gone(desk)
    _button(page, "Ubah data").click()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.bring.click()
    page.cards.click()
    page.begin_adding()
    _button(page, "Orang baru").click()
    assert went == [
        ("participant", people[0]),
        ("participant_history", people[0]),
        ("roster_import", None, key),
        ("reports", key, "cards"),
        ("participant", None, key),
    ]


def test_a_class_with_nobody_says_what_to_do_first_and_one_can_begin_to_add(
    site: Centre, desk: Desk, qtbot: QtBot
) -> None:
    key = class_now(site, "KWU-11")
    page = begin(ClassParticipantsPage(desk), desk, qtbot, key)
    went = gone(desk)
    assert page.first.hasFocus() and not page.cards.isVisible()
    QTest.keyClick(page.first, Qt.Key.Key_Return)
    assert went == [("roster_import", None, key)]
    page.begin_adding()
    assert page.adding.isVisible() and page.adding.field.input.hasFocus()
    assert page.escaped() and page.first.isVisible()


def test_a_full_quota_is_told_and_hinders_nobody(
    site: Centre, taught: Taught, desk: Desk, qtbot: QtBot
) -> None:
    with site.headquarters.write() as session:
        record(session, Draft("centre", (CENTRE,), {"quota": (2,)}), scope=EVERYBODY)
    hand_over(site.headquarters, site.laptop)
    page = begin(ClassParticipantsPage(desk), desk, qtbot, taught[0])
    assert page.quota.isVisible() and "Kuota balai penuh: 2 dari 2." in page.summary.text()
    assert page.add.isEnabled()


def test_a_class_that_is_not_here_is_said(page: ClassParticipantsPage, desk: Desk, qtbot: QtBot) -> None:
    page.shown(ClassKey(CENTRE, "KWU-99"))  # type: ignore[arg-type]  # a code is a text
    page.catch_up()
    settle(qtbot, desk.runner)
    assert page.strip.isVisible() and not page.add.isVisible()
