"""The sex as a form writes it: L, Pr, Laki-laki, Wanita, M/F, or a tick in one of two columns."""

from __future__ import annotations

import re

from app.domain.nik import Sex
from app.errors import Refused

_WORDS = {
    Sex.MALE: "l lk lki laki lelaki lakilaki laki2 pria cowok m male man tn bapak bpk",
    Sex.FEMALE: "p pr prp perempuan wanita w wnt cewek f female woman ny nn ibu",
}
_MEANING = {word: sex for sex, words in _WORDS.items() for word in words.split()}
_STARTS = {"laki": Sex.MALE, "perem": Sex.FEMALE, "wanit": Sex.FEMALE}


def read(line: str, p_is_male: bool = False) -> Sex | None:
    """The sex named, or None for an empty line; `p_is_male` where a column says P(ria) and W(anita).

    Raises Refused("sex-unreadable") for unknown words and for two that contradict each other (`L / P`).
    """
    words = re.findall(r"[a-z]+2?", line.casefold())
    if not line:
        return None
    if p_is_male:
        words = ["pria" if word == "p" else word for word in words]
    meanings = {_meaning(word) for word in words}
    if len(meanings) != 1 or None in meanings:
        raise Refused("sex-unreadable", field="sex")
    return meanings.pop()


def says_pria_and_wanita(column: list[str]) -> bool:
    """Whether the P of this column is that of *pria*: there is a W, and no L."""
    firsts = {line[:1].casefold() for line in column}
    return "w" in firsts and "p" in firsts and "l" not in firsts


def ticked(male: str, female: str) -> Sex | None:
    """The sex whose column holds a mark; None when neither or both do."""
    marks = [_is_tick(male), _is_tick(female)]
    if marks == [True, False]:
        return Sex.MALE
    return Sex.FEMALE if marks == [False, True] else None


def _is_tick(mark: str) -> bool:
    return bool(mark) and mark.casefold() not in {"0", "false", "tidak", "-", "x0"}


def _meaning(word: str) -> Sex | None:
    if word in _MEANING:
        return _MEANING[word]
    return next((sex for start, sex in _STARTS.items() if word.startswith(start)), None)
