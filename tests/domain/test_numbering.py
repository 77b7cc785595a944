"""Official numbers: templates, rendering, Roman numerals, clashes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbering import NumberFields, clash_key, render, roman, roman_value, typed, validate
from app.errors import Refused

USUAL = "{sequence:04}/{centre}/{programme}/{month_roman}/{year}"
FIELDS = NumberFields(417, "BPVP-TTE", 10009, "KWU", date(2026, 9, 30), "8")


def test_the_usual_template_is_good_and_reads_as_in_the_field() -> None:
    assert validate(USUAL) == ()
    assert render(USUAL, FIELDS) == "0417/BPVP-TTE/KWU/IX/2026"


def test_an_intake_may_stand_in_it_in_either_numerals() -> None:
    template = "{sequence}/{centre_code}/{intake}/{intake_roman}/{month:02}"
    assert render(template, FIELDS) == "417/10009/8/VIII/09"
    assert render(template, replace(FIELDS, intake="viii")) == "417/10009/viii/VIII/09"


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{sequence}/{centre", "template-broken"),
        ("{sequence}/{centre}/{{year}}", "template-broken"),
        ("{sequence}/{centre.__class__}", "template-broken"),
        ("{sequence}/{centre!r}", "template-broken"),
        ("{sequence}/{centre}/{name}", "template-field-unknown"),
        ("{sequence}/{centre}/{}", "template-field-unknown"),
        ("{sequence:09}/{centre}", "template-width"),
        ("{sequence:00}/{centre}", "template-width"),
        ("{sequence}/{centre:04}", "template-width"),
        ("{centre}/{year}", "template-sequence-missing"),
        ("{sequence}/{programme}", "template-centre-missing"),
        ("", "template-sequence-missing"),
        ("{sequence}{centre_code}", "template-fields-touch"),
        ("{sequence}/{centre}-{programme}", "template-fields-touch"),
        ("{sequence}0/{centre}", "template-fields-touch"),
        ("No{sequence}/{centre}", "template-fields-touch"),
        ("{sequence}/{centre}" + "/x" * 60, "template-too-long"),
        ("{sequence}/{centre}/№", "template-character"),
        ("{sequence}/{centre}\n", "template-character"),
    ],
)
def test_an_unsafe_template_says_why(template: str, code: str) -> None:
    assert code in validate(template)
    with pytest.raises(Refused):
        render(template, FIELDS)


def test_numbers_may_be_parted_by_full_stops_and_hyphens() -> None:
    assert validate("B.{sequence}-{year}.{month}/{centre}/LAT") == ()


@given(st.text(max_size=80))
def test_any_text_is_judged_without_stumbling(template: str) -> None:
    if not validate(template):
        assert str(FIELDS.sequence) in render(template, FIELDS)


shorts = st.sampled_from(["BPVP-TTE", "BPVP-SRG", "BBPVP-BKS", "TTE", "BLK 1", "BPVP-TTE (A)"])
fields = st.builds(
    NumberFields,
    st.integers(1, 9_999_999),
    shorts,
    st.integers(1, 99_999),
    st.sampled_from(["KWU", "KWU-2", "2", "A-KWU"]),
    st.dates(date(2025, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["1", "2", "XI", "12"]),
)
templates = st.sampled_from(
    [
        USUAL,
        "{sequence}/{centre}",
        "{centre}/{sequence}",
        "{year}.{month}.{sequence:07}/{programme}/{centre}",
        "{intake_roman}/{centre}/{month}-{sequence}",
    ]
)


@given(templates, fields, fields)
def test_numbers_of_different_sequences_or_centres_never_clash(
    template: str, one: NumberFields, other: NumberFields
) -> None:
    if (one.sequence, one.centre) != (other.sequence, other.centre):
        assert clash_key(render(template, one)) != clash_key(render(template, other))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"intake": "pagi"}, "number-intake-unfit"),
        ({"intake": ""}, "number-intake-unfit"),
        ({"intake": "0"}, "number-intake-unfit"),
        ({"intake": "IIII"}, "number-intake-unfit"),
        ({"centre": " "}, "number-field-empty"),
        ({"centre": "BPVP/TTE"}, "number-field-unfit"),
        ({"centre": "B" * 64}, "number-too-long"),
    ],
)
def test_fields_that_do_not_fit_are_refused(changed: dict[str, str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        render("{sequence}/{centre}/{intake_roman}", replace(FIELDS, **changed))  # type: ignore[arg-type]  # texts only


@pytest.mark.parametrize(
    "other",
    [
        "412 / bpvp-tte/KWU",
        "0412/BPVP–TTE/KWU",
        "00412/BPVP-TTE/KWU ",
        "０412/BPVP-TTE/KWU",
        "412∕BPVP-TTE/KWU",
    ],
)
def test_a_number_typed_another_way_is_the_same_number(other: str) -> None:
    assert clash_key(other) == clash_key("0412/BPVP-TTE/KWU")


def test_a_zero_inside_a_number_stays() -> None:
    assert clash_key("400/A") != clash_key("4/A")
    assert clash_key("4005/A") != clash_key("45/A")


@given(st.text(max_size=60))
def test_a_clash_key_is_its_own_key(text: str) -> None:
    assert clash_key(clash_key(text)) == clash_key(text)


def test_a_typed_number_is_kept_as_typed_but_for_blanks() -> None:
    assert typed("  0412 /  BPVP-Tte ") == "0412 / BPVP-Tte"


@pytest.mark.parametrize(
    ("text", "code"),
    [(" \n", "number-empty"), ("9" * 65, "number-too-long"), ("12\u200b/A", "number-character")],
)
def test_a_typed_number_that_cannot_be_printed_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        typed(text)


@given(st.integers(1, 3999))
def test_roman_numerals_read_back(number: int) -> None:
    assert roman_value(roman(number)) == number


@pytest.mark.parametrize("text", ["", "IIII", "IC", "VX", "MMMM", "viii", "A"])
def test_a_false_roman_numeral_is_none(text: str) -> None:
    assert roman_value(text) is None


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_there_is_no_roman_numeral_for_it(number: int) -> None:
    with pytest.raises(Refused, match="roman-range"):
        roman(number)
