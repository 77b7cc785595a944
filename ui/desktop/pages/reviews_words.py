"""How a review is said: what it is about, what each side holds, and what else may be typed instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.domain import marks, progress
from app.domain.calendar import money
from app.domain.text import LONGEST_REMARK, one_line
from app.wording import sentences
from ui.desktop.wording import Text, clock, language, long_day, number, words

if TYPE_CHECKING:
    from app.queries.reviews import Review, Version

_SCORES = {"pre", "post"}
_MINUTES = {"arrival", "starts", "ends"}
_RUPIAH = {"capital", "sales"}
_BOOKKEEPING = {"assessor", "credential_hash", "credential", "back", "content", "override"}
_TEXTS = {"remark", "title", "room", "topic", "address", "name", "business", "birth_place"}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Names:
    """Words for keys: titles of classes by code, and of modules by class and module code."""

    classes: Mapping[str, str]
    modules: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Side:
    """What one side holds, for its card: the value that matters, and lines of what else differs."""

    lead: Text
    others: tuple[Text, ...]


def differing(review: Review) -> list[str]:
    """The fields in which the sides differ, those people care for first."""
    several = [version.values for version in review.versions if version.group == review.group]
    if not several:
        return []
    fields = [name for name in several[0] if len({repr(values.get(name)) for values in several}) > 1]
    return sorted(fields, key=lambda name: name in _BOOKKEEPING) or list(several[0])


def title(review: Review, names: Names) -> Text:
    """What is in question: Nilai tes akhir Pembukuan, Kartini."""
    facts = {
        "subject": review.subject or words("review-somebody"),
        "number": review.key.get("number", ""),
        "code": review.key.get("class_code") or review.key.get("code") or "",
        "module": _module(review, names),
    }
    fields = differing(review)
    lead = fields[0] if len(fields) == 1 else ""
    known = f"about-{review.entity}"
    for code in (f"{known}-{lead}", f"{known}-{review.group}", known):
        if code.replace("_", "-") in sentences():
            return words(code.replace("_", "-"), **facts)
    return words("about-other", subject=facts["subject"], what=words(noun(review.entity), n=1))


def place(review: Review, names: Names) -> Text:
    """Which class it concerns; empty where it concerns none."""
    code = str(review.key.get("class_code") or "")
    return names.classes.get(code, code)


def noun(table: str) -> str:
    """The code of what a table's rows are called; it takes `n`."""
    code = f"noun-{table.replace('_', '-')}"
    return code if code in sentences() else "noun-other"


def side(review: Review, version: Version) -> Side:
    """What stands on a side's card."""
    fields = [name for name in differing(review) if name in version.values]
    if version.group == "gone":
        gone = bool(version.values.get("gone"))
        return Side(words("value-gone" if gone else "value-kept"), ())
    if not fields:
        fields = [name for name in version.values if name not in _BOOKKEEPING]
    others = [
        words("value-line", field=words(_label(name)), value=value(name, version.values.get(name)))
        for name in fields[1:]
        if name not in _BOOKKEEPING
    ]
    return Side(value(fields[0], version.values.get(fields[0])), tuple(others[:4]))


def value(field: str, held: object) -> Text:
    """A value of a field as people write it."""
    if held is None or held in ("", ()):
        return words("value-empty")
    if isinstance(held, bool):
        return words("value-yes" if held else "value-no")
    if isinstance(held, date) and not isinstance(held, datetime):
        return long_day(held)
    if isinstance(held, int):
        return _figure(field, held)
    if isinstance(held, bytes):
        return held.hex()[:8]
    if isinstance(held, tuple | list):
        return words("value-several", n=len(held))
    code = f"value-{field}-{held}".lower().replace("_", "-").replace(" ", "-")
    return words(code) if code in sentences() else str(held)


def other_reader(review: Review) -> tuple[str, Callable[[str], object]] | None:
    """The field that another value may be typed for, and how it is read; None where one has to choose."""
    fields = [name for name in differing(review) if name not in _BOOKKEEPING]
    if review.kind.name != "DIFFERS" or len(fields) != 1:
        return None
    (field,) = fields
    if field in _SCORES:
        return field, lambda typed: progress.score(typed, "other")
    if field == "status":
        return field, lambda typed: marks.status(typed).value
    if field in _TEXTS:
        longest = LONGEST_REMARK if field == "remark" else _LONGEST
        return field, lambda typed: one_line(typed, "other", longest)
    return None


def _figure(field: str, held: int) -> Text:
    if field in _SCORES:
        return progress.score_text(held, "." if language() == "en" else ",")
    if field in _MINUTES:
        return clock(held)
    if field in _RUPIAH:
        return money(held, "en" if language() == "en" else "id")
    return number(held) if held > 9_999 else str(held)


def _label(field: str) -> str:
    code = f"field-{field.replace('_', '-')}"
    return code if code in sentences() else "field-other"


def _module(review: Review, names: Names) -> str:
    code = str(review.key.get("module") or "")
    return names.modules.get((str(review.key.get("class_code") or ""), code), code)
