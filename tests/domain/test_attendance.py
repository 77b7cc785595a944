"""Attendance: counting by policy, allowances against brute force, make-up sessions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import (
    WHOLE,
    Allowance,
    Counts,
    Policy,
    SessionState,
    Sitting,
    Status,
    Tally,
    allowance,
    percent,
    settle,
    tally,
)

H, T, I, S, A = Status.PRESENT, Status.LATE, Status.EXCUSED, Status.SICK, Status.ABSENT  # noqa: E741  # the marks' letters
HELD, PLANNED, NOT_HELD = SessionState.HELD, SessionState.PLANNED, SessionState.NOT_HELD

policies = st.builds(Policy, *[st.sampled_from(Counts)] * 3)
marks = st.lists(st.none() | st.sampled_from(Status), max_size=9)


def test_a_mark_counts_as_the_policy_says() -> None:
    policy = Policy(late=Counts.ABSENT, excused=Counts.IGNORED, sick=Counts.PRESENT)
    assert [policy.counts(s) for s in (H, T, I, S, A)] == [
        Counts.PRESENT,
        Counts.ABSENT,
        Counts.IGNORED,
        Counts.PRESENT,
        Counts.ABSENT,
    ]


def test_late_is_present_and_leave_absent_unless_headquarters_says_otherwise() -> None:
    assert tally([H, T, I, S, A, None], Policy(), 10) == Tally(10, 6, 2, 3, 0, 1)


def test_ignored_sessions_leave_the_rate() -> None:
    counted = tally([H, H, H, S], Policy(sick=Counts.IGNORED), 4)
    assert counted.rate == 1
    assert counted.ignored == 1


def test_there_is_no_rate_before_anything_counts() -> None:
    assert tally([], Policy(), 5).rate is None
    assert tally([None, S], Policy(sick=Counts.IGNORED), 2).rate is None


def test_planned_is_never_below_what_was_held() -> None:
    assert tally([H, H], Policy(), 1).planned == 2


@pytest.mark.parametrize(
    ("present", "absent", "planned", "expected"),
    [
        (0, 0, 10, Allowance(possible=True, may_miss=2, secured=False)),
        (7, 2, 10, Allowance(possible=True, may_miss=0, secured=False)),
        (8, 1, 10, Allowance(possible=True, may_miss=1, secured=True)),
        (8, 2, 10, Allowance(possible=True, may_miss=0, secured=True)),
        (7, 3, 10, Allowance(possible=False, may_miss=0, secured=False)),
        (0, 3, 10, Allowance(possible=False, may_miss=0, secured=False)),
        (0, 0, 0, Allowance(possible=True, may_miss=0, secured=False)),
    ],
)
def test_the_allowance_at_eighty_per_cent(
    present: int, absent: int, planned: int, expected: Allowance
) -> None:
    assert allowance(tally([H] * present + [A] * absent, Policy(), planned), 8_000) == expected


def test_exactly_the_minimum_is_enough_where_floats_would_stumble() -> None:
    """0.07 x 100 is 7.000000000000001 in binary floating point."""
    assert allowance(tally([H] * 7 + [A] * 93, Policy(), 100), 700).secured


def test_nobody_reaches_a_minimum_by_being_ignored_throughout() -> None:
    counted = tally([S, S], Policy(sick=Counts.IGNORED), 2)
    assert allowance(counted, 8_000) == Allowance(possible=False, may_miss=0, secured=False)


def test_an_unmarked_session_is_open() -> None:
    counted = tally([H, None], Policy(), 5)
    assert counted.open == 4
    assert allowance(counted, 8_000).may_miss == 1


@given(marks, st.integers(0, 5), policies, st.integers(0, WHOLE))
def test_the_allowance_is_what_trying_every_end_shows(
    listed: list[Status | None], ahead: int, policy: Policy, minimum: int
) -> None:
    counted = tally(listed, policy, len(listed) + ahead)
    found = allowance(counted, minimum)
    reached = set()
    for end in product([H, A], repeat=min(counted.open, 7)):
        known = [m for m in listed if m is not None] + list(end) + [H] * (counted.open - len(end))
        final = tally(known, policy, len(known)).rate
        if final is not None and final * WHOLE >= minimum:
            reached.add(end.count(A))
    if not listed and not ahead:
        assert found.possible
    else:
        assert found.possible == (0 in reached)
        assert min(found.may_miss, 7) == max(reached, default=0)
        if counted.open <= 7:
            assert found.secured == (counted.open in reached)


@given(marks, st.integers(0, 20), policies)
def test_every_session_held_is_counted_once(
    listed: list[Status | None], planned: int, policy: Policy
) -> None:
    counted = tally(listed, policy, planned)
    assert (
        counted.held == counted.present + counted.absent + counted.ignored + counted.unmarked == len(listed)
    )
    assert counted.rate is None or 0 <= counted.rate <= 1


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_rate_below_the_minimum_never_reads_as_the_minimum(present: int, more: int) -> None:
    rate = Fraction(present, present + more)
    assert percent(rate) <= rate * WHOLE < percent(rate) + 1


def test_a_session_that_did_not_happen_counts_for_nobody() -> None:
    sittings = [Sitting(1, HELD, H), Sitting(2, NOT_HELD, A), Sitting(3, PLANNED)]
    assert settle(sittings, Policy()) == ((H,), 2)


def test_a_make_up_takes_the_place_of_a_session_that_did_not_happen() -> None:
    sittings = [Sitting(1, HELD, H), Sitting(2, NOT_HELD), Sitting(3, HELD, H, make_up_of=2)]
    assert settle(sittings, Policy()) == ((H, H), 2)


def test_a_make_up_mends_an_absence_and_spoils_no_presence() -> None:
    missed = [Sitting(1, HELD, A), Sitting(2, HELD, H, make_up_of=1)]
    attended = [Sitting(1, HELD, H), Sitting(2, HELD, A, make_up_of=1)]
    uninvited = [Sitting(1, HELD, H), Sitting(2, HELD, None, make_up_of=1)]
    for sittings in (missed, attended, uninvited):
        assert settle(sittings, Policy()) == ((H,), 1)


def test_a_make_up_still_ahead_keeps_an_absence_open() -> None:
    ahead = Sitting(2, PLANNED, make_up_of=1)
    assert settle([Sitting(1, HELD, A), ahead], Policy()) == ((), 1)
    assert settle([Sitting(1, HELD, H), ahead], Policy()) == ((H,), 1)


@given(
    st.lists(
        st.builds(
            Sitting,
            st.integers(1, 6),
            st.sampled_from(SessionState),
            st.none() | st.sampled_from(Status),
            st.none() | st.integers(1, 8),
        ),
        max_size=8,
        unique_by=lambda s: s.number,
    ),
    policies,
)
def test_settling_ends_on_any_make_up_chain_and_order(sittings: list[Sitting], policy: Policy) -> None:
    listed, planned = settle(sittings, policy)
    assert (listed, planned) == settle(sittings[::-1], policy)
    assert len(listed) <= planned <= sum(s.state is not NOT_HELD for s in sittings)
