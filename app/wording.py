"""What people read where the program holds a code: the sentences of resources/wording, filled in."""

from __future__ import annotations

import json
import string
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from app.errors import Trouble

WORDING = Path(__file__).resolve().parent.parent / "resources" / "wording"
LANGUAGES = ("id", "en")
"""Bahasa Indonesia first: it is also what stands in for a sentence missing in the other."""

Sentence = str | Mapping[str, str]
"""One text, or its plural forms: "one" where the fact `n` is 1, else "other". Indonesian needs none."""

UNKNOWN = "unknown-code"
"""The sentence for a code that has none, which names the code so that somebody can look it up."""


def sentence(trouble: Trouble, language: str) -> str:
    """What to tell a person about this trouble, in "id" or "en"; it never fails, whatever the facts are."""
    field = {} if trouble.field is None else {"field": trouble.field}
    return phrase(trouble.code, language, **field, **trouble.facts)


def phrase(code: str, language: str, /, **facts: object) -> str:
    """The sentence of this code, its {placeholders} filled; a fact that is not there is shown as "…"."""
    by_language = sentences().get(code)
    if by_language is None:
        return phrase(UNKNOWN, language, code=code)
    template = _form(by_language.get(language) or by_language[LANGUAGES[0]], facts.get("n"))
    return template.format_map(_Shown({name: _show(fact, language) for name, fact in facts.items()}))


@cache
def sentences() -> Mapping[str, Mapping[str, Sentence]]:
    """Code -> language -> sentence, of all files in resources/wording; a code stands in one of them only."""
    known: dict[str, Mapping[str, Sentence]] = {}
    for file in sorted(WORDING.glob("*.json")):
        known.update(json.loads(file.read_text(encoding="utf-8")))
    return known


def forms(sentence: Sentence) -> list[str]:
    """Every form of a sentence."""
    return [sentence] if isinstance(sentence, str) else list(sentence.values())


def placeholders(sentence: Sentence) -> set[str]:
    """The names a sentence wants filled, in any of its forms."""
    parsed = (part for form in forms(sentence) for part in string.Formatter().parse(form))
    return {name for _, name, _, _ in parsed if name is not None}


def _form(sentence: Sentence, n: object) -> str:
    """The form for this number of things. `or`: a sentence in one form only must not fail either."""
    if isinstance(sentence, str):
        return sentence
    return sentence.get("one" if n == 1 else "other") or forms(sentence)[0]


class _Shown(dict[str, str]):
    """Facts ready for a sentence; one that is not given is left open: telling of a failure must not fail."""

    def __missing__(self, name: str) -> str:
        return "…"


def _show(fact: object, language: str) -> str:
    if isinstance(fact, date):
        from babel.dates import format_date  # slow to import, and few sentences hold a date

        return format_date(fact, "d MMMM yyyy", locale=language)
    if isinstance(fact, list | tuple | set | frozenset):
        return ", ".join(_show(part, language) for part in fact)
    return str(fact)
