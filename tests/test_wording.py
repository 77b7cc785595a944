"""Every code that can reach a person has its sentence, in both languages, with what fills it."""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from app import wording
from app.errors import NotFound, Refused

ROOT = Path(__file__).resolve().parent.parent
TROUBLES = {"Trouble", "Refused", "NotFound", "StorageTrouble", "SyncTrouble"}


CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Raised:
    """A place where a code is written: the code, and the facts given (None where they can't be read off)."""

    where: str
    code: str
    facts: frozenset[str] | None


def _trees() -> dict[str, ast.Module]:
    files = sorted(file for part in ("app", "sync", "ui") for file in (ROOT / part).rglob("*.py"))
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def _raised(trees: Mapping[str, ast.Module]) -> Iterator[Raised]:
    """Every code given to a trouble, or to a class or function that has a field or parameter `code`."""
    classes = _classes(trees)
    for file, tree in trees.items():
        constants = _constants(tree)
        carriers = classes | _functions(tree)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = "Trouble" if ast.unparse(call.func) == "super().__init__" else _last_name(call.func)
            for code in _codes(call, carriers[name], constants) if name in carriers else []:
                yield Raised(f"{file}:{call.lineno}", code, _facts(call) if name in TROUBLES else None)


def _classes(trees: Mapping[str, ast.Module]) -> dict[str, int]:
    """Class -> place of the code among its arguments; a trouble derived from ours inherits it."""
    carriers = dict.fromkeys(TROUBLES, 0)
    nodes = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    for node in nodes + nodes:  # twice: a class may be read before the one it is derived from
        own = {body.name: body for body in node.body if isinstance(body, ast.FunctionDef)}
        fields = [body.target for body in node.body if isinstance(body, ast.AnnAssign)]
        names = [field.id for field in fields if isinstance(field, ast.Name)]
        inherited = [carriers[_last_name(base)] for base in node.bases if _last_name(base) in carriers]
        if "__init__" in own:
            names, inherited = [argument.arg for argument in own["__init__"].args.args[1:]], []
        for place in [names.index("code")] if "code" in names else inherited:
            carriers[node.name] = place
    return carriers


def _functions(tree: ast.Module) -> dict[str, int]:
    """Function of this file -> place of its parameter `code`, among those a caller writes."""
    carriers: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("__"):
            names = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
            if "code" in names:
                carriers[node.name] = names.index("code")
    return carriers


def _constants(tree: ast.Module) -> dict[str, object]:
    """The constants at the top of a file."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _codes(call: ast.Call, place: int, constants: Mapping[str, object]) -> list[str]:
    """The codes a call can carry, as far as they are written in the file."""
    given = call.args[place : place + 1] or [word.value for word in call.keywords if word.arg == "code"]
    return [code for node in given for code in _strings(node, constants) if CODE.fullmatch(code)]


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
    return list(_raised(_trees()))


def test_every_code_that_is_raised_has_a_sentence(raised: list[Raised]) -> None:
    known = wording.sentences()
    assert [f"{place.where}: {place.code}" for place in raised if place.code not in known] == []


def test_a_sentence_asks_only_for_facts_that_the_place_of_raising_gives(raised: list[Raised]) -> None:
    known, later = wording.sentences(), _added_on_the_way()
    unfilled = [
        f"{place.where}: {place.code} wants {sorted(lacking)}"
        for place in raised
        if place.facts is not None and place.code in known
        for lacking in [
            wording.placeholders(known[place.code]["id"]) - place.facts - later[_part(place.where)]
        ]
        if lacking
    ]
    assert unfilled == []


def _added_on_the_way() -> dict[str, set[str]]:
    """Part of the house -> facts which it adds to a trouble it hands on: `Refused(refusal.code, name=…)`."""
    added: dict[str, set[str]] = defaultdict(set)
    for file, tree in _trees().items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
            if _last_name(call.func) in TROUBLES and isinstance(call.args[0], ast.Attribute):
                added[_part(file)] |= _facts(call) or set()
    return added


def _part(where: str) -> str:
    return where.rpartition("/")[0]


def test_every_sentence_is_there_in_both_languages_with_the_same_placeholders() -> None:
    for code, by_language in wording.sentences().items():
        assert set(by_language) == set(wording.LANGUAGES), code
        assert all(form.strip() for text in by_language.values() for form in wording.forms(text)), code
        assert all(
            set(text) == {"one", "other"} for text in by_language.values() if not isinstance(text, str)
        ), code
        asked = [wording.placeholders(text) for text in by_language.values()]
        assert asked[0] == asked[1], code
        assert all(name.isidentifier() for name in asked[0]), code


def test_a_sentence_with_two_forms_is_told_by_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"id": "{n} kelas", "en": {"one": "{n} class", "other": "{n} classes"}}
    monkeypatch.setattr(wording, "sentences", lambda: {"classes": both})
    assert [wording.phrase("classes", "en", n=n) for n in (0, 1, 2)] == ["0 classes", "1 class", "2 classes"]
    assert wording.phrase("classes", "id", n=1) == "1 kelas"
    assert wording.phrase("classes", "en") == "… classes"


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
class Torn(Locked):
    def __init__(self, what): super().__init__("file-torn", what=what)
class Reader:
    code: str
    def refuse(self, code): raise Refused(code)
raise Refused("no-name", field="name")
raise errors.NotFound("no-class", code_of_class=code)
raise Locked(LATE, **facts)
raise Torn("not-a-code")
Reader("row-odd").refuse("row-bad")
x = Refused(code="is-a" if y else "is-b")
"""
    found = {(place.code, place.facts) for place in _raised({"x.py": ast.parse(source)})}
    assert found == {
        ("no-name", frozenset({"field"})),
        ("no-class", frozenset({"code_of_class"})),
        ("too-late", None),
        ("file-torn", frozenset({"what"})),
        ("row-odd", None),
        ("row-bad", None),
        ("is-a", frozenset()),
        ("is-b", frozenset()),
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
