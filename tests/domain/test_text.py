"""Text of one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import LONGEST, one_line, optional_line
from app.errors import Refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Siti\t Contoh\n", "Siti Contoh"),
        ("Andre\u0301", "André"),
        ("a\u200bb\ufeff", "ab"),
        ("e\u200d\u0301", "é"),
        ("H. Ali, S.E.", "H. Ali, S.E."),
    ],
)
def test_text_is_kept_composed_on_one_line_without_invisible_marks(typed: str, kept: str) -> None:
    assert one_line(typed, "name") == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "text-missing"), (" \u200b ", "text-missing"), ("x" * (LONGEST + 1), "text-too-long"),
     ("\U0001f600" * 61, "text-too-long"), ("a\0b", "text-character"), ("a\ud800", "text-character")],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        one_line(typed, "name")
    assert (refusal.value.code, refusal.value.field) == (code, "name")


@given(st.text(max_size=150))
def test_what_was_kept_once_is_kept_unchanged(typed: str) -> None:
    try:
        line = optional_line(typed, "remark")
    except Refused:
        return
    assert optional_line(line, "remark") == line
    assert line is None or ("\0" not in line and line == line.strip() and "\n" not in line)
