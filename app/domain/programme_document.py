"""The document headquarters publishes a programme as: read strictly, written back the same.

It is JSON for people at headquarters: scores and percentages stand in points (80, or "72.5" where there are
decimals), never in hundredths; in the program they are whole hundredths.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping

from app.domain import numbering
from app.domain.attendance import WHOLE, Counts, Policy
from app.domain.ids import ModuleCode, ProgrammeCode
from app.domain.programme import Grade, Module, Programme, Rule
from app.domain.progress import FULL_SCORE, score_text
from app.errors import Refused

_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9.-]{0,30}[A-Z0-9])?")
_POINTS = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?")
_TITLE_LENGTH = 120


def parse(document: object) -> Programme:
    """The programme a document describes.

    Raises Refused with the place in `field` ("modules[3].jp"): "programme-key-missing", "-key-unknown",
    "-value-invalid", "-code-invalid", "-points-invalid", "-modules-none", "-module-twice",
    "-grades-order", and the codes of `numbering.validate` for the template.
    """
    keys = ("code", "version", "title", "number_template", "rule", "modules")
    top = _object(document, "", keys)
    template = _text(top, "number_template", "")
    for code in numbering.validate(template):
        raise Refused(code, field="number_template")
    return Programme(
        code=ProgrammeCode(_code(top, "code", "")),
        version=_whole(top, "version", "", 1, 1_000_000),
        title=_text(top, "title", ""),
        modules=_modules(top["modules"]),
        rule=parse_rule(top["rule"]),
        number_template=template,
    )


def write(programme: Programme) -> dict[str, object]:
    """The inverse of `parse`."""
    return {
        "code": programme.code,
        "version": programme.version,
        "title": programme.title,
        "number_template": programme.number_template,
        "rule": rule_document(programme.rule),
        "modules": [
            {
                "code": m.code,
                "title": m.title,
                "jp": m.jp,
                "pass_mark": None if m.pass_mark is None else _written(m.pass_mark),
                "required": m.required,
                "unit_code": m.unit_code,
            }
            for m in programme.modules
        ],
    }


def parse_rule(value: object) -> Rule:
    """A rule from its part of the document; raises as `parse` does."""
    at = "rule"
    keys = (
        "min_attendance",
        "late",
        "excused",
        "sick",
        "pass_mark",
        "grades",
        "needs_pre",
        "needs_post",
        "jp_minutes",
    )
    rule = _object(value, at, keys)
    return Rule(
        min_attendance=_points(rule["min_attendance"], f"{at}.min_attendance", WHOLE),
        policy=Policy(
            late=_counts(rule, "late", at),
            excused=_counts(rule, "excused", at),
            sick=_counts(rule, "sick", at),
        ),
        pass_mark=_points(rule["pass_mark"], f"{at}.pass_mark", FULL_SCORE),
        grades=_grades(rule["grades"]),
        needs_pre=_flag(rule, "needs_pre", at),
        needs_post=_flag(rule, "needs_post", at),
        jp_minutes=_whole(rule, "jp_minutes", at, 1, 240),
    )


def rule_document(rule: Rule) -> dict[str, object]:
    """The inverse of `parse_rule`."""
    return {
        "min_attendance": _written(rule.min_attendance),
        "late": rule.policy.late.value,
        "excused": rule.policy.excused.value,
        "sick": rule.policy.sick.value,
        "pass_mark": _written(rule.pass_mark),
        "grades": [{"from": _written(g.minimum), "label": g.label} for g in rule.grades],
        "needs_pre": rule.needs_pre,
        "needs_post": rule.needs_post,
        "jp_minutes": rule.jp_minutes,
    }


def rule_text(rule: Rule) -> str:
    """The rule in one line of JSON, the same for equal rules: how a row of the journal carries it."""
    return json.dumps(rule_document(rule), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_rule_text(text: str) -> Rule:
    """The inverse of `rule_text`; raises as `parse` does, "programme-value-invalid" where it is no JSON."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise Refused("programme-value-invalid", field="rule") from error
    return parse_rule(value)


def _modules(value: object) -> tuple[Module, ...]:
    listed = _list(value, "modules")
    if not listed:
        raise Refused("programme-modules-none", field="modules")
    modules = tuple(_module(item, place) for place, item in enumerate(listed, 1))
    seen: set[str] = set()
    for module in modules:
        if module.code in seen:
            raise Refused("programme-module-twice", field=f"modules[{module.order}].code", module=module.code)
        seen.add(module.code)
    return modules


def _module(value: object, place: int) -> Module:
    at = f"modules[{place}]"
    module = _object(value, at, ("code", "title", "jp"), ("pass_mark", "required", "unit_code"))
    mark, unit = module.get("pass_mark"), module.get("unit_code")
    return Module(
        code=ModuleCode(_code(module, "code", at)),
        title=_text(module, "title", at),
        jp=_whole(module, "jp", at, 1, 999),
        pass_mark=None if mark is None else _points(mark, f"{at}.pass_mark", FULL_SCORE),
        required=_flag(module, "required", at) if "required" in module else True,
        unit_code=None if unit is None else _text(module, "unit_code", at),
        order=place,
    )


def _grades(value: object) -> tuple[Grade, ...]:
    grades = []
    for place, item in enumerate(_list(value, "rule.grades"), 1):
        at = f"rule.grades[{place}]"
        grade = _object(item, at, ("from", "label"))
        grades.append(Grade(_points(grade["from"], f"{at}.from", FULL_SCORE), _text(grade, "label", at)))
    minima = [g.minimum for g in grades]
    if minima != sorted(set(minima), reverse=True):
        raise Refused("programme-grades-order", field="rule.grades")
    return tuple(grades)


def _object(
    value: object, at: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Refused("programme-value-invalid", field=at)
    for key in required:
        if key not in value:
            raise Refused("programme-key-missing", field=_under(at, key))
    for key in value:
        if key not in required and key not in optional:
            raise Refused("programme-key-unknown", field=_under(at, str(key)))
    return value


def _list(value: object, at: str) -> list[object]:
    if not isinstance(value, list):
        raise Refused("programme-value-invalid", field=at)
    return value


def _text(found: Mapping[str, object], key: str, at: str) -> str:
    value = found[key]
    if (
        not isinstance(value, str)
        or not value.isprintable()
        or not 0 < len(value.strip()) == len(value) <= _TITLE_LENGTH
    ):
        raise Refused("programme-value-invalid", field=_under(at, key))
    return unicodedata.normalize("NFC", value)


def _code(found: Mapping[str, object], key: str, at: str) -> str:
    value = found[key]
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise Refused("programme-code-invalid", field=_under(at, key))
    return value


def _whole(found: Mapping[str, object], key: str, at: str, least: int, most: int) -> int:
    value = found[key]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Refused("programme-value-invalid", field=_under(at, key))
    return value


def _flag(found: Mapping[str, object], key: str, at: str) -> bool:
    value = found[key]
    if not isinstance(value, bool):
        raise Refused("programme-value-invalid", field=_under(at, key))
    return value


def _counts(found: Mapping[str, object], key: str, at: str) -> Counts:
    value = found[key]
    if value not in list(Counts):
        raise Refused("programme-value-invalid", field=_under(at, key))
    return Counts(str(value))


def _points(value: object, at: str, most: int) -> int:
    """Points as hundredths; a JSON number with decimals is read by its shortest spelling, which is exact."""
    written = "" if isinstance(value, bool) or not isinstance(value, (int, float, str)) else str(value)
    found = _POINTS.fullmatch(written)
    hundredths = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else -1
    if not 0 <= hundredths <= most:
        raise Refused("programme-points-invalid", field=at)
    return hundredths


def _written(hundredths: int) -> int | str:
    return score_text(hundredths, mark=".") if hundredths % 100 else hundredths // 100


def _under(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key
