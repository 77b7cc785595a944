"""Progress: scores as people type and read them, gains, averages."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import ModuleCode
from app.domain.progress import ModuleState, Result, average, checked_score, gain, score, score_text
from app.errors import Refused


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("85,5", 8550),
        ("85.5", 8550),
        (" 85 ", 8500),
        ("0", 0),
        ("100", 10_000),
        ("100,00", 10_000),
        ("7,05", 705),
        ("85,", 8500),
        ("007", 700),
    ],
)
def test_a_score_is_read_as_typed_here(text: str, hundredths: int) -> None:
    assert score(text) == hundredths


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "score-invalid"),
        ("A", "score-invalid"),
        ("-5", "score-invalid"),
        ("8O", "score-invalid"),
        ("٨٥", "score-invalid"),
        ("1e2", "score-invalid"),
        (",5", "score-invalid"),
        ("8 5", "score-invalid"),
        ("85,555", "score-decimals"),
        ("1.000", "score-decimals"),
        ("100,01", "score-range"),
        ("870", "score-range"),
    ],
)
def test_what_is_no_score_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        score(text, field="post")
    assert (refused.value.code, refused.value.field) == (code, "post")


@pytest.mark.parametrize(
    ("text", "guess"), [("870", "87"), ("1000", "100"), ("855", "85,5"), ("8525", "85,25"), ("123456", "")]
)
def test_a_score_too_large_comes_back_with_the_one_meant(text: str, guess: str) -> None:
    with pytest.raises(Refused) as refused:
        score(text)
    assert refused.value.facts["guess"] == guess


@given(st.integers(0, 10_000), st.sampled_from(",."))
def test_a_written_score_reads_back(hundredths: int, mark: str) -> None:
    assert score(score_text(hundredths, mark)) == hundredths


@given(st.integers().filter(lambda n: not 0 <= n <= 10_000))
def test_no_score_outside_the_scale_passes(hundredths: int) -> None:
    with pytest.raises(Refused, match="score-range"):
        checked_score(hundredths)


def test_a_gain_needs_both_tests_and_may_be_a_loss() -> None:
    module = ModuleCode("KWU-01")
    assert gain(Result(module, ModuleState.DONE, 4100, 6400)) == 2300
    assert gain(Result(module, ModuleState.DONE, 6400, 6350)) == -50
    assert gain(Result(module, ModuleState.DONE, None, 6400)) is None
    assert gain(Result(module, ModuleState.DONE, 6400, None)) is None


def test_a_loss_is_written_with_its_sign() -> None:
    assert score_text(-50) == "-0,5"


def test_the_average_leaves_out_what_is_not_there() -> None:
    assert average([8000, None, 9000]) == 8500
    assert average([None]) is None
    assert average([]) is None


@given(st.lists(st.integers(0, 10_000), min_size=1))
def test_the_average_is_exact_to_half_a_hundredth_upwards(scores: list[int]) -> None:
    mean = average(scores)
    assert mean is not None
    assert -Fraction(1, 2) <= Fraction(sum(scores), len(scores)) - mean < Fraction(1, 2)
