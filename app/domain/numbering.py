"""Official certificate numbers: templates, what makes one unsafe, and when two typed numbers are the same.

A template such as `{sequence:04}/{centre}/{programme}/{month_roman}/{year}` belongs to a programme. Sequences
are leased to a centre and never used twice, so a number that shows the sequence and the centre, told apart
from what stands beside them, cannot clash between laptops that never meet (docs/formats/certificate.md).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from app.errors import Refused

NUMBER_LENGTH = 64
_FIELD = re.compile(r"\{([a-z_]*)(?::0?([0-9]+))?\}")
_NAMES = frozenset({"sequence", "centre", "centre_code", "programme", "intake", "intake_roman"}) | frozenset(
    {"month", "month_roman", "year"}
)
_CENTRES = frozenset({"centre", "centre_code"})
_NUMERIC = frozenset({"sequence", "month", "year"})
_WORDS = frozenset({"centre", "programme", "intake"})
_WORD = re.compile(r"[A-Za-z0-9 .()-]+")
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {"\u2215": "/", "\u2044": "/"}
)


@dataclass(frozen=True, slots=True)
class NumberFields:
    """What a number is made from. `centre` is the short name ("BPVP-TTE"), `centre_code` 1 to 99999.

    `dated` is the date printed on the certificate; `intake` as the class has it, "8" or "VIII" or "".
    """

    sequence: int
    centre: str
    centre_code: int
    programme: str
    dated: date
    intake: str = ""


def validate(template: str) -> tuple[str, ...]:
    """Codes of everything that makes this template unsafe; none for a good one.

    "template-broken" (braces), "template-field-unknown", "template-width" (a width on a word, or not 1 to 7),
    "template-sequence-missing", "template-centre-missing", "template-fields-touch" (two fields melt into
    one: 1 + 23 reads like 12 + 3), "template-too-long", "template-character".
    """
    literals = _literals(template)
    fields = list(_FIELD.finditer(template))
    names = {f[1] for f in fields}
    wrong = {
        "template-broken": any(sign in literal for literal in literals for sign in "{}"),
        "template-field-unknown": bool(names - _NAMES),
        "template-width": any(f[2] and not _width_fits(f[1], f[2]) for f in fields),
        "template-sequence-missing": "sequence" not in names,
        "template-centre-missing": not names & _CENTRES,
        "template-fields-touch": _touching(literals, [f[1] for f in fields]),
        "template-too-long": len(template) > NUMBER_LENGTH + 32,
        "template-character": not (template.isascii() and template.isprintable()),
    }
    return tuple(code for code, holds in wrong.items() if holds)


def render(template: str, fields: NumberFields) -> str:
    """The official number. Raises Refused: the template's first fault, or "number-intake-unfit" where a
    Roman intake is wanted of one that is no number, "number-field-empty", "number-field-unfit" (a sign that
    may separate fields inside one), "number-too-long"."""
    for code in validate(template):
        raise Refused(code, field="number_template")
    values = _values(template, fields)
    number = _FIELD.sub(lambda f: values[f[1]].zfill(int(f[2] or 0)), template)
    if len(number) > NUMBER_LENGTH:
        raise Refused("number-too-long", field="number", longest=NUMBER_LENGTH)
    return number


def typed(text: str, field: str = "number") -> str:
    """A number typed by hand as it is kept: NFC, blanks at the ends off, single blanks inside.

    Raises Refused("number-empty"), ("number-too-long") or ("number-character").
    """
    number = " ".join(unicodedata.normalize("NFC", text).split())
    if not number:
        raise Refused("number-empty", field=field)
    if len(number) > NUMBER_LENGTH:
        raise Refused("number-too-long", field=field, longest=NUMBER_LENGTH)
    if not number.isprintable():
        raise Refused("number-character", field=field)
    return number


def clash_key(number: str) -> str:
    """What two numbers must not share: blanks, letter case, kinds of dash and leading zeros make no
    difference, `0412/BPVP-TTE` being `412 / bpvp–tte`. A clash opens a review, so erring this way is safe."""
    joined = "".join(unicodedata.normalize("NFKC", number.translate(_DASHES)).split())
    joined = "".join(unicodedata.normalize("NFKC", joined.casefold()).translate(_DASHES).split())
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", joined)


def roman(number: int) -> str:
    """1 to 3999 in Roman numerals; Refused("roman-range") otherwise."""
    if not 1 <= number <= 3999:
        raise Refused("roman-range", number=number)
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def roman_value(text: str) -> int | None:
    """The number these Roman numerals write, None where they are none in their one right spelling."""
    value, rest = 0, text
    for worth, letters in _ROMAN:
        while rest.startswith(letters):
            value, rest = value + worth, rest.removeprefix(letters)
    return value if 1 <= value <= 3999 and not rest and roman(value) == text else None


def _values(template: str, fields: NumberFields) -> dict[str, str]:
    values = {
        "sequence": str(fields.sequence),
        "centre": fields.centre.strip(),
        "centre_code": f"{fields.centre_code:05}",
        "programme": fields.programme.strip(),
        "month": str(fields.dated.month),
        "month_roman": roman(fields.dated.month),
        "year": f"{fields.dated.year:04}",
        "intake": fields.intake.strip(),
    }
    wanted = {f[1] for f in _FIELD.finditer(template)}
    if "intake_roman" in wanted:
        values["intake_roman"] = _roman_intake(values["intake"])
    for name in sorted(wanted):
        if not values[name]:
            raise Refused("number-field-empty", field=name)
        if not _WORD.fullmatch(values[name]):
            raise Refused("number-field-unfit", field=name)
    return values


def _roman_intake(intake: str) -> str:
    if re.fullmatch(r"[0-9]{1,4}", intake) and 1 <= int(intake) <= 3999:
        return roman(int(intake))
    if roman_value(intake.upper()) is not None:
        return intake.upper()
    raise Refused("number-intake-unfit", field="intake")


def _literals(template: str) -> list[str]:
    """What stands before, between and after the fields."""
    ends = [(f.start(), f.end()) for f in _FIELD.finditer(template)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(template)]
    return [template[start:stop] for start, stop in zip(starts, stops, strict=True)]


def _touching(literals: list[str], names: list[str]) -> bool:
    """Whether a field can't be told from what stands beside it.

    Between two fields there must be a sign; beside a field that is a word, one that no word holds (`/`),
    since `A-B` + `C` would read like `A` + `B-C`.
    """
    ends = [literals[0][-1:], literals[-1][:1]] if names else []
    if any(end.isalnum() for end in ends):
        return True
    pairs = zip(names, names[1:], literals[1:-1], strict=False)
    return any(not _parted(literal, wordy=bool({one, other} & _WORDS)) for one, other, literal in pairs)


def _parted(literal: str, wordy: bool) -> bool:
    """Whether what stands between two fields parts them."""
    if literal[:1].isalnum() or literal[-1:].isalnum():
        return False
    strong = any(not _WORD.fullmatch(sign) for sign in literal)
    return strong or (not wordy and any(sign in ".-" for sign in literal))


def _width_fits(name: str, width: str) -> bool:
    return name in _NUMERIC and 1 <= int(width) <= 7
