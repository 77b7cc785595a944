"""Reviews: what two laptops said differently, and how a choice settles it on both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions import attendance, classes, participants, reviews
from app.actions.participants import ParticipantForm
from app.domain.attendance import Status
from app.domain.certificates import CertificateState
from app.domain.ids import ParticipantId, SessionNumber
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.timetable import SessionPlan
from app.errors import NotFound, Refused
from app.queries import attendance as shown
from app.queries import certificates
from app.queries import classes as listed_classes
from app.queries import reviews as listed
from app.queries.reviews import Kind, Review
from app.storage.journal import Draft, record
from tests.support.class_of import class_of, fresh_code, two_laptops
from tests.support.laptop import TODAY, Laptop, hand_over, woman

MARKS = {letter: MarkEntry(Status(letter)) for letter in "HTISA"}
Pair = tuple[Laptop, Laptop]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    made = two_laptops(tmp_path_factory.mktemp("office"))
    yield made
    for laptop in made:
        laptop.store.close()


def exchange(pair: Pair) -> None:
    hand_over(*pair)
    hand_over(*reversed(pair))


def disputed(pair: Pair, first: str = "H", second: str = "A") -> tuple[ClassKey, ParticipantId]:
    """A mark that both laptops set while apart, known to both afterwards."""
    key, (who,) = class_of(pair[0], 1, 1, fresh_code())
    exchange(pair)
    for laptop, letter in zip(pair, (first, second), strict=True):
        with laptop.write() as session:
            attendance.mark(session, key, 1, who, MARKS[letter])
    exchange(pair)
    return key, who


def of_class(laptop: Laptop, key: ClassKey) -> list[Review]:
    with laptop.read() as session:
        return [r for r in listed.listed(session) if key.code in r.key.values() or r.entity == "certificate"]


def mark(laptop: Laptop, key: ClassKey, who: ParticipantId) -> str:
    with laptop.read() as session:
        return shown.matrix(session, key).marks[who][SessionNumber(1)].status.value


def test_a_mark_set_twice_is_one_review_with_both_values(pair: Pair) -> None:
    key, _ = disputed(pair)
    found = [of_class(laptop, key) for laptop in pair]
    assert [[r.id for r in reviews_] for reviews_ in found] == [[found[0][0].id]] * 2
    (review,) = found[0]
    assert (review.kind, review.entity, review.group) == (Kind.DIFFERS, "mark", "mark")
    assert (review.subject, review.key["number"]) == ("Orang 0", 1)
    assert {v.values["status"]: v.machine for v in review.versions} == {"H": "Laptop 2", "A": "Laptop 3"}
    ranks = [v.rank for v in review.versions]
    assert ranks == sorted(ranks, reverse=True) and all(v.at and v.at.year == 2026 for v in review.versions)


def test_the_same_mark_set_twice_is_none(pair: Pair) -> None:
    key, _ = disputed(pair, "S", "S")
    assert of_class(pair[0], key) == of_class(pair[1], key) == []


@pytest.mark.parametrize("place", [0, 1])
def test_a_version_chosen_holds_on_both_laptops(pair: Pair, place: int) -> None:
    key, who = disputed(pair)
    (review,) = of_class(pair[1], key)
    chosen = review.versions[place].values["status"]
    with pair[1].write() as session:
        assert reviews.choose(session, review.id, place, TODAY, "Dilihat di daftar kertas") == review.id
    exchange(pair)
    assert of_class(pair[0], key) == of_class(pair[1], key) == []
    assert mark(pair[0], key, who) == mark(pair[1], key, who) == chosen


def test_another_value_than_either_can_be_chosen(pair: Pair) -> None:
    key, who = disputed(pair)
    (review,) = of_class(pair[0], key)
    with pair[0].write() as session:
        reviews.choose(session, review.id, {"status": "T", "arrival": 500}, TODAY, "Datang 08.20")
        with pytest.raises(NotFound):
            reviews.choose(session, review.id, 0, TODAY, "Lagi")
    exchange(pair)
    assert mark(pair[1], key, who) == "T"


def test_a_choice_that_cannot_be_is_refused(pair: Pair) -> None:
    key, _ = disputed(pair)
    (review,) = of_class(pair[0], key)
    with pair[0].write() as session:
        for choice, reason, code in ((2, "x", "review-choice"), ({"colour": 1}, "x", "review-choice"),
                                     (0, None, "reason-missing")):  # fmt: skip
            with pytest.raises(Refused) as refusal:
                reviews.choose(session, review.id, choice, TODAY, reason)
            assert refusal.value.code == code
    assert of_class(pair[0], key) == [review]


def test_both_laptops_choosing_differently_is_a_review_again(pair: Pair) -> None:
    key, _ = disputed(pair)
    for place, laptop in enumerate(pair):
        (review,) = of_class(laptop, key)
        with laptop.write() as session:
            reviews.choose(session, review.id, place, TODAY, "Pilihan sendiri")
    exchange(pair)
    (again,) = of_class(pair[0], key)
    assert again.id != review.id and len(again.versions) == 2


@pytest.mark.parametrize(("choice", "there"), [(0, False), (1, True)])
def test_a_deleted_session_that_was_edited_meanwhile_is_looked_at(
    pair: Pair, choice: int, there: bool
) -> None:
    key, _ = class_of(pair[0], 1, 2, fresh_code())
    exchange(pair)
    with pair[0].read() as session:
        first = listed_classes.session_numbered(session, key, 1)
    assert first.day is not None
    plan = SessionPlan(first.day, 480, 660, 4)
    with pair[0].write() as session:
        classes.schedule(session, key, [plan])
    with pair[1].write() as session:
        classes.schedule(session, key, [plan, SessionPlan(first.day, 700, 800, 2)])
    exchange(pair)
    (review,) = of_class(pair[1], key)
    assert review.kind is Kind.EDITED_AFTER_DELETION
    assert [v.group for v in review.versions] == ["gone", "plan"]
    with pair[1].write() as session:
        reviews.choose(session, review.id, choice, TODAY)
    exchange(pair)
    for laptop in pair:
        assert of_class(laptop, key) == []
        with laptop.read() as session:
            assert (2 in [s.number for s in listed_classes.sessions(session, key)]) is there


def issued(laptop: Laptop, key: ClassKey, who: ParticipantId, serial: int, number: str) -> None:
    """A line in the register as issuing writes it."""
    register = (key.centre, key.code, who, number, TODAY, bytes(12))
    with laptop.write() as session:
        record(
            session,
            Draft("certificate", (serial,), {"register": register, "state": ("issued", None, None, TODAY)}),
        )


def test_of_two_certificates_for_one_person_one_stands(pair: Pair) -> None:
    key, (who,) = class_of(pair[0], 1, 1, fresh_code())
    serials = (100_090_000_001, 100_090_000_301)
    for laptop, serial in zip(pair, serials, strict=True):
        issued(laptop, key, who, serial, f"{serial}/A")
    exchange(pair)
    (review,) = [r for r in of_class(pair[0], key) if r.kind is Kind.TWO_CERTIFICATES]
    assert review.subject == "Orang 0" and {v.key for v in review.versions} == {(s,) for s in serials}
    kept = review.versions[1].key
    with pair[0].write() as session:
        reviews.choose(session, review.id, 1, TODAY, "Terbit dua kali")
    exchange(pair)
    with pair[1].read() as session:
        states = {row.serial: (row.state, row.other) for row in certificates.register(session, key)}
    other = next(s for s in serials if (s,) != kept)
    assert states == {kept[0]: (CertificateState.ISSUED, None), other: (CertificateState.REPLACED, kept[0])}
    assert of_class(pair[1], key) == []


def test_a_number_typed_twice_is_settled_by_replacing_only(pair: Pair) -> None:
    key, people = class_of(pair[0], 2, 1, fresh_code())
    for n, (laptop, who) in enumerate(zip(pair, people, strict=True)):
        issued(laptop, key, who, 100_090_001_000 + n, ("0417/BPVP-TTE/IX", "417 / bpvp-tte / ix")[n])
    exchange(pair)
    (review,) = of_class(pair[0], key)
    assert review.kind is Kind.NUMBER_TWICE
    with pair[0].write() as session, pytest.raises(Refused) as refusal:
        reviews.choose(session, review.id, 0, TODAY, "x")
    assert refusal.value.code == "review-number-twice"


def test_a_corrected_person_is_a_review_in_the_group_concerned(pair: Pair) -> None:
    with pair[0].write() as session:
        form = ParticipantForm("Siti Contoh", woman(700))
        who = participants.register(session, form, pair[0].secret, TODAY)
    exchange(pair)
    for laptop, name in zip(pair, ("Sitti Contoh", "Siti Contoh, S.E."), strict=True):
        with laptop.write() as session:
            participants.edit(session, who, ParticipantForm(name, woman(700)), TODAY)
    exchange(pair)
    with pair[0].read() as session:
        (review,) = [r for r in listed.listed(session) if r.entity == "participant"]
    assert review.group == "identity" and len(review.versions) == 2
    with pair[0].write() as session:
        reviews.choose(session, review.id, 0, TODAY)


letters = st.sampled_from("HTISA")


@given(
    rounds=st.lists(st.tuples(letters, letters, st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=4)
)
@settings(max_examples=15)
def test_however_marks_were_disputed_choices_leave_both_laptops_alike(
    pair: Pair, rounds: list[tuple[str, str, int, int]]
) -> None:
    key, (who,) = class_of(pair[0], 1, 1, fresh_code())
    exchange(pair)
    for first, second, chooser, place in rounds:
        for laptop, letter in zip(pair, (first, second), strict=True):
            with laptop.write() as session:
                attendance.mark(session, key, 1, who, MARKS[letter], "Koreksi")
        exchange(pair)
        for review in of_class(pair[chooser], key):
            if review.kind is Kind.DIFFERS:
                with pair[chooser].write() as session:
                    reviews.choose(session, review.id, place, TODAY, "Dipilih")
        exchange(pair)
        assert mark(pair[0], key, who) == mark(pair[1], key, who)
        assert [r for r in of_class(pair[0], key) if r.kind is Kind.DIFFERS] == []
