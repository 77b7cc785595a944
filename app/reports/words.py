"""The words on papers, by code and language, out of resources/wording."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.domain.calendar import Language
from app.domain.completion import Missing

_WORDING = Path(__file__).resolve().parents[2] / "resources" / "wording"
_FILES = ("domain.json", "reports.json")


def word(code: str, language: Language, **facts: object) -> str:
    """The word or sentence of this code with its placeholders filled; KeyError, a bug, if there is none."""
    return _sentences()[code][language].format(**facts)


def lack(missing: Missing, language: Language) -> str:
    """What is missing, in words."""
    return word(missing.code.value, language, **missing.facts("," if language == "id" else "."))


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    read: dict[str, Mapping[str, str]] = {}
    for name in _FILES:
        read.update(json.loads((_WORDING / name).read_text(encoding="utf-8")))
    return read
