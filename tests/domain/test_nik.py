"""The NIK at its edges: what is one, what it says, and where it and a form disagree."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import nik
from app.domain.nik import Sex
from app.errors import Refused

TODAY = date(2026, 11, 24)
PROVINCES = sorted(nik.province_codes())
births = st.dates(date(1927, 1, 1), date(2011, 11, 23))
sexes = st.sampled_from(Sex)


def made(birth: date, sex: Sex, place: str = "650201", serial: int = 9001) -> str:
    day = birth.day + (40 if sex is Sex.FEMALE else 0)
    return f"{place}{day:02}{birth:%m%y}{serial:04}"


def fault(text: str) -> str:
    with pytest.raises(Refused) as refused:
        nik.parse(text, TODAY)
    assert refused.value.field == "nik"
    assert str(refused.value) == refused.value.code, "the message carries no number"
    return refused.value.code


@given(
    births, sexes, st.sampled_from(PROVINCES), st.integers(1, 99), st.integers(1, 99), st.integers(1, 9999)
)
def test_what_was_put_in_comes_out(
    birth: date, sex: Sex, province: str, regency: int, district: int, serial: int
) -> None:
    place = f"{province}{regency:02}{district:02}"
    found = nik.parse(made(birth, sex, place, serial), TODAY)
    assert (found.birth_date, found.sex) == (birth, sex)
    assert (found.province, found.regency, found.district) == (province, place[:4], place)


@given(births, sexes, st.lists(st.sampled_from(" .-'\"\u00a0\u200b’–`"), min_size=16, max_size=16))
def test_decoration_changes_nothing(birth: date, sex: Sex, decoration: list[str]) -> None:
    value = made(birth, sex)
    typed = "".join(mark + digit for mark, digit in zip(decoration, value, strict=True))
    assert nik.parse(typed, TODAY).value == value


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_code(text: str) -> None:
    try:
        found = nik.parse(text, TODAY)
    except Refused as refusal:
        assert refusal.code.startswith("nik-")
    else:
        assert len(found.value) == 16


@pytest.mark.parametrize(
    "text", ["", "650201220562904", "65020122056290401", "650201220562904O", "6,50202E+15"]
)
def test_anything_but_sixteen_digits_is_a_matter_of_length(text: str) -> None:
    assert fault(text) == "nik-length"


def test_digits_of_another_script_are_read_as_digits_or_refused() -> None:
    assert nik.parse("６５０２０１２２０５６２９０４０", TODAY).value == "6502012205629040"
    assert fault("٦٥٠٢٠١٢٢٠٥٦٢٩٠٤٠") == "nik-length"


@pytest.mark.parametrize("province", ["00", "10", "54", "66", "97", "99"])
def test_an_unknown_province_is_refused(province: str) -> None:
    assert fault(province + "02012205629040") == "nik-province"


@pytest.mark.parametrize("province", ["65", "91", "92", "93", "94", "95", "96"])
def test_the_young_provinces_are_known(province: str) -> None:
    assert nik.parse(province + "02012205629040", TODAY).province == province


@pytest.mark.parametrize("day", ["00", "32", "35", "40", "72", "80", "81", "99"])
def test_an_impossible_day_is_refused(day: str) -> None:
    assert fault(f"650201{day}01809040") == "nik-birth-date"


@pytest.mark.parametrize("day", ["01", "31", "41", "71"])
def test_the_first_and_last_days_are_accepted(day: str) -> None:
    assert nik.parse(f"650201{day}01809040", TODAY).birth_date.day in (1, 31)


@pytest.mark.parametrize("birth", ["300200", "290201", "310485", "150085", "151385", "690299"])
def test_a_day_the_calendar_has_not_is_refused(birth: str) -> None:
    assert fault(f"650201{birth}9040") == "nik-birth-date"


def test_a_leap_day_settles_the_century() -> None:
    assert nik.parse("6502012902009040", TODAY).birth_dates == (date(2000, 2, 29),)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("6500012205629040", "nik-regency"),
        ("6502002205629040", "nik-district"),
        ("6502012205620000", "nik-serial"),
    ],
)
def test_nought_is_no_place_and_no_serial(value: str, code: str) -> None:
    assert fault(value) == code


def test_an_unknown_regency_in_a_known_province_is_no_fault() -> None:
    assert nik.parse("6599992205629040", TODAY).regency == "6599"


@pytest.mark.parametrize(
    ("two_digits", "year"), [("11", 2011), ("26", 1926), ("27", 1927), ("01", 2001), ("68", 1968)]
)
def test_the_century_is_the_one_that_makes_the_holder_of_age(two_digits: str, year: int) -> None:
    assert nik.parse(f"6502012411{two_digits}9040", TODAY).birth_date.year == year


def test_where_no_century_makes_the_holder_of_age_the_later_one_is_taken() -> None:
    assert nik.parse("6502012411129040", TODAY).birth_date == date(2012, 11, 24)


def test_a_birthday_decides_whether_somebody_is_fifteen() -> None:
    assert nik.age(date(2011, 11, 24), TODAY) == 15
    assert nik.age(date(2011, 11, 25), TODAY) == 14
    assert nik.age(date(2008, 2, 29), date(2026, 2, 28)) == 17


def test_nobody_is_born_in_the_future() -> None:
    assert nik.parse("6502012511269040", TODAY).birth_date == date(1926, 11, 25)


@given(births, sexes)
def test_a_form_that_agrees_or_is_silent_differs_in_nothing(birth: date, sex: Sex) -> None:
    found = nik.parse(made(birth, sex), TODAY)
    assert nik.differences(found, sex, birth) == ()
    assert nik.differences(found, None, None) == ()


@given(births, sexes, st.integers(1, 20000))
def test_a_form_that_disagrees_is_named_by_what_differs(birth: date, sex: Sex, days: int) -> None:
    found = nik.parse(made(birth, sex), TODAY)
    other = Sex.MALE if sex is Sex.FEMALE else Sex.FEMALE
    assert nik.differences(found, other, birth) == ("nik-sex-differs",)
    if birth + timedelta(days) not in found.birth_dates:
        assert nik.differences(found, sex, birth + timedelta(days)) == ("nik-birth-date-differs",)


def test_the_mask_leaves_four_digits_and_hides_what_is_shorter() -> None:
    assert nik.mask("6502 0122 0562 9040") == "••••••••••••9040"
    assert nik.mask("9040") == "••••"
    assert nik.mask("") == ""


def test_the_known_provinces_are_those_of_the_regions_list() -> None:
    lokal = pytest.importorskip("lokal.provinces")
    assert nik.province_codes() == frozenset(lokal.PROVINCES)
    shipped = json.loads(
        (Path(nik.__file__).parents[2] / "resources/provinces.json").read_text(encoding="utf-8")
    )
    assert shipped["_meta"]["count"] == len(nik.province_codes())
