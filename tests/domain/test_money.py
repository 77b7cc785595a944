"""Amounts as they stand in forms: one amount out of many spellings, and nothing guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import money
from app.errors import Refused


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("Rp 1.500.000", 1_500_000),
        ("Rp1.500.000,00", 1_500_000),
        ("Rp. 1.500.000,-", 1_500_000),
        ("Rp.1.500.000.-", 1_500_000),
        ("IDR 1,500,000.00", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("1.500.000 rupiah", 1_500_000),
        ("1500000", 1_500_000),
        ("1500000.0", 1_500_000),
        ("'1500000", 1_500_000),
        ("350 juta", 350_000_000),
        ("Rp 350jt", 350_000_000),
        ("± 350 Juta", 350_000_000),
        ("1,5 juta", 1_500_000),
        ("1.5 jt", 1_500_000),
        ("1.200 juta", 1_200_000_000),
        ("1,2 miliar", 1_200_000_000),
        ("1.5 M", 1_500_000_000),
        ("1.250 M", 1_250_000_000),
        ("2 milyar", 2_000_000_000),
        ("1 miliar 200 juta", 1_200_000_000),
        ("750rb", 750_000),
        ("750 ribu", 750_000),
        ("500k", 500_000),
        ("1.500", 1_500),
        ("1,500", 1_500),
        ("0,5 M", 500_000_000),
        ("0.750 juta", 750_000),
        ("5 juta/bulan", 60_000_000),
        ("Rp 5.000.000 per bulan", 60_000_000),
        ("60 juta per tahun", 60_000_000),
        ("60 juta setahun", 60_000_000),
        ("0", 0),
        ("10,5", 11),
    ],
)
def test_one_amount_has_many_spellings(text: str, rupiah: int) -> None:
    assert money.parse(text) == rupiah


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rp",
        "banyak",
        "5-10 juta",
        "-500000",
        "1.50.000",
        "12 50",
        "5 juta/hari",
        "$500",
        "1.2.3,4,5",
        "M",
    ],
)
def test_what_is_no_single_amount_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="money-unreadable"):
        money.parse(text)


@given(
    st.integers(0, 10**13),
    st.sampled_from(["Rp {}", "Rp{},00", "{},-", "{}", "Rp. {}"]),
    st.sampled_from(".,"),
)
def test_grouped_thousands_come_back_exactly(amount: int, form: str, mark: str) -> None:
    if mark == "," and ",00" in form:
        form = form.replace(",00", ".00")
    assert money.parse(form.format(f"{amount:,}".replace(",", mark))) == amount


@given(st.text(max_size=30))
def test_any_text_is_an_amount_of_at_least_nought_or_refused(text: str) -> None:
    try:
        assert money.parse(text) >= 0
    except Refused as refusal:
        assert refusal.code == "money-unreadable"
