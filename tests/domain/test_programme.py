"""Programmes: the document of headquarters read strictly, written back the same; class codes."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import programme_document as documents
from app.domain.attendance import Counts, Policy
from app.domain.ids import ModuleCode, ProgrammeCode, class_code
from app.domain.programme import Grade, Module, Programme, Rule
from app.errors import Refused

CATALOGUE = Path(__file__).parents[2] / "resources" / "catalogue"
KWU: dict[str, Any] = json.loads((CATALOGUE / "kwu.json").read_text(encoding="utf-8"))

hundredths = st.integers(0, 10_000)
words = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=20)
rules = st.builds(
    Rule,
    min_attendance=hundredths,
    policy=st.builds(Policy, *[st.sampled_from(Counts)] * 3),
    pass_mark=hundredths,
    grades=st.lists(st.builds(Grade, hundredths, words), max_size=4, unique_by=lambda g: g.minimum).map(
        lambda grades: tuple(sorted(grades, key=lambda g: -g.minimum))
    ),
    needs_pre=st.booleans(),
    needs_post=st.booleans(),
    jp_minutes=st.integers(1, 240),
)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    count = draw(st.integers(1, 4))
    modules = tuple(
        Module(
            ModuleCode(f"M-{place}"),
            draw(words),
            draw(st.integers(1, 999)),
            draw(st.none() | hundredths),
            draw(st.booleans()),
            draw(st.none() | st.sampled_from(["X.000000.000.00", "M.70PEN00.021.1"])),
            place,
        )
        for place in range(1, count + 1)
    )
    version = draw(st.integers(1, 999))
    return Programme(ProgrammeCode("KWU"), version, draw(words), modules, draw(rules), "{sequence}/{centre}")


@given(programmes())
def test_a_programme_survives_its_document(programme: Programme) -> None:
    assert documents.parse(json.loads(json.dumps(documents.write(programme)))) == programme


@given(rules, rules)
def test_equal_rules_and_only_they_have_the_same_text(one: Rule, other: Rule) -> None:
    assert documents.read_rule_text(documents.rule_text(one)) == one
    assert (documents.rule_text(one) == documents.rule_text(other)) == (one == other)


def test_the_catalogue_holds_the_programme_for_micro_and_small_enterprises() -> None:
    programme = documents.parse(KWU)
    assert (programme.code, programme.title) == ("KWU", "Kewirausahaan bagi Usaha Mikro dan Kecil")
    assert [m.code for m in programme.modules] == [f"KWU-{n:02}" for n in range(1, 13)]
    assert programme.jp == 40
    assert programme.rule.min_attendance == 8_000
    assert all(m.required and programme.pass_mark(m) == 7_000 for m in programme.modules)


def test_grades_begin_at_their_minimum() -> None:
    rule = documents.parse(KWU).rule
    assert [rule.grade(mean) for mean in (7_999, 8_000, 8_999, 9_000, 10_000)] == [
        None,
        "Memuaskan",
        "Memuaskan",
        "Sangat Memuaskan",
        "Sangat Memuaskan",
    ]


def test_points_are_read_exactly_however_they_are_written() -> None:
    for written in (72.5, "72.5", "72.50"):
        document = copy.deepcopy(KWU)
        document["modules"][6]["pass_mark"] = written
        programme = documents.parse(document)
        assert programme.modules[6].pass_mark == 7_250
        assert programme.pass_mark(programme.modules[6]) == 7_250


@pytest.mark.parametrize(
    ("path", "value", "code", "field"),
    [
        (("code",), "kwu", "programme-code-invalid", "code"),
        (("version",), 0, "programme-value-invalid", "version"),
        (("version",), True, "programme-value-invalid", "version"),
        (("title",), " Kewirausahaan", "programme-value-invalid", "title"),
        (("title",), "Kewira\nusahaan", "programme-value-invalid", "title"),
        (("title",), "", "programme-value-invalid", "title"),
        (("colour",), "biru", "programme-key-unknown", "colour"),
        (("number_template",), "{centre}", "template-sequence-missing", "number_template"),
        (("modules",), [], "programme-modules-none", "modules"),
        (("modules",), {}, "programme-value-invalid", "modules"),
        (("modules", 2), "KWU-03", "programme-value-invalid", "modules[3]"),
        (("modules", 2, "jp"), 0, "programme-value-invalid", "modules[3].jp"),
        (("modules", 2, "jp"), "2", "programme-value-invalid", "modules[3].jp"),
        (("modules", 2, "code"), "KWU-02", "programme-module-twice", "modules[3].code"),
        (("modules", 2, "required"), "ya", "programme-value-invalid", "modules[3].required"),
        (("modules", 2, "pass_mark"), 101, "programme-points-invalid", "modules[3].pass_mark"),
        (("modules", 2, "pass_mark"), "70,5", "programme-points-invalid", "modules[3].pass_mark"),
        (("modules", 2, "pass_mark"), 70.555, "programme-points-invalid", "modules[3].pass_mark"),
        (("rule", "min_attendance"), True, "programme-points-invalid", "rule.min_attendance"),
        (("rule", "min_attendance"), -1, "programme-points-invalid", "rule.min_attendance"),
        (("rule", "sick"), "half", "programme-value-invalid", "rule.sick"),
        (("rule", "sick"), ["absent"], "programme-value-invalid", "rule.sick"),
        (("rule", "needs_pre"), 1, "programme-value-invalid", "rule.needs_pre"),
        (("rule", "grades", 0, "from"), 80, "programme-grades-order", "rule.grades"),
        (("rule", "grades", 1, "label"), None, "programme-value-invalid", "rule.grades[2].label"),
    ],
)
def test_a_wrong_document_names_the_place(
    path: tuple[str | int, ...], value: object, code: str, field: str
) -> None:
    document: Any = copy.deepcopy(KWU)
    inner: Any = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(Refused) as refused:
        documents.parse(document)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    "path", [("rule",), ("rule", "late"), ("modules", 0, "title"), ("rule", "grades", 0, "from")]
)
def test_a_missing_key_is_named(path: tuple[str | int, ...]) -> None:
    document: Any = copy.deepcopy(KWU)
    inner: Any = document
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    with pytest.raises(Refused, match="programme-key-missing"):
        documents.parse(document)


@pytest.mark.parametrize("document", [None, [], "KWU", 7])
def test_what_is_no_object_is_no_programme(document: object) -> None:
    with pytest.raises(Refused, match="programme-value-invalid"):
        documents.parse(document)


def test_a_rule_that_is_no_json_is_refused() -> None:
    with pytest.raises(Refused, match="programme-value-invalid"):
        documents.read_rule_text("80 %")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" kwu-08/2026 ", "KWU-08/2026"),
        ("8", "8"),
        ("Kwu.8", "KWU.8"),
        ("a" * 40, "A" * 40),
        ("\u212awu", "KWU"),
    ],
)
def test_a_class_code_has_one_spelling(text: str, code: str) -> None:
    assert class_code(text) == code


@pytest.mark.parametrize(
    "text", ["", " ", "-KWU", "KWU/", "KWU 08", "KWU_08", "a" * 41, "kıwu", "straße", "KWU\n8"]
)
def test_a_class_code_of_other_signs_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="class-code-invalid"):
        class_code(text)


@given(st.text(max_size=45))
def test_a_normalised_class_code_stays(text: str) -> None:
    try:
        code = class_code(text)
    except Refused:
        return
    assert class_code(code) == code
