"""The scale of an enterprise: the bounds of PP 7/2021 to the rupiah, and the criterion by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.enterprise import Criterion, Scale, classify, is_existing

rupiah = st.integers(0, 10**12)
BILLION = 1_000_000_000


@pytest.mark.parametrize(
    ("capital", "scale"),
    [
        (0, Scale.MICRO),
        (1 * BILLION, Scale.MICRO),
        (1 * BILLION + 1, Scale.SMALL),
        (5 * BILLION, Scale.SMALL),
        (5 * BILLION + 1, Scale.MEDIUM),
        (10 * BILLION, Scale.MEDIUM),
        (10 * BILLION + 1, Scale.LARGE),
    ],
)
def test_capital_decides_for_a_new_enterprise(capital: int, scale: Scale) -> None:
    found = classify(capital, 60 * BILLION, existing=False)
    assert found is not None
    assert (found.scale, found.criterion) == (scale, Criterion.CAPITAL)


@pytest.mark.parametrize(
    ("sales", "scale"),
    [
        (0, Scale.MICRO),
        (2 * BILLION, Scale.MICRO),
        (2 * BILLION + 1, Scale.SMALL),
        (15 * BILLION, Scale.SMALL),
        (15 * BILLION + 1, Scale.MEDIUM),
        (50 * BILLION, Scale.MEDIUM),
        (50 * BILLION + 1, Scale.LARGE),
    ],
)
def test_sales_decide_for_an_existing_enterprise(sales: int, scale: Scale) -> None:
    found = classify(60 * BILLION, sales, existing=True)
    assert found is not None
    assert (found.scale, found.criterion) == (scale, Criterion.SALES)


def test_medium_and_large_are_refused_by_name() -> None:
    refusals = [
        found.refusal
        for figure in (1, 3, 8, 20)
        if (found := classify(figure * BILLION, None, existing=False))
    ]
    assert refusals == [None, None, "scale-medium", "scale-large"]


def test_the_other_figure_decides_where_the_one_asked_for_is_unknown() -> None:
    by_capital = classify(7 * BILLION, None, existing=True)
    by_sales = classify(None, 7 * BILLION, existing=False)
    assert by_capital is not None and by_capital.criterion == Criterion.CAPITAL
    assert by_sales is not None and by_sales.criterion == Criterion.SALES
    assert classify(None, None, existing=True) is None


@given(rupiah, rupiah, rupiah)
def test_more_money_never_makes_an_enterprise_smaller(capital: int, sales: int, more: int) -> None:
    order = list(Scale)
    for existing in (True, False):
        before, after = classify(capital, sales, existing), classify(capital + more, sales + more, existing)
        assert before is not None and after is not None
        assert order.index(after.scale) >= order.index(before.scale)


def test_an_enterprise_exists_once_it_has_sold_something() -> None:
    assert [is_existing(sales) for sales in (None, 0, 1)] == [False, False, True]
