"""Roll calls: drafts, finalising, correcting, and what two laptops make of one session."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions import attendance, sessions
from app.domain.attendance import SessionState, Status
from app.domain.ids import ParticipantId, SessionNumber
from app.domain.marks import MarkEntry
from app.domain.timetable import SessionPlan
from app.errors import Refused
from app.queries import attendance as shown
from app.queries import classes
from app.queries.history import changes_written
from tests.support.class_of import class_of, fresh_code, two_laptops
from tests.support.laptop import Laptop, hand_over

H, T, A = MarkEntry(Status.PRESENT), MarkEntry(Status.LATE, 500), MarkEntry(Status.ABSENT)


def test_drafts_are_kept_here_alone_until_they_are_finalised(laptop: Laptop) -> None:
    key, (one, two) = class_of(laptop, 2, 1)
    with laptop.write() as session:
        before = changes_written(session)
        attendance.save_draft(session, key, 1, one, A)
        attendance.save_draft(session, key, 1, one, T)
        attendance.save_draft(session, key, 1, two, H)
        assert changes_written(session) == before
        assert shown.drafts(session, key, 1) == {one: T, two: H}
        assert classes.session_numbered(session, key, 1).drafts == 2
        done = attendance.finalise(session, key, 1)
        assert (done.written, done.unchanged, done.changes) == (2, 0, 3)
        row = classes.session_numbered(session, key, 1)
        assert (row.state, row.marks, row.drafts) == (SessionState.HELD, 2, 0)
        assert shown.matrix(session, key).marks == {one: {1: T}, two: {1: H}}


def test_finalising_again_writes_only_differences_and_wants_a_reason_for_them(laptop: Laptop) -> None:
    key, (one, two) = class_of(laptop, 2, 1)
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {one: H})
        assert attendance.finalise(session, key, 1, {one: H, two: A}).changes == 1
        before = changes_written(session)
        with pytest.raises(Refused) as refusal:
            attendance.finalise(session, key, 1, {one: A, two: A})
        assert (refusal.value.code, changes_written(session)) == ("reason-missing", before)
        done = attendance.finalise(session, key, 1, {one: A, two: A}, "Salah baca")
        assert (done.written, done.unchanged, changes_written(session)) == (1, 1, before + 1)


def test_a_remark_comes_and_goes_without_a_reason(laptop: Laptop) -> None:
    key, (one,) = class_of(laptop, 1, 1)
    with laptop.write() as session:
        attendance.mark(session, key, 1, one, MarkEntry(Status.PRESENT, None, " Pulang  awal "))
        attendance.mark(session, key, 1, one, H)
        assert shown.matrix(session, key).marks[one][SessionNumber(1)].remark == "Pulang awal"
        attendance.mark(session, key, 1, one, MarkEntry(Status.PRESENT, None, ""))
        assert shown.matrix(session, key).marks[one][SessionNumber(1)].remark is None


@pytest.mark.parametrize(
    ("number", "who", "code"),
    [(9, 0, "session-unknown"), (1, None, "participant-not-enrolled"), (2, 0, "session-not-held")],
)
def test_a_mark_needs_a_session_and_a_place_in_the_class(
    laptop: Laptop, number: int, who: int | None, code: str
) -> None:
    key, people = class_of(laptop, 1, 2)
    participant = ParticipantId(bytes(16)) if who is None else people[who]
    with laptop.write() as session:
        sessions.did_not_happen(session, key, 2, "Hujan")
        for act in (attendance.save_draft, attendance.mark):
            with pytest.raises(Refused) as refusal:
                act(session, key, number, participant, H)
            assert refusal.value.code == code
        with pytest.raises(Refused):
            attendance.finalise(session, key, 1)


def test_the_roll_call_shows_what_is_on_record_what_was_keyed_and_what_may_be_missed(laptop: Laptop) -> None:
    key, (one, two) = class_of(laptop, 2, 10)
    with laptop.write() as session:
        for number, entry in enumerate((H, A, H), 1):
            attendance.finalise(session, key, number, {one: entry, two: H})
        attendance.save_draft(session, key, 4, two, A)
        call = shown.roll_call(session, key, 4)
    first, second = call.lines
    assert first.last == (Status.PRESENT, Status.ABSENT, Status.PRESENT)
    assert (first.allowance.may_miss, second.allowance.may_miss) == (1, 2)
    assert (second.stored, second.draft, first.draft) == (None, A, None)


def test_a_make_up_counts_once_with_the_session_it_stands_in_for(laptop: Laptop) -> None:
    key, (one,) = class_of(laptop, 1, 2)
    with laptop.write() as session:
        attendance.finalise(session, key, 1, {one: A})
        attendance.finalise(session, key, 2, {one: H})
        plan = classes.session_numbered(session, key, 1)
        assert plan.day is not None
        made = sessions.make_up(session, key, 1, SessionPlan(plan.day, 780, 960, 4))
        attendance.finalise(session, key, made, {one: H})
        counted = shown.tallies(session, key)[one]
    assert (counted.planned, counted.held, counted.present, counted.absent) == (2, 2, 2, 0)


def test_a_mark_overwritten_unseen_stays_as_a_second_head(laptop: Laptop, other: Laptop) -> None:
    key, (one,) = class_of(laptop, 1, 1)
    hand_over(laptop, other)
    with other.write() as session:
        attendance.finalise(session, key, 1, {one: H})
    hand_over(other, laptop)
    with laptop.read() as session:
        (line,) = shown.roll_call(session, key, 1).lines
        assert line.stored == H and len(line.seen) == 1
    with other.write() as session:
        attendance.finalise(session, key, 1, {one: T}, "Datang terlambat")
    hand_over(other, laptop)
    with laptop.write() as session:
        attendance.mark(session, key, 1, one, A, "Tidak hadir", line.seen)
        (line,) = shown.roll_call(session, key, 1).lines
    assert len(line.seen) == 1  # the change that nobody saw still stands beside ours


entries = st.sampled_from([H, T, A, MarkEntry(Status.SICK, None, "Demam")])
calls = st.lists(
    st.tuples(st.integers(0, 1), st.integers(1, 2), st.dictionaries(st.integers(0, 3), entries, min_size=1)),
    max_size=6,
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Laptop, Laptop]:
    return two_laptops(tmp_path_factory.mktemp("office"))


@given(calls=calls)
@settings(max_examples=25)
def test_whatever_two_laptops_finalise_it_is_idempotent_and_both_end_alike(
    pair: tuple[Laptop, Laptop], calls: list[tuple[int, int, dict[int, MarkEntry]]]
) -> None:
    key, people = class_of(pair[0], 4, 2, fresh_code())
    hand_over(*pair)
    for which, number, said in calls:
        marks = {people[n]: entry for n, entry in said.items()}
        with pair[which].write() as session:
            attendance.finalise(session, key, number, marks, "Koreksi")
            assert attendance.finalise(session, key, number, marks).changes == 0
    hand_over(*pair)
    hand_over(*reversed(pair))
    found: list[Mapping[ParticipantId, Mapping[SessionNumber, MarkEntry]]] = []
    for laptop in pair:
        with laptop.read() as session:
            found.append(shown.matrix(session, key).marks)
    assert found[0] == found[1]
