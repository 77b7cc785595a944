"""Made-up people for measurements: Indonesian names, streets, trades; nobody among them exists."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".txt")


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a section of people.txt: women, men, second (names), streets, goods, ..."""
    sections = _FILE.read_text(encoding="utf-8").split("[")
    body = next(section for section in sections if section.startswith(f"{name}]"))
    return tuple(word.strip() for word in body.partition("]")[2].replace("\n", " ").split(";"))
