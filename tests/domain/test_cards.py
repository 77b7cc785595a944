"""Cards: what is printed is what is read, and nothing else is taken for one."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import row_ids
from app.domain.cards import LENGTH, PREFIX, card_holder, card_text
from app.domain.marks import status
from app.errors import Refused

IDS = st.builds(row_ids.joined, st.integers(0, 2**60 - 1), st.integers(0, 2**62 - 1))


@given(IDS)
def test_a_card_is_read_as_it_was_printed_with_caps_lock_too(participant: bytes) -> None:
    text = card_text(participant)
    assert len(text) == LENGTH and set(text) <= set(string.ascii_uppercase + string.digits)
    assert card_holder(text) == card_holder(text.swapcase()) == card_holder(f"{text}\r") == participant


@given(IDS, st.integers(0, LENGTH - 1), st.sampled_from(string.ascii_uppercase + string.digits))
def test_a_card_with_one_letter_read_wrongly_is_nobody_elses_by_halves(
    participant: bytes, place: int, letter: str
) -> None:
    text = card_text(participant)
    wrong = text[:place] + letter + text[place + 1 :]
    try:
        assert card_text(card_holder(wrong)) == wrong
    except Refused as refused:
        assert refused.code == "card-unreadable"


@given(st.text(max_size=40))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="card-unreadable"):
        card_holder(text)


def test_the_prefix_marks_nobody() -> None:
    for letter in PREFIX:
        with pytest.raises(Refused):
            status(letter)
