"""Every code that can reach a person has its sentence, in both languages, with what fills it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from app.errors import NotFound, Refused
from ui import wording

ROOT = Path(__file__).resolve().parent.parent
TROUBLES = {"Trouble", "Refused", "NotFound", "StorageTrouble", "SyncTrouble"}


@dataclass(frozen=True, slots=True)
class Raised:
    """A place where a trouble is made: the code, and the facts given (None where they can't be read off)."""

    where: str
    code: str
    facts: frozenset[str] | None


def _trees() -> dict[str, ast.Module]:
    files = sorted(file for part in ("app", "sync", "ui") for file in (ROOT / part).rglob("*.py"))
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def _trouble_names(trees: dict[str, ast.Module]) -> set[str]:
    """The names of the trouble classes: those of app/errors.py and whatever is derived from them."""
    names = set(TROUBLES)
    classes = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while (
        more := {node.name for node in classes if {_last_name(base) for base in node.bases} & names} - names
    ):
        names |= more
    return names


def _raised(name: str, tree: ast.Module, troubles: set[str]) -> Iterator[Raised]:
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in troubles:
            for code in _codes(node, constants):
                yield Raised(f"{name}:{node.lineno}", code, _facts(node))


def _codes(call: ast.Call, constants: Mapping[str, object]) -> list[str]:
    """The codes a call can carry, as far as they are written in the file."""
    first = call.args[:1] or [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    return [code for node in first for code in _strings(node, constants)]


def _strings(node: ast.expr, constants: Mapping[str, object]) -> list[str]:
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_strings(body, constants), *_strings(orelse, constants)]
        case ast.Name(id=name) if isinstance(constants.get(name), str):
            return [str(constants[name])]
    return []


def _facts(call: ast.Call) -> frozenset[str] | None:
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return frozenset(str(keyword.arg) for keyword in call.keywords) - {"code"}


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@pytest.fixture(scope="module")
def raised() -> list[Raised]:
    trees = _trees()
    troubles = _trouble_names(trees)
    return [place for name, tree in trees.items() for place in _raised(name, tree, troubles)]


def test_every_code_that_is_raised_has_a_sentence(raised: list[Raised]) -> None:
    known = wording.sentences()
    assert [f"{place.where}: {place.code}" for place in raised if place.code not in known] == []


def test_a_sentence_asks_only_for_facts_that_the_place_of_raising_gives(raised: list[Raised]) -> None:
    known = wording.sentences()
    unfilled = [
        f"{place.where}: {place.code} wants {sorted(lacking)}"
        for place in raised
        if place.facts is not None and place.code in known
        for lacking in [wording.placeholders(known[place.code]["id"]) - place.facts]
        if lacking
    ]
    assert unfilled == []


def test_every_sentence_is_there_in_both_languages_with_the_same_placeholders() -> None:
    for code, by_language in wording.sentences().items():
        assert set(by_language) == set(wording.LANGUAGES), code
        assert all(text.strip() for text in by_language.values()), code
        asked = [wording.placeholders(text) for text in by_language.values()]
        assert asked[0] == asked[1], code
        assert all(name.isidentifier() for name in asked[0]), code


def test_no_code_has_two_sentences() -> None:
    seen: dict[str, str] = {}
    for file in sorted(wording.WORDING.glob("*.json")):
        for code in json.loads(file.read_text(encoding="utf-8")):
            assert code not in seen, f"{code} stands in {seen.get(code)} and in {file.name}"
            seen[code] = file.name


def test_codes_are_found_however_they_are_written() -> None:
    source = """
LATE = "too-late"
class Locked(Refused): ...
raise Refused("no-name", field="name")
raise errors.NotFound("no-class", code_of_class=code)
raise Locked(LATE, **facts)
x = Refused(code="a" if y else "b")
"""
    tree = ast.parse(source)
    found = {(place.code, place.facts) for place in _raised("x.py", tree, _trouble_names({"x.py": tree}))}
    assert found == {
        ("no-name", frozenset({"field"})),
        ("no-class", frozenset({"code_of_class"})),
        ("too-late", None),
        ("a", frozenset()),
        ("b", frozenset()),
    }


def test_a_code_without_a_sentence_is_named_in_the_one_that_stands_in() -> None:
    assert "never-written" in wording.sentence(Refused("never-written"), "id")
    assert wording.sentence(Refused("never-written"), "en").startswith("This could not be done")


def test_facts_are_shown_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"id": "Kelas {codes} sejak {since}.", "en": "Classes {codes} since {since}."}
    monkeypatch.setattr(wording, "sentences", lambda: {"closed": both})
    trouble = NotFound("closed", codes=["UMK-1", "UMK-2"], since=date(2026, 8, 17))
    assert wording.sentence(trouble, "id") == "Kelas UMK-1, UMK-2 sejak 17 Agustus 2026."
    assert wording.sentence(trouble, "en") == "Classes UMK-1, UMK-2 since 17 August 2026."
    assert wording.sentence(NotFound("closed", codes=[]), "fr") == "Kelas  sejak …."
