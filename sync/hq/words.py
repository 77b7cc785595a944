"""Sentences for headquarters' command line, from the same files as the program's."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from app.errors import Trouble

WORDING = Path(__file__).resolve().parents[2] / "resources" / "wording"
LANGUAGES = ("id", "en")


class _Open(dict[str, object]):
    """Facts for a sentence; one that is not given stays open, since telling of a failure must not fail."""

    def __missing__(self, name: str) -> str:
        return "…"


def sentence(trouble: Trouble, language: str) -> str:
    """What to tell a person about this trouble, in "id" or "en"; the code itself where it has no sentence."""
    return phrase(trouble.code, language, **{**trouble.facts, "field": trouble.field})


def phrase(code: str, language: str, /, **facts: object) -> str:
    """The sentence of this code with its placeholders filled."""
    words = _sentences().get(code)
    if words is None:
        return code
    return words[language].format_map(_Open({name: _shown(fact) for name, fact in facts.items()}))


@cache
def _sentences() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {}
    for file in sorted(WORDING.glob("*.json")):
        known.update(json.loads(file.read_text(encoding="utf-8")))
    return known


def _shown(fact: object) -> str:
    if isinstance(fact, tuple | list | set | frozenset):
        return ", ".join(str(part) for part in fact)
    return str(fact)
