"""The form of a participant: checks while one types, refusals at their fields, saving and the way back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.actions import participants
from app.actions.participants import ConsentGiven, ParticipantForm
from app.domain import nik
from app.domain.enrolment import EnrolmentState
from app.domain.nik import Nik, Sex
from app.errors import Refused
from app.queries import disclosures, rosters
from app.queries import participants as people
from app.queries.participants import ParticipantDetail
from app.storage.workplace import Workplace
from tests.desktop.hands import settle
from tests.desktop.people_pages import TODAY, begin, class_now, gone, person, site_in, told
from tests.support.centre import Centre
from tests.support.laptop import woman
from ui.desktop.desk import Desk
from ui.desktop.pages.participant import ParticipantPage
from ui.desktop.pages.participant_nik import so_far
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.lines import Line

KARTINI = ParticipantForm(
    "Kartini", woman(2), phone="081234567890", business="Kue kering", sales=30_000_000, capital=5_000_000
)


@pytest.fixture
def site(tmp_path: Path) -> Centre:
    return site_in(tmp_path)


@pytest.fixture
def opened(site: Centre) -> Workplace:
    return site.opened


@pytest.fixture
def new(site: Centre, desk: Desk, qtbot: QtBot) -> ParticipantPage:
    return begin(ParticipantPage(desk), desk, qtbot, None, None)


def _one(site: Centre, name: str) -> ParticipantDetail:
    with site.laptop.read() as session:
        (row,) = people.search(session, name)
        return people.one(session, row.id)


def _count(site: Centre) -> int:
    with site.laptop.read() as session:
        return len(people.search(session, ""))


def _said(card: QWidget) -> list[str]:
    QApplication.processEvents()  # what was just put into a layout is shown by an event
    return [line.accessibleName() for line in card.findChildren(Line) if line.isVisible()]


def _type(page: ParticipantPage, **values: str) -> None:
    for name, typed in values.items():
        control = page.fields.nik.input if name == "nik" else page.fields.text(name)
        control.setFocus()
        control.setText(typed)


def test_the_nik_fills_in_what_it_says_and_its_faults_are_told_at_once(new: ParticipantPage) -> None:
    _type(new, nik="99")
    assert "provinsi" in _said(new.nik_card)[0]
    _type(new, nik="8271014")
    assert _said(new.nik_card) == ["7 dari 16 angka.. "]
    _type(new, nik="827101993101")
    assert "kalender" in _said(new.nik_card)[0]
    _type(new, nik="8271 0141 0185 9001")
    assert _said(new.nik_card)[:2] == [
        "Perempuan, lahir 1 Januari 1985.. ",
        "Terdaftar pertama di Maluku Utara.. ",
    ]
    assert new.fields.sex.value() is Sex.FEMALE and new.fields.text("birth_date").text() == "01-01-1985"
    new.fields.sex.choose(Sex.MALE)
    assert len(_said(new.nik_card)) == 3, "a form that says otherwise is a warning, no refusal"


def test_somebody_new_is_saved_with_consent_and_goes_again_by_undo(
    new: ParticipantPage,
    site: Centre,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    heard, went = told(desk), gone(desk)
    _type(new, name="Salmah Tuanaya", nik=woman(5), phone="0813 1111 2222", sales="120 juta", business="Abon")
    new.consent.manner.choose("signed")
    new.consent.version.setText("2026-1")
    QTest.keyClick(new.fields.text("business"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk.runner)
    made = _one(site, "Salmah")
    assert (made.nik, made.phone, made.sales) == (woman(5), "+6281311112222", 120_000_000)
    assert [(one.version, one.given_on, one.manner) for one in made.consents] == [("2026-1", TODAY, "signed")]
    assert went == [("back",)] and heard[0][0] == "Salmah Tuanaya sudah dicatat."
    undo = heard[0][1]
    assert undo is not None
    undo()
    settle(qtbot, desk.runner)
    assert _count(site) == 0


def test_a_walk_in_needs_no_nik_and_the_next_one_can_follow_at_once(
    new: ParticipantPage,
    site: Centre,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    went = gone(desk)
    _type(new, name="Made")
    new.save_more.click()
    settle(qtbot, desk.runner)
    assert _one(site, "Made").nik is None and went == []
    assert new.fields.text("name").text() == "" and new.fields.text("name").hasFocus() and not new.dirty


FAULTS = (
    ({"name": ""}, "name"),
    ({"phone": "12345"}, "phone"),
    ({"nik": "123"}, "nik"),
    ({"birth_date": "kemarin"}, "birth_date"),
    ({"nib": "77"}, "nib"),
    ({"sales": "banyak"}, "sales"),
    ({"sales": "20 miliar"}, "capital"),
)


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(
    new: ParticipantPage, site: Centre, desk: Desk, qtbot: QtBot
) -> None:
    for typed, field in FAULTS:
        new.shown(None, None)
        _type(new, **{"name": "Salmah", "address": "Jalan Merdeka", **typed})
        before = new.fields.typed()
        new.save_now()
        settle(qtbot, desk.runner)
        assert [name for name, one in new.fields.fields.items() if one.refused] == [field]
        assert new.fields.typed() == before and _count(site) == 0


def test_a_consent_needs_its_day_and_version(new: ParticipantPage, desk: Desk, qtbot: QtBot) -> None:
    _type(new, name="Salmah")
    new.consent.manner.choose("spoken")
    new.consent.version.setText("")
    new.save_now()
    assert new.consent.form.fields["version"].refused
    new.consent.version.setText("2026-1")
    new.consent.day.setText("24-11-2199")
    new.save_now()
    assert new.consent.form.fields["given_on"].refused and new.dirty


def test_a_nik_that_is_known_opens_that_person_instead_of_a_second_one(
    new: ParticipantPage,
    site: Centre,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    who = person(site, KARTINI)
    went, heard = gone(desk), told(desk)
    _type(new, name="R. A. Kartini", nik=woman(2))
    settle(qtbot, desk.runner)
    labels = [label.accessibleName() for label in new.nik_card.findChildren(Label)]
    assert "NIK ini sudah terdaftar atas nama Kartini." in labels
    new.save_now()
    settle(qtbot, desk.runner)
    assert went == [] and _count(site) == 1 and "Kartini" in heard[0][0]
    assert new.fields.text("business").text() == "Kue kering" and new.fields.nik.input.isReadOnly()
    _type(new, business="Kue Kartini")
    new.save_now()
    settle(qtbot, desk.runner)
    assert went == [("back",)] and _one(site, "Kartini").id == who


def test_a_known_person_is_corrected_and_put_back_by_undo(
    site: Centre,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    who = person(site, KARTINI)
    page = begin(ParticipantPage(desk), desk, qtbot, who, None)
    before = _one(site, "Kartini")
    heard = told(desk)
    assert not page.dirty and page.fields.text("sales").text() == "Rp30.000.000"
    page.save_now()
    settle(qtbot, desk.runner)
    assert _one(site, "Kartini") == before, "a form that was only looked at changes nothing"
    page.shown(who, None)
    settle(qtbot, desk.runner)
    _type(page, business="Kue Kartini", phone="", capital="7 juta")
    page.consent.manner.choose("ticked")
    page.consent.version.setText("2026-1")
    page.save_now()
    settle(qtbot, desk.runner)
    after = _one(site, "Kartini")
    assert (after.business, after.phone, after.capital) == ("Kue Kartini", None, 7_000_000)
    assert after.nik == woman(2) and len(after.consents) == 1
    undo = heard[-1][1]
    assert undo is not None
    undo()
    settle(qtbot, desk.runner)
    assert _one(site, "Kartini") == before


def test_the_nik_on_record_is_shown_only_when_asked_for_and_that_is_noted(
    site: Centre,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    who = person(site, KARTINI)
    page = begin(ParticipantPage(desk), desk, qtbot, who, None)
    field = page.fields.nik
    assert field.input.text() == "•" * 12 + "9002" and field.input.isReadOnly()
    field.show_it.click()
    settle(qtbot, desk.runner)
    assert nik.clean(field.input.text()) == woman(2)
    with site.laptop.read() as session:
        assert [one.participant for one in disclosures.listed(session)] == [who]
    assert page.left() and field.input.text().startswith("•"), "leaving the page hides it again"
    field.replace.click()
    assert field.input.text() == "" and field.value() == woman(2), "typing nothing keeps the old one"
    field.input.setText(woman(7))
    page.save_now()
    settle(qtbot, desk.runner)
    assert _one(site, "Kartini").nik == woman(7)


def test_leaving_with_something_unsaved_takes_a_second_time(new: ParticipantPage) -> None:
    assert new.left()
    _type(new, name="Salmah")
    assert not new.left() and new.unsaved.isVisible()
    assert new.left(), "who asks again knows"
    _type(new, name="Salmah T.")
    assert not new.left()


def test_a_consent_is_withdrawn_and_given_again_while_the_form_keeps_what_is_typed(
    site: Centre,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    who = person(site, KARTINI)
    with site.laptop.write() as session:
        participants.give_consent(session, who, ConsentGiven("1", TODAY))
    page = begin(ParticipantPage(desk), desk, qtbot, who, None)
    heard = told(desk)
    _type(page, business="Baru")
    page.consent.withdraw_wanted.emit(_one(site, "Kartini").consents[0])
    settle(qtbot, desk.runner)
    assert _one(site, "Kartini").consents[0].withdrawn_on == TODAY and page.consent.form.isVisible()
    assert page.fields.text("business").text() == "Baru"
    undo = heard[0][1]
    assert undo is not None
    undo()
    settle(qtbot, desk.runner)
    assert _one(site, "Kartini").consents[0].withdrawn_on is None and not page.consent.form.isVisible()


def test_opened_from_a_class_the_person_joins_it(
    site: Centre,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    key = class_now(site, "KWU-9")
    page = begin(ParticipantPage(desk), desk, qtbot, None, key)
    heard = told(desk)
    assert "KWU-9" in page.save.accessibleName()
    _type(page, name="Salmah")
    page.save_now()
    settle(qtbot, desk.runner)
    with site.laptop.read() as session:
        (row,) = rosters.enrolled(session, key)
    assert (row.name, row.state) == ("Salmah", EnrolmentState.ENROLLED)
    undo = heard[0][1]
    assert undo is not None
    undo()
    settle(qtbot, desk.runner)
    with site.laptop.read() as session:
        assert rosters.enrolled(session, key, None) == [] and people.search(session, "") == []


def test_a_known_person_joins_the_class_and_leaves_it_by_undo(
    site: Centre,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    key, who = class_now(site, "KWU-9"), person(site, KARTINI)
    page = begin(ParticipantPage(desk), desk, qtbot, who, key)
    heard = told(desk)
    page.save_now()
    settle(qtbot, desk.runner)
    with site.laptop.read() as session:
        assert [row.participant for row in rosters.enrolled(session, key)] == [who]
    undo = heard[0][1]
    assert undo is not None
    undo()
    settle(qtbot, desk.runner)
    with site.laptop.read() as session:
        assert rosters.enrolled(session, key, None) == [] and len(people.search(session, "")) == 1


def test_somebody_who_is_not_here_is_said_and_cannot_be_saved(
    site: Centre,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    page = begin(ParticipantPage(desk), desk, qtbot, bytes(16), None)
    assert page.trouble.isVisible() and not page.save.isEnabled()
    page.save_now()
    page.shown(None, None)
    settle(qtbot, desk.runner)
    assert page.save.isEnabled() and not page.trouble.isVisible()


def test_the_scale_follows_the_figures_and_the_state_of_the_enterprise(new: ParticipantPage) -> None:
    _type(new, sales="3 miliar")
    assert "usaha kecil menurut penjualan" in _said(new.scale)[0]
    _type(new, capital="500 juta")
    new.fields.existing.choose(False)
    assert "usaha mikro menurut modal" in _said(new.scale)[0]
    _type(new, capital="11 miliar")
    assert "berskala besar" in _said(new.scale)[0]


@given(
    st.builds(
        "{:02}{:02}{:02}{:02}{:02}{:02}{:04}".format,
        st.sampled_from(sorted(nik.province_codes())).map(int),
        st.integers(1, 99), st.integers(1, 99), st.integers(1, 31), st.integers(1, 12), st.integers(0, 99),
        st.integers(1, 9999),
    ),
    st.integers(0, 16),
)  # fmt: skip
def test_no_beginning_of_a_good_nik_is_called_a_fault(number: str, digits: int) -> None:
    try:
        whole = nik.parse(number, TODAY)
    except Refused:
        return  # the thirty-first of a short month
    found = so_far(number[:digits], TODAY)
    assert found == (whole if digits == nik.LENGTH else digits)


@given(st.text(alphabet="0123456789", min_size=16, max_size=16))
def test_sixteen_digits_get_the_same_answer_as_from_the_domain(number: str) -> None:
    found = so_far(number, date(2026, 11, 24))
    try:
        assert found == nik.parse(number, date(2026, 11, 24))
    except Refused as fault:
        assert isinstance(found, Refused) and found.code == fault.code
    assert isinstance(found, Nik | Refused)


def test_what_is_no_digit_is_told_at_once() -> None:
    found = so_far("8271O1", TODAY)
    assert isinstance(found, Refused) and found.code == "nik-length"
    assert so_far("", TODAY) == 0
