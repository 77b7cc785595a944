"""Registering people, correcting them, and their consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.actions import participants
from app.actions.participants import ConsentGiven, ParticipantForm
from app.domain.enterprise import Criterion, Scale
from app.domain.nik import Sex
from app.errors import NotFound, Refused
from app.queries import participants as people
from app.queries.history import changes_written
from tests.support.laptop import TODAY, Laptop, woman

FORM = ParticipantForm(
    name="  Nabila   Contoh ",
    nik=woman(1),
    phone="0812-3456-7890",
    business="Warung Contoh",
    nib="1234 5678 90123",
    capital=50_000_000,
    sales=120_000_000,
)


def test_a_participant_is_kept_in_one_spelling_and_shown_with_a_masked_nik(laptop: Laptop) -> None:
    with laptop.write() as session:
        made = participants.register(session, FORM, laptop.secret, TODAY, ConsentGiven("1", TODAY))
        (row,) = people.search(session, "nabila")
        detail = people.one(session, made)
    assert row.id == made and row.nik == "•" * 12 + "9001"
    assert (detail.name, detail.nik, detail.phone) == ("Nabila Contoh", woman(1), "+6281234567890")
    assert (detail.sex, detail.birth_date) == (Sex.FEMALE, date(1985, 1, 1))
    assert detail.nib == "1234567890123" and detail.existing is True
    assert detail.scale and (detail.scale.scale, detail.scale.criterion) == (Scale.MICRO, Criterion.SALES)
    assert [(c.version, c.given_on, c.withdrawn_on) for c in detail.consents] == [("1", TODAY, None)]


def test_two_laptops_of_a_centre_give_one_person_one_id(laptop: Laptop, other: Laptop) -> None:
    made = []
    for one in (laptop, other):
        with one.write() as session:
            made.append(participants.register(session, FORM, one.secret, TODAY))
    assert made[0] == made[1]


def test_walk_ins_without_a_nik_get_ids_of_their_own(laptop: Laptop) -> None:
    with laptop.write() as session:
        made = {
            participants.register(session, ParticipantForm("Tamu"), laptop.secret, TODAY) for _ in range(3)
        }
    assert len(made) == 3
    assert len({one[:8] for one in made}) == 1
    assert all(one[6] >> 4 == 8 and one[8] >> 6 == 2 for one in made)


def test_somebody_who_is_there_is_not_registered_again(laptop: Laptop) -> None:
    with laptop.write() as session:
        participants.register(session, FORM, laptop.secret, TODAY)
        with pytest.raises(Refused) as refusal:
            participants.register(session, replace(FORM, name="Lain"), laptop.secret, TODAY)
    assert refusal.value.code == "participant-exists"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"name": ""}, "text-missing"),
        ({"nik": "123"}, "nik-length"),
        ({"phone": "021-555"}, "phone-invalid"),
        ({"nib": "12"}, "nib-invalid"),
        ({"sales": 20_000_000_000}, "scale-medium"),
        ({"address": "x" * 501}, "text-too-long"),
    ],
)
def test_a_form_that_breaks_a_rule_is_refused(laptop: Laptop, fault: dict[str, object], code: str) -> None:
    with laptop.write() as session:
        before = changes_written(session)
        with pytest.raises(Refused) as refusal:
            participants.register(session, replace(FORM, **fault), laptop.secret, TODAY)  # type: ignore[arg-type]
        assert (refusal.value.code, changes_written(session)) == (code, before)


def test_an_edit_writes_one_change_and_the_same_again_none(laptop: Laptop) -> None:
    with laptop.write() as session:
        made = participants.register(session, FORM, laptop.secret, TODAY)
        before = changes_written(session)
        for _ in range(2):
            participants.edit(session, made, replace(FORM, phone=None, address="Jl. Contoh 1"), TODAY)
        assert changes_written(session) == before + 1
        detail = people.one(session, made)
        assert (detail.phone, detail.address, detail.name) == (None, "Jl. Contoh 1", "Nabila Contoh")
        with pytest.raises(NotFound):
            participants.edit(session, bytes(16), FORM, TODAY)


def test_consent_is_recorded_once_and_can_be_taken_back(laptop: Laptop) -> None:
    with laptop.write() as session:
        made = participants.register(session, FORM, laptop.secret, TODAY, ConsentGiven("1", TODAY))
        before = changes_written(session)
        participants.give_consent(session, made, ConsentGiven("1", date(2026, 10, 1)))
        assert changes_written(session) == before
        participants.withdraw_consent(session, made, "1", date(2026, 10, 2))
        (consent,) = people.one(session, made).consents
        assert (consent.given_on, consent.withdrawn_on) == (TODAY, date(2026, 10, 2))
        with pytest.raises(NotFound):
            participants.withdraw_consent(session, made, "2", TODAY)


def test_people_are_found_by_name_and_by_digits(laptop: Laptop) -> None:
    with laptop.write() as session:
        for n in (1, 2):
            form = ParticipantForm(f"Orang {n} %", woman(n))
            participants.register(session, form, laptop.secret, TODAY)
        found = {
            text: [r.name for r in people.search(session, text)] for text in ("orang", "9002", "%", woman(1))
        }
        assert people.search(session, "", limit=1)[0].name == "Orang 1 %"
    assert found == {
        "orang": ["Orang 1 %", "Orang 2 %"], "9002": ["Orang 2 %"], "%": ["Orang 1 %", "Orang 2 %"],
        woman(1): ["Orang 1 %"],
    }  # fmt: skip
