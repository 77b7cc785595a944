"""Phone numbers: every local way of writing one mobile number gives the same E.164."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import phone
from app.errors import Refused

nationals = st.from_regex(r"8[1-35-9][0-9]{7,10}", fullmatch=True)


@given(
    nationals, st.sampled_from(["0", "62", "+62", "0062", "+62 0", "(+62) ", "62-", ""]), st.integers(3, 5)
)
def test_every_prefix_and_grouping_gives_one_number(national: str, prefix: str, group: int) -> None:
    grouped = "-".join(national[i : i + group] for i in range(0, len(national), group))
    assert phone.parse(f" {prefix}{grouped} ") == "+62" + national


@given(nationals)
def test_what_came_out_goes_in_again(national: str) -> None:
    assert phone.parse(phone.parse("0" + national)) == "+62" + national


@pytest.mark.parametrize("text", ["081234567", "0812345678901", "0812 3456 7"])
def test_seven_to_ten_digits_follow_the_operator(text: str) -> None:
    digits = text.replace(" ", "")[1:]
    if 9 <= len(digits) <= 12:
        assert phone.parse(text) == "+62" + digits
    else:
        with pytest.raises(Refused, match="phone-invalid"):
            phone.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "0812--", "021-5551234", "0801234567890", "084123456789", "+6581234567", "+60123456789", "ada"],
)
def test_what_is_no_indonesian_mobile_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="phone-invalid"):
        phone.parse(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert phone.parse(text).startswith("+628")
    except Refused as refusal:
        assert refusal.code == "phone-invalid"
