"""Codes that people copy by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import codes
from app.errors import Refused


@given(st.binary(min_size=8, max_size=8))
def test_an_enrolment_code_reads_back_as_the_characters_it_is_written_with(entropy: bytes) -> None:
    code = codes.enrolment_code(entropy)
    assert len(code) == 16
    assert codes.read_enrolment_code(code) == code.replace("-", "")[:12]


@given(st.binary(min_size=20, max_size=20))
def test_a_recovery_phrase_reads_back_as_its_secret(secret: bytes) -> None:
    assert codes.read_recovery_phrase(codes.recovery_phrase(secret)) == secret


def test_a_code_is_read_as_people_type_it() -> None:
    code = codes.written(0x00841042, 12)
    assert code == "0000-0008-8422-P"
    assert codes.read_enrolment_code("oOo0 ooo8\t8422—p") == "000000088422"
    assert codes.read_enrolment_code(codes.written(1 << 5 | 1, 12).replace("1", "l")) == "000000000011"
    assert codes.read_enrolment_code(codes.written(1 << 5 | 1, 12).replace("1", "I")) == "000000000011"


@given(st.integers(0, (1 << 60) - 1), st.integers(0, 11), st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_noticed(value: int, place: int, other: str) -> None:
    typed = list(codes.written(value, 12).replace("-", ""))
    if typed[place] == other:
        return
    typed[place] = other
    with pytest.raises(Refused) as refusal:
        codes.read("".join(typed), 12)
    assert refusal.value.code == "code-check"


@given(st.integers(0, (1 << 60) - 1), st.integers(0, 10))
def test_two_neighbours_swapped_are_noticed(value: int, place: int) -> None:
    typed = list(codes.written(value, 12).replace("-", ""))
    typed[place], typed[place + 1] = typed[place + 1], typed[place]
    swapped = "".join(typed)
    if swapped == codes.written(value, 12).replace("-", ""):
        return
    with pytest.raises(Refused):
        codes.read(swapped, 12)


@pytest.mark.parametrize(
    "text", ["", "0000-0022-1022", "0000-0022-1022-A0", "U000-0022-1022-A", "x" * 300, "é" * 13]
)
def test_what_is_no_code_is_refused_as_such(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        codes.read_enrolment_code(text)
    assert refusal.value.code == "code-invalid"


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    try:
        codes.read(text, 12)
    except Refused as refusal:
        assert refusal.code in ("code-invalid", "code-check")
