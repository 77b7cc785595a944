"""The NIB: thirteen digits however they are typed, nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import nib
from app.errors import Refused


@given(st.from_regex(r"[0-9]{13}", fullmatch=True), st.sampled_from(["", " ", ".", "-"]))
def test_thirteen_digits_are_a_nib_in_any_grouping(value: str, between: str) -> None:
    assert nib.parse(f"'{between.join(value)} ") == value


@pytest.mark.parametrize(
    "text", ["", "12345", "123456789012", "12345678901234", "123456789012a", "belum ada"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="nib-invalid"):
        nib.parse(text)
