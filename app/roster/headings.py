"""What the heading of a column means, by the table in headings.json, however an office writes it."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from app.roster.fields import Field

_OTHER = "other"
_LONGEST = 120
# Likeness that still means a slip of the pen. Foreign headings that are as near are listed under "other".
_ALIKE, _SHORTEST_ALIKE, _MARGIN = 88, 5, 4
_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_UNITS = {"juta": 1_000_000, "jutaan": 1_000_000, "jt": 1_000_000, "mio": 1_000_000}
_UNITS |= {"ribu": 1_000, "ribuan": 1_000, "rb": 1_000, "000": 1_000, "1000": 1_000, "x1000": 1_000}
_UNITS |= {"miliar": 1_000_000_000, "milyar": 1_000_000_000}
_MONTHLY = {"bulan", "bln", "perbulan", "sebulan", "bulanan"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field, and how surely the heading names it: 100 for the table's first phrasing, less for others."""

    field: Field
    score: float


@dataclass(frozen=True, slots=True)
class _Table:
    abbreviations: dict[str, str]
    silent: frozenset[str]
    qualifiers: frozenset[str]
    phrases: dict[str, tuple[str, float]]
    below: dict[str, dict[str, str]]
    parents: dict[str, str]
    vocabularies: dict[str, frozenset[str]]


def meaning(path: tuple[str, ...]) -> Meaning | None:
    """What a column means whose headings, from the top row to the bottom one, read `path`.

    None for headings that name nothing of ours, known (`Agama`) or not.
    """
    texts = [text for text in path if text and len(text) <= _LONGEST]
    texts = [text for number, text in enumerate(texts) if text not in texts[:number]]
    while len(texts) > 1 and not _is_telling(texts[-1]):
        texts.pop()
    if not texts:
        return None
    for parent in reversed(texts[:-1]):
        named = _below(parent, texts[-1])
        if named is not None:
            return None if named == _OTHER else Meaning(Field(named), 80)
    found = _match(texts[-1])
    if found is None and len(texts) > 1:
        found = _match(" ".join(texts[-2:]))
    return None if found is None or found[0] == _OTHER else Meaning(Field(found[0]), found[1])


def is_heading(text: str) -> bool:
    """Whether the text can only be a heading or part of one: a known name, or a unit such as `(Rp)`."""
    return names_a_column(text) or not _is_telling(text)


def names_a_column(text: str) -> bool:
    """Whether the text stands in the table word for word, as a heading of ours or of others."""
    key = _key(_tokens(text))
    return bool(key) and (key in _table().phrases or any(key in words for words in _table().below.values()))


def unit(heading: str) -> int:
    """The rupiah that a bare 1 stands for below the heading: a million under `Omzet (juta)`."""
    return max((_UNITS[word] for word in _words(heading) & _UNITS.keys()), default=1)


def is_monthly(heading: str) -> bool:
    """Whether the heading asks for the amount of one month, as `Omzet per bulan` does."""
    return bool(_words(heading) & _MONTHLY)


def _words(heading: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", heading.casefold()))


@lru_cache(maxsize=4096)
def _match(text: str) -> tuple[str, float] | None:
    """The field (or "other") and score of one heading text."""
    phrases, qualifiers = _table().phrases, _table().qualifiers
    variants = [_tokens(text), _tokens(_PARENTHESES.sub(" ", text))]
    for penalty, left_out in ((0, frozenset[str]()), (15, qualifiers)):
        for tokens in variants:
            found = phrases.get(_key([token for token in tokens if token not in left_out]))
            if found is not None:
                return found[0], found[1] - penalty
    words = [token for token in variants[1] if token not in qualifiers]
    return _alike(_key(words)) or _composed(frozenset(words))


def _alike(key: str) -> tuple[str, float] | None:
    """The field of the phrase that differs by a slip, unless phrases of two fields are about as near."""
    if len(key) < _SHORTEST_ALIKE:
        return None
    phrases = _table().phrases
    near = process.extract(key, phrases.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5)
    if not near:
        return None
    best, likeness, _ = near[0]
    field = phrases[best][0]
    if any(phrases[other][0] != field and likeness - score < _MARGIN for other, score, _ in near[1:]):
        return None
    return field, likeness - 30


def _composed(words: frozenset[str]) -> tuple[str, float] | None:
    """The one field all of whose words these are, such as `Aset/Modal Usaha`."""
    fields = [field for field, vocabulary in _table().vocabularies.items() if words <= vocabulary]
    return (fields[0], 60) if len(fields) == 1 and len(words) > 1 else None


def _below(parent: str, child: str) -> str | None:
    """The field `child` names under `parent`, by the table of two-row headings."""
    above = _table().parents.get(_key(_tokens(parent)))
    if above is None:
        found = _match(parent)
        above = found[0] if found else None
    return _table().below.get(above or "", {}).get(_key(_tokens(_PARENTHESES.sub(" ", child))))


def _is_telling(text: str) -> bool:
    """Whether a heading says more than a unit or a format, such as `(Rp)` or `dd/mm/yyyy`."""
    return any(token not in _table().qualifiers or token in ("bulan", "tahun") for token in _tokens(text))


def _tokens(text: str) -> list[str]:
    table = _table()
    folded = unicodedata.normalize("NFKC", text).casefold()
    # N I K and N.I.B. are one word each; L/P and J.K are not.
    folded = re.sub(r"\b(?:[a-z][ .]){2,}[a-z]\b", lambda spaced: re.sub(r"[ .]", "", spaced[0]), folded)
    words = re.findall(r"[a-z]+|[0-9]+", folded)
    tokens = [table.abbreviations.get(word, word) for word in words]
    return [token for token in tokens if token not in table.silent]


def _key(tokens: list[str]) -> str:
    return " ".join(sorted(set(tokens)))


@cache
def _table() -> _Table:
    raw = json.loads(Path(__file__).with_name("headings.json").read_text(encoding="utf-8"))
    by_field: dict[str, list[str]] = raw["fields"] | {_OTHER: raw["other"]}
    phrases: dict[str, tuple[str, float]] = {}
    for field, listed in by_field.items():
        for rank, phrase in enumerate(listed):
            phrases.setdefault(_key(phrase.split()), (field, 100 - rank * 0.5))
    below = {
        above: {_key(phrase.split()): field for phrase, field in listed.items()}
        for above, listed in raw["below"].items()
    }
    parents = {_key(phrase.split()): field for field, listed in raw["parents"].items() for phrase in listed}
    vocabularies = {
        field: frozenset(word for phrase in listed for word in phrase.split())
        for field, listed in by_field.items()
    }
    silent, qualifiers = frozenset(raw["silent"]), frozenset(raw["qualifiers"])
    return _Table(raw["abbreviations"], silent, qualifiers, phrases, below, parents, vocabularies)
