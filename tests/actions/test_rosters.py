"""Taking rosters in: dry first, never deleting, twice the same, on two laptops one set of people."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions import classes, enrolments, participants, rosters
from app.actions.participants import ConsentGiven, ParticipantForm
from app.actions.rosters import Fate
from app.domain.enrolment import EnrolmentState
from app.domain.keys import ClassKey
from app.errors import NotFound, Refused
from app.queries import participants as people
from app.queries import rosters as listed
from app.queries.history import changes_written
from app.roster import reader
from app.roster.people import Person
from app.roster.roster import RosterRow
from tests.support.class_of import fresh_code, two_laptops
from tests.support.laptop import CENTRE, TODAY, Laptop, hand_over, woman

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "sample" / "rosters"
CONSENT = ConsentGiven("1", TODAY)
NOBODY = Person("", None, None, None, None, None, None, None, None, None, None, None)


def row(number: int, **said: object) -> RosterRow:
    person = replace(NOBODY, name=f"Orang {number}", nik=woman(number), **said)  # type: ignore[arg-type]
    return RosterRow("Peserta", number + 5, {}, person, ())


def take_in(laptop: Laptop, key: ClassKey, rows: list[RosterRow]) -> rosters.Imported:
    with laptop.read() as session:
        plan = rosters.plan_import(session, rows, key, laptop.secret, TODAY)
    with laptop.write() as session:
        return rosters.import_plan(session, plan, CONSENT)


def fates(laptop: Laptop, key: ClassKey, rows: list[RosterRow]) -> list[Fate]:
    with laptop.read() as session:
        return [r.fate for r in rosters.plan_import(session, rows, key, laptop.secret, TODAY).rows]


def second_class(laptop: Laptop, first: date, last: date) -> ClassKey:
    with laptop.write() as session:
        return classes.create(
            session, code="KWU-2", title="B", programme="KWU", version=1, first_day=first, last_day=last
        )


def test_the_sample_roster_is_taken_in_by_place_and_again_changes_nothing(
    laptop: Laptop, key: ClassKey
) -> None:
    rows = list(reader.read(SAMPLES / "clean-200.xlsx", TODAY).rows)
    done = take_in(laptop, key, rows)
    assert (done.new, done.changed, done.enrolled, done.changes) == (200, 0, 200, 600)
    with laptop.read() as session:
        placed = listed.enrolled(session, key)
        written = changes_written(session)
    assert [(p.place, p.name) for p in placed] == [(n, r.values.name) for n, r in enumerate(rows, 1)]
    assert set(fates(laptop, key, rows)) == {Fate.SAME}
    assert take_in(laptop, key, rows) == rosters.Imported(0, 0, 0, 0)
    with laptop.read() as session:
        assert changes_written(session) == written


def test_faulty_lines_are_refused_with_their_codes(laptop: Laptop, key: ClassKey) -> None:
    rows = list(reader.read(SAMPLES / "messy-45.xlsx", TODAY).rows)
    with laptop.read() as session:
        plan = rosters.plan_import(session, rows, key, laptop.secret, TODAY)
    refused = [r for r in plan.rows if r.fate is Fate.REFUSED]
    assert plan.counts[Fate.REFUSED] == len(refused) == 7
    assert plan.counts[Fate.NEW] == 38
    assert {c for r in refused for c in r.codes} >= {"nik-precision-lost", "scale-medium", "name-missing"}


def test_a_roster_changes_what_it_says_and_empties_nothing(laptop: Laptop, key: ClassKey) -> None:
    take_in(laptop, key, [row(1, phone="+628123456789", capital=5, sales=7), row(2)])
    again = [row(1, address="Jl. Contoh 1")]
    with laptop.read() as session:
        plan = rosters.plan_import(session, again, key, laptop.secret, TODAY)
    assert [(r.fate, r.changed) for r in plan.rows] == [(Fate.CHANGED, ("address",))]
    done = take_in(laptop, key, again)
    assert (done.new, done.changed, done.enrolled, done.changes) == (0, 1, 0, 1)
    with laptop.read() as session:
        one, two = listed.enrolled(session, key)
        detail = people.one(session, one.participant)
    assert two.name == "Orang 2"
    assert (detail.phone, detail.address) == ("+628123456789", "Jl. Contoh 1")
    assert (detail.capital, detail.sales, detail.existing) == (5, 7, True)


def test_people_of_a_class_at_the_same_time_are_left_out_unless_asked_for(
    laptop: Laptop, key: ClassKey
) -> None:
    take_in(laptop, key, [row(1)])
    later = second_class(laptop, date(2026, 9, 25), date(2026, 9, 29))
    assert fates(laptop, later, [row(1), row(2)]) == [Fate.ELSEWHERE, Fate.NEW]
    assert take_in(laptop, later, [row(1), row(2)]).enrolled == 1
    with laptop.write() as session:
        plan = rosters.plan_import(session, [row(1)], later, laptop.secret, TODAY)
        assert plan.rows[0].elsewhere == ("KWU-1",)
        assert rosters.import_plan(session, plan, CONSENT, also_elsewhere=True).enrolled == 1


def test_somebody_from_an_earlier_class_joins(laptop: Laptop, key: ClassKey) -> None:
    take_in(laptop, key, [row(1)])
    later = second_class(laptop, date(2026, 10, 5), date(2026, 10, 9))
    assert fates(laptop, later, [row(1)]) == [Fate.JOINING]
    assert take_in(laptop, later, [row(1)]) == rosters.Imported(0, 0, 1, 1)


def test_who_has_withdrawn_stays_withdrawn(laptop: Laptop, key: ClassKey) -> None:
    take_in(laptop, key, [row(1)])
    with laptop.write() as session:
        (one,) = listed.enrolled(session, key)
        enrolments.withdraw(session, key, one.participant, "Pindah kota")
    with laptop.read() as session:
        (planned,) = rosters.plan_import(session, [row(1)], key, laptop.secret, TODAY).rows
    assert planned.codes == ("enrolment-withdrawn",)
    take_in(laptop, key, [row(1)])
    with laptop.read() as session:
        assert listed.enrolled(session, key) == []
        (kept,) = listed.enrolled(session, key, None)
        assert kept.state is EnrolmentState.WITHDRAWN


def test_moving_gives_a_place_in_the_other_class(laptop: Laptop, key: ClassKey) -> None:
    take_in(laptop, key, [row(1), row(2)])
    other = second_class(laptop, date(2026, 10, 5), date(2026, 10, 9))
    with laptop.write() as session:
        two = listed.finder(session, key).find("2")
        enrolments.move(session, key, two, other)
        assert [(p.place, p.name) for p in listed.enrolled(session, other)] == [(1, "Orang 2")]
        left = listed.enrolled(session, key, (EnrolmentState.MOVED,))
        assert [(p.name, p.moved_to) for p in left] == [("Orang 2", "KWU-2")]
        with pytest.raises(NotFound):
            enrolments.withdraw(session, other, bytes(16), "?")


def test_people_of_a_class_are_found_by_what_is_typed(laptop: Laptop, key: ClassKey) -> None:
    take_in(laptop, key, [row(1), row(2), replace(row(3), values=replace(row(3).values, name="ORANG 2"))])
    with laptop.read() as session:
        find = listed.finder(session, key).find
    one = find("orang  1")
    assert find("1") == find("001") == find("9001") == find(woman(1)) == one
    for typed, code in (("Orang 2", "participant-ambiguous"), ("Siti", "participant-not-found")):
        with pytest.raises(Refused) as refusal:
            find(typed)
        assert refusal.value.code == code


def test_two_laptops_take_the_same_roster_in_and_have_one_set_of_people(
    laptop: Laptop, other: Laptop, key: ClassKey
) -> None:
    hand_over(laptop, other)
    rows = [row(n, phone="+628123456789") for n in range(20)]
    for one in (laptop, other):
        take_in(one, key, rows)
    hand_over(laptop, other)
    hand_over(other, laptop)
    found = []
    for one in (laptop, other):
        with one.read() as session:
            found.append([(p.participant, p.place) for p in listed.enrolled(session, key)])
    assert found[0] == found[1] and len(found[0]) == 20


optional = st.none() | st.sampled_from(["Jl. Contoh 1", "Jl. Contoh 2"])
lines = st.lists(
    st.tuples(st.integers(0, 4), optional, st.none() | st.integers(0, 10**9)), unique_by=lambda t: t[0]
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Laptop, Laptop]:
    return two_laptops(tmp_path_factory.mktemp("office"))


@given(first=lines, second=lines)
@settings(max_examples=25)
def test_whatever_rosters_say_taking_one_in_again_writes_nothing_and_nobody_leaves(
    pair: tuple[Laptop, Laptop],
    first: list[tuple[int, str | None, int | None]],
    second: list[tuple[int, str | None, int | None]],
) -> None:
    laptop = pair[0]
    day = TODAY + timedelta(days=10 * next(_examples))
    with laptop.write() as session:
        key = classes.create(
            session, code=fresh_code(), title="A", programme="KWU", version=1, first_day=day, last_day=day
        )
    for said in (first, second):
        rows = [row(n, address=address, sales=sales) for n, address, sales in said]
        take_in(laptop, key, rows)
        assert take_in(laptop, key, rows).changes == 0
    with laptop.read() as session:
        names = {p.name for p in listed.enrolled(session, key)}
    assert names == {f"Orang {n}" for n, _, _ in first + second}


_examples = itertools.count()


def test_without_a_class_people_are_only_registered(laptop: Laptop, key: ClassKey) -> None:
    rows = [row(1), row(2)]
    for expected, fate in ((2, Fate.NEW), (0, Fate.SAME)):
        with laptop.read() as session:
            plan = rosters.plan_import(session, rows, CENTRE, laptop.secret, TODAY)
        assert (plan.key, {r.fate for r in plan.rows}) == (None, {fate})
        with laptop.write() as session:
            done = rosters.import_plan(session, plan, CONSENT)
        assert (done.new, done.enrolled, done.consents) == (expected, 0, expected)
    with laptop.read() as session:
        assert listed.enrolled(session, key) == []
        assert len(people.search(session, "Orang")) == 2
    assert fates(laptop, key, rows) == [Fate.JOINING, Fate.JOINING]


def test_a_line_tells_by_which_name_its_nik_is_known(laptop: Laptop, key: ClassKey) -> None:
    take_in(laptop, key, [row(1)])
    other = replace(row(1), values=replace(row(1).values, name="Orang Lain"))
    with laptop.read() as session:
        found = rosters.plan_import(session, [other, row(2)], key, laptop.secret, TODAY).rows
    assert [(r.known, r.fate, r.changed) for r in found] == [
        ("Orang 1", Fate.CHANGED, ("name",)),
        ("", Fate.NEW, ()),
    ]


def test_pieces_of_a_plan_written_one_after_the_other_are_the_whole(laptop: Laptop, key: ClassKey) -> None:
    rows = [row(n) for n in range(7)]
    with laptop.read() as session:
        plan = rosters.plan_import(session, rows, key, laptop.secret, TODAY)
    for start in range(0, 7, 3):
        with laptop.write() as session:
            rosters.import_plan(session, replace(plan, rows=plan.rows[start : start + 3]), CONSENT)
    with laptop.read() as session:
        assert [(p.place, p.name) for p in listed.enrolled(session, key)] == [
            (n, f"Orang {n - 1}") for n in range(1, 8)
        ]
    assert set(fates(laptop, key, rows)) == {Fate.SAME}


def test_an_import_taken_back_leaves_everything_as_it_was_and_can_be_done_again(
    laptop: Laptop, key: ClassKey
) -> None:
    take_in(laptop, key, [row(1, address="Jalan Lama")])
    rows = [row(1, address="Jalan Baru"), row(2), row(3)]
    for _ in range(2):
        done = take_in(laptop, key, rows)
        assert (done.new, done.changed, done.enrolled, done.consents) == (2, 1, 2, 2)
        with laptop.write() as session:
            rosters.take_back(session, done.back)
        with laptop.read() as session:
            assert [p.name for p in listed.enrolled(session, key)] == ["Orang 1"]
            (left,) = people.search(session, "Orang")
            detail = people.one(session, left.id)
        assert (detail.address, len(detail.consents)) == ("Jalan Lama", 1)
        assert fates(laptop, key, rows) == [Fate.CHANGED, Fate.NEW, Fate.NEW]


def test_a_consent_withdrawn_is_not_given_again_by_a_roster(laptop: Laptop, key: ClassKey) -> None:
    take_in(laptop, key, [row(1)])
    with laptop.write() as session:
        (who,) = people.search(session, "Orang 1")
        participants.withdraw_consent(session, who.id, "1", TODAY)
    assert take_in(laptop, key, [row(1)]).consents == 0


def test_a_walk_in_whose_nik_was_filled_in_later_is_known_by_it(laptop: Laptop, key: ClassKey) -> None:
    with laptop.write() as session:
        walk_in = participants.register(session, ParticipantForm("Orang 1"), laptop.secret, TODAY)
        participants.edit(session, walk_in, ParticipantForm("Orang 1", woman(1)), TODAY)
    with laptop.read() as session:
        (planned,) = rosters.plan_import(session, [row(1)], key, laptop.secret, TODAY).rows
    assert (planned.participant, planned.fate) == (walk_in, Fate.JOINING)


def test_a_nik_that_was_corrected_away_does_not_give_somebody_else_the_record(
    laptop: Laptop, key: ClassKey
) -> None:
    with laptop.write() as session:
        who = participants.register(session, ParticipantForm("Orang 1", woman(1)), laptop.secret, TODAY)
        participants.edit(session, who, ParticipantForm("Orang 1", woman(2)), TODAY)
    with laptop.read() as session:
        plan = rosters.plan_import(session, [row(1), row(2)], key, laptop.secret, TODAY)
    assert [(r.fate, r.codes) for r in plan.rows] == [
        (Fate.REFUSED, ("participant-exists",)),
        (Fate.CHANGED, ()),
    ]


def test_nobody_unknown_is_enrolled(laptop: Laptop, key: ClassKey) -> None:
    with laptop.write() as session:
        with pytest.raises(NotFound):
            enrolments.enrol(session, key, [bytes(16)])
        form = ParticipantForm("Tamu")
        walk_in = participants.register(session, form, laptop.secret, TODAY)
        assert enrolments.enrol(session, key, [walk_in], EnrolmentState.WAITING) == 1
        assert enrolments.enrol(session, key, [walk_in]) == 1
        assert enrolments.enrol(session, key, [walk_in]) == 0
