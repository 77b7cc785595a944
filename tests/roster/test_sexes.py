"""The sex by word and by tick."""

from __future__ import annotations

import pytest

from app.domain.nik import Sex
from app.errors import Refused
from app.roster import sexes


@pytest.mark.parametrize(
    "word", ["L", "l", "Lk.", "Laki-laki", "LAKI - LAKI", "laki2", "Pria", "M", "L (Laki-laki)"]
)
def test_words_for_men(word: str) -> None:
    assert sexes.read(word) is Sex.MALE


@pytest.mark.parametrize("word", ["P", "p.", "Pr", "Perempuan", "PEREMPUAN", "Wanita", "W", "F", "Perempuam"])
def test_words_for_women(word: str) -> None:
    assert sexes.read(word) is Sex.FEMALE


@pytest.mark.parametrize("word", ["L/P", "?", "1", "Islam", "TRUE"])
def test_what_names_neither_or_both_is_unreadable(word: str) -> None:
    with pytest.raises(Refused, match="sex-unreadable"):
        sexes.read(word)


def test_nothing_is_nothing() -> None:
    assert sexes.read("") is None
    assert sexes.ticked("", "") is None
    assert sexes.ticked("v", "v") is None


def test_beside_a_w_the_p_is_that_of_pria() -> None:
    assert sexes.says_pria_and_wanita(["P", "W", ""])
    assert not sexes.says_pria_and_wanita(["P", "L", "W"])
    assert not sexes.says_pria_and_wanita(["P", "P"])
    assert sexes.read("P", p_is_male=True) is Sex.MALE
    assert sexes.read("W", p_is_male=True) is Sex.FEMALE


def test_a_tick_in_one_of_two_columns() -> None:
    assert sexes.ticked("√", "") is Sex.MALE
    assert sexes.ticked("0", "1") is Sex.FEMALE
