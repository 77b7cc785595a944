"""A person's story: the classes with what came of them, and every change with both values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.actions import attendance, decisions, disclosures, participants, persons, results
from app.actions.participants import ParticipantForm
from app.domain.attendance import Status
from app.domain.completion import Outcome
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.results import ResultEntry
from app.domain.roles import Role
from app.errors import NotFound
from app.queries import participant_story
from app.queries.history import HistoryLine
from app.storage.workplace import Workplace
from tests.desktop.hands import settle
from tests.desktop.people_pages import begin, gone, site_in
from tests.support.centre import Centre
from tests.support.class_of import class_of
from tests.support.laptop import TODAY, woman
from ui.desktop.desk import Desk
from ui.desktop.pages.participant_history import ParticipantHistoryPage
from ui.desktop.pages.participant_history_words import entries, value
from ui.desktop.widgets.labels import Label
from ui.desktop.wording import use_language

Person = tuple[ClassKey, ParticipantId]


@pytest.fixture
def site(tmp_path: Path) -> Centre:
    return site_in(tmp_path)


@pytest.fixture
def opened(site: Centre) -> Workplace:
    return site.opened


@pytest.fixture
def graduate(site: Centre) -> Person:
    """Somebody who was present, tested and passed, and whose business was corrected later."""
    with site.laptop.write() as session:
        site.laptop.author = persons.add(
            session, name="Nurlaila Contoh", login="nurlaila", role=Role.INSTRUCTOR, pin="246810"
        )
    key, (who,) = class_of(site.laptop, 1, 2)
    form = ParticipantForm("Orang 0", woman(0), birth_place="Ternate")
    with site.laptop.write() as session:
        for number in (1, 2):
            attendance.finalise(session, key, number, {who: MarkEntry(Status.PRESENT)})
        results.record_many(
            session, key, [ResultEntry(who, code, 4_000, 9_000) for code in ("KWU-01", "KWU-02")]
        )
        decisions.decide(session, key, TODAY)
    with site.laptop.write() as session:
        participants.edit(session, who, replace(form, business="Abon Tuna"), TODAY)
    with site.laptop.write() as session:
        participants.edit(session, who, replace(form, business="Abon Ikan", nik=woman(1)), TODAY)
        disclosures.show_nik(session, who)
    return key, who


@pytest.fixture
def page(graduate: Person, desk: Desk, qtbot: QtBot) -> ParticipantHistoryPage:
    return begin(ParticipantHistoryPage(desk), desk, qtbot, graduate[1])


def _labels(page: ParticipantHistoryPage) -> list[str]:
    return [label.accessibleName() or label.text() for label in page.findChildren(Label)]


def test_a_class_tells_attendance_results_and_decision(site: Centre, graduate: Person) -> None:
    with site.laptop.read() as session:
        story = participant_story.of(session, graduate[1])
        with pytest.raises(NotFound, match="participant-unknown"):
            participant_story.of(session, b"nobody")
    (stay,) = story.stays
    assert (stay.present, stay.counted, stay.rate) == (2, 2, Fraction(1))
    assert (stay.modules, stay.of_modules, stay.average) == (2, 3, 9_000)
    assert stay.decision and stay.decision.outcome is Outcome.PASSED and stay.certificates == ()
    assert (story.person.name, stay.participation.key) == ("Orang 0", graduate[0])


def test_the_page_says_it_in_sentences_with_the_nik_masked(
    page: ParticipantHistoryPage, graduate: Person
) -> None:
    said = _labels(page)
    assert "Hadir 2 dari 2 pertemuan, 100 %." in said
    assert "Nilai 2 dari 3 modul, rata-rata 90." in said
    assert "•" * 12 + "9001" in said and "Abon Ikan" in said
    assert page.head.title.text() == "Orang 0"


def test_a_change_stands_with_both_values_who_made_it_and_where(page: ParticipantHistoryPage) -> None:
    rows = {page.rows.cell(at, 1).words(): at for at in range(page.rows.rowCount())}
    masked = "•" * 12
    told = f"Data peserta, NIK: {masked}9000 menjadi {masked}9001, Usaha: Abon Tuna menjadi Abon Ikan"
    assert told in rows
    assert page.rows.cell(rows[told], 2).words() == "Nurlaila Contoh, Laptop 2"
    assert any(words.startswith("Presensi pertemuan 2, KWU-9, Status: Hadir") for words in rows)
    assert "NIK lengkap ditampilkan, Tercatat di laptop ini saja." in rows
    assert not any(woman(0) in words or woman(1) in words for words in rows)


def test_the_chosen_entry_is_told_in_full_also_in_another_language(
    page: ParticipantHistoryPage, desk: Desk, qtbot: QtBot
) -> None:
    page.table.select(next(one.key for one in page._entries if one.correction))
    assert "menjadi Abon Ikan" in page.whole.accessibleName()
    use_language("en")
    settle(qtbot, desk.runner)
    assert "Abon Tuna, now Abon Ikan" in page.whole.accessibleName()


def test_changes_alone_are_one_press_away(page: ParticipantHistoryPage) -> None:
    everything = page.rows.rowCount()
    page.switch.choose("corrections")
    page.switch.chosen.emit("corrections")
    assert 0 < page.rows.rowCount() < everything
    assert all(one.correction for one in page.rows.entries())  # type: ignore[union-attr]  # no groups


def test_the_ways_on_lead_to_the_form_and_to_the_class(
    page: ParticipantHistoryPage, graduate: Person, desk: Desk
) -> None:
    went = gone(desk)
    QTest.keyClick(page.table, Qt.Key.Key_U)
    page.edit.click()
    page.head.crumb.emit(0)
    assert went == [("participant", graduate[1]), ("participant", graduate[1]), ("participants",)]


def test_somebody_who_is_not_here_is_said(page: ParticipantHistoryPage, desk: Desk, qtbot: QtBot) -> None:
    page.shown(bytes(16))
    page.catch_up()
    settle(qtbot, desk.runner)
    assert page.strip.isVisible() and not page.edit.isEnabled() and page.rows.rowCount() == 0


def test_values_of_one_moment_are_one_entry_and_the_newest_comes_first() -> None:
    def line(minute: int, group: str, before: dict[str, object] | None, **after: object) -> HistoryLine:
        at = datetime(2026, 11, 24, 4, minute, tzinfo=UTC)
        return HistoryLine(
            at, "Nurlaila", "Balai-02", "participant", {"id": b"1"}, group, before, after, None
        )

    first = [line(1, "identity", None, name="A", sex="P"), line(1, "contact", None, phone="+628123456789")]
    later = line(2, "contact", {"phone": "+628123456789"}, phone=None)
    found = entries([later, *reversed(first)], [], UTC)
    assert [str(one.what) for one in found] == ["Telepon dan alamat", "Data peserta"]
    assert [one.correction for one in found] == [True, False]
    assert str(found[0].values) == "Telepon: 0812 3456 789 menjadi belum ada"
    assert str(found[1].values) == "Nama: A, Jenis kelamin: Perempuan, Telepon: 0812 3456 789"
    assert str(value("birth_date", date(1985, 1, 1))) == "Selasa, 1 Januari 1985"
