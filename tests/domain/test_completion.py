"""Completion: what is missing, what is still possible, grades, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import Counts, Policy, Status, tally
from app.domain.completion import (
    Judgement,
    Lack,
    Missing,
    Outcome,
    Standing,
    average,
    decide,
    judge,
    missing,
    still_possible,
)
from app.domain.ids import ModuleCode, ProgrammeCode
from app.domain.programme import Grade, Module, Programme, Rule
from app.domain.progress import ModuleState, Result
from app.errors import Refused

H, A, S = Status.PRESENT, Status.ABSENT, Status.SICK
HPP, KUR, EXTRA = ModuleCode("HPP"), ModuleCode("KUR"), ModuleCode("EXTRA")
PROGRAMME = Programme(
    ProgrammeCode("KWU"),
    1,
    "Kewirausahaan",
    (
        Module(HPP, "Harga pokok produksi", 4, None, True, None, 1),
        Module(KUR, "Akses pembiayaan", 3, 7_500, True, None, 2),
        Module(EXTRA, "Kunjungan", 3, None, False, None, 3),
    ),
    Rule(grades=(Grade(9_000, "Sangat Memuaskan"), Grade(8_000, "Memuaskan"))),
    "{sequence}/{centre}",
)
FULL = tally([H] * 10, Policy(), 10)
DONE = (Result(HPP, ModuleState.DONE, 4_000, 7_000), Result(KUR, ModuleState.DONE, None, 9_000))


def lacks(
    *results: Result,
    marks: Sequence[Status | None] | None = None,
    planned: int = 10,
    rule: Rule | None = None,
) -> list[Missing]:
    counted = tally([H] * 10 if marks is None else marks, PROGRAMME.rule.policy, planned)
    return list(missing(Standing(counted, results), replace(PROGRAMME, rule=rule or PROGRAMME.rule)))


def test_who_has_everything_lacks_nothing_and_gets_the_grade() -> None:
    found = judge(Standing(FULL, DONE), PROGRAMME)
    assert found == Judgement(Outcome.PASSED, (), True, 8_000, "Memuaskan")


def test_attendance_below_says_what_it_is_and_what_it_takes() -> None:
    assert lacks(*DONE, marks=[H] * 7 + [A] * 3) == [
        Missing(Lack.ATTENDANCE_BELOW, has=7_000, needs=8_000, final=True)
    ]


def test_attendance_exactly_at_the_minimum_is_enough() -> None:
    assert lacks(*DONE, marks=[H] * 8 + [A] * 2) == []


def test_attendance_below_can_still_come_while_sessions_are_ahead() -> None:
    (lack,) = lacks(*DONE, marks=[H, A], planned=10)
    assert lack == Missing(Lack.ATTENDANCE_BELOW, has=5_000, needs=8_000, final=False)
    assert still_possible((lack,))


def test_good_attendance_is_open_while_sessions_ahead_may_spoil_it() -> None:
    assert lacks(*DONE, marks=[H] * 5, planned=10) == [Missing(Lack.ATTENDANCE_OPEN, has=5, needs=3)]


def test_attendance_no_absence_can_spoil_is_enough_before_the_end() -> None:
    assert lacks(*DONE, marks=[H] * 8, planned=10) == []


def test_an_unmarked_session_is_missing_even_when_it_can_spoil_nothing() -> None:
    assert lacks(*DONE, marks=[H] * 9 + [None]) == [Missing(Lack.SESSION_UNMARKED, has=1)]


def test_somebody_sick_throughout_has_no_attendance_at_all() -> None:
    rule = replace(PROGRAMME.rule, policy=Policy(sick=Counts.IGNORED))
    programme = replace(PROGRAMME, rule=rule)
    standing = Standing(tally([S] * 10, rule.policy, 10), DONE)
    assert missing(standing, programme) == (Missing(Lack.ATTENDANCE_NONE, final=True),)


def test_a_class_without_sessions_is_not_yet_lost() -> None:
    assert lacks(*DONE, marks=[], planned=0) == [Missing(Lack.ATTENDANCE_NONE)]


def test_required_modules_are_missing_in_their_order() -> None:
    assert [(m.code, m.module) for m in lacks()] == [(Lack.MODULE_MISSING, HPP), (Lack.MODULE_MISSING, KUR)]


@pytest.mark.parametrize(
    ("result", "lack"),
    [
        (Result(HPP, ModuleState.NOT_STARTED, None, 9_000), Lack.MODULE_MISSING),
        (Result(HPP, ModuleState.DONE), Lack.POST_MISSING),
        (Result(HPP, ModuleState.IN_PROGRESS), Lack.POST_MISSING),
        (Result(HPP, ModuleState.DONE, None, 6_999), Lack.BELOW_PASS),
        (Result(HPP, ModuleState.IN_PROGRESS, None, 7_000), Lack.MODULE_UNFINISHED),
        (Result(HPP, ModuleState.DONE, None, 7_000), None),
        (Result(HPP, ModuleState.RECOGNISED), None),
    ],
)
def test_the_next_step_of_a_module_is_named(result: Result, lack: Lack | None) -> None:
    assert [m.code for m in lacks(result, DONE[1])] == ([lack] if lack else [])


def test_a_module_with_its_own_pass_mark_goes_by_it() -> None:
    (lack,) = lacks(DONE[0], Result(KUR, ModuleState.DONE, None, 7_400))
    assert lack == Missing(Lack.BELOW_PASS, KUR, "Akses pembiayaan", 7_400, 7_500)


def test_a_pre_test_is_missing_only_where_the_rule_wants_one() -> None:
    rule = replace(PROGRAMME.rule, needs_pre=True)
    assert [(m.code, m.module) for m in lacks(*DONE, rule=rule)] == [(Lack.PRE_MISSING, KUR)]


def test_without_a_required_post_test_a_low_one_still_counts() -> None:
    rule = replace(PROGRAMME.rule, needs_post=False)
    assert lacks(Result(HPP, ModuleState.DONE), DONE[1], rule=rule) == []
    assert [m.code for m in lacks(Result(HPP, ModuleState.DONE, None, 100), DONE[1], rule=rule)] == [
        Lack.BELOW_PASS
    ]


def test_an_optional_module_bars_nobody_but_counts_in_the_average() -> None:
    standing = Standing(FULL, (*DONE, Result(EXTRA, ModuleState.DONE, None, 5_000)))
    assert missing(standing, PROGRAMME) == ()
    assert average(standing, PROGRAMME) == 7_000


def test_a_result_of_another_programme_changes_nothing() -> None:
    standing = Standing(FULL, (*DONE, Result(ModuleCode("LAS-1"), ModuleState.DONE, None, 100)))
    assert judge(standing, PROGRAMME) == judge(Standing(FULL, DONE), PROGRAMME)


def test_nobody_has_a_grade_before_everything_is_there() -> None:
    found = judge(Standing(FULL, DONE[1:]), PROGRAMME)
    assert (found.average, found.grade, found.outcome) == (9_000, None, Outcome.NOT_PASSED)


def test_facts_are_written_for_people() -> None:
    assert Missing(Lack.ATTENDANCE_BELOW, has=7_250, needs=8_000).facts() == {
        "module": "",
        "has": "72,5",
        "needs": "80",
    }
    assert Missing(Lack.ATTENDANCE_OPEN, has=5, needs=3).facts() == {"module": "", "has": "5", "needs": "3"}


def test_a_decision_against_the_rule_needs_a_reason_either_way() -> None:
    passed = judge(Standing(FULL, DONE), PROGRAMME)
    lacking = judge(Standing(FULL, ()), PROGRAMME)
    for judgement, outcome in ((passed, Outcome.NOT_PASSED), (lacking, Outcome.PASSED)):
        with pytest.raises(Refused, match="decision-reason-missing"):
            decide(judgement, outcome, " \n")
        decision = decide(judgement, outcome, "  Tugas   susulan diterima ")
        assert (decision.override, decision.reason) == (True, "Tugas susulan diterima")


def test_a_decision_with_the_rule_needs_none() -> None:
    assert not decide(judge(Standing(FULL, DONE), PROGRAMME), Outcome.PASSED).override


@given(
    st.lists(st.none() | st.sampled_from(Status), max_size=8),
    st.integers(0, 6),
    st.lists(
        st.tuples(st.sampled_from(ModuleState), st.none() | st.integers(0, 10_000)), min_size=2, max_size=2
    ),
)
def test_passing_means_that_no_way_the_class_ends_can_fail_it(
    marks: list[Status | None], ahead: int, modules: list[tuple[ModuleState, int | None]]
) -> None:
    results = tuple(
        Result(code, state, None, post) for code, (state, post) in zip((HPP, KUR), modules, strict=True)
    )
    now = Standing(tally(marks, Policy(), len(marks) + ahead), results)
    found = judge(now, PROGRAMME)
    assert (found.outcome is Outcome.PASSED) == (found.missing == ())
    worst = Standing(tally([*marks, *[A] * ahead], Policy(), len(marks) + ahead), results)
    best = Standing(tally([*[m or H for m in marks], *[H] * ahead], Policy(), len(marks) + ahead), results)
    if not found.missing:
        assert judge(worst, PROGRAMME).outcome is Outcome.PASSED
    if not found.still_possible:
        assert not judge(best, PROGRAMME).still_possible
        assert judge(best, PROGRAMME).outcome is Outcome.NOT_PASSED


def test_the_words_printed_are_those_of_training() -> None:
    assert [o.value for o in Outcome] == ["LULUS", "BELUM LULUS"]
