"""Rupiah as people write them in a form: `Rp 1.500.000,00`, `350 juta`, `1,2 miliar`, `750rb`."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from app.errors import Refused

MOST = 10**18  # no amount on earth, and still within what every database holds

_UNITS = {
    1_000: ("ribu", "ribuan", "rb", "rbu", "k"),
    1_000_000: ("juta", "jutaan", "jt", "jta", "mio"),
    1_000_000_000: ("miliar", "milyar", "miliard", "milyard", "milliar", "mlr", "m"),
    1_000_000_000_000: ("triliun", "trilyun", "t"),
}
_FACTORS = {word: factor for factor, words in _UNITS.items() for word in words}
_PART = re.compile(r"([0-9][0-9.,]*)([a-z]*)")
_CURRENCY = re.compile(
    r"\b(?:rp|idr)(?=[\s.:]|[0-9]|$)[.:]?|\brupiah\b|\b(?:sekitar|kurang lebih|kira-kira)\b|±|\+/-|~"
)
_TAIL = re.compile(r"[.,]\s*[-–—=]+$")
_PERIOD = re.compile(r"(?:/|\bper|\bse(?=bulan|tahun))\s*(bulan|bln|tahun|thn|th)\.?$")


def parse(text: str) -> int:
    """The amount in whole rupiah, halves rounded up; an amount `per bulan` becomes that of twelve months.

    A dot or comma before exactly three digits separates thousands, otherwise decimals. With a unit the comma
    is always the decimal mark, and so is the dot from `miliar` upwards: 1.250 miliar would be 1.25 trillion,
    which no small enterprise has. Raises Refused("money-unreadable").
    """
    value = unicodedata.normalize("NFKC", text).strip(" \t\r\n'\"`").casefold()
    value = _TAIL.sub("", _CURRENCY.sub(" ", value)).strip()
    period = _PERIOD.search(value)
    months = 12 if period and period[1].startswith("b") else 1
    if period:
        value = value[: period.start()]
    amount = _sum(_without_spaces(_TAIL.sub("", value.strip()))) * months
    if amount > MOST:
        raise Refused("money-unreadable")
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def _without_spaces(value: str) -> str:
    """Close the gaps, but refuse `12 50`, which may be two numbers: only groups of three are one."""
    if re.search(r"[0-9]\s+[0-9]", value) and not re.fullmatch(r"[0-9]{1,3}(?:\s[0-9]{3})+[.,0-9]*", value):
        raise Refused("money-unreadable")
    return re.sub(r"\s+", "", value)


def _sum(value: str) -> Decimal:
    """`1miliar200juta` is a sum; every part but a single one needs its unit."""
    parts = _PART.findall(value)
    if not parts or "".join(number + unit for number, unit in parts) != value:
        raise Refused("money-unreadable")
    if any(unit and unit not in _FACTORS for _, unit in parts) or (len(parts) > 1 and not parts[0][1]):
        raise Refused("money-unreadable")
    return sum(
        (_decimal(number, _FACTORS.get(unit, 1)) * _FACTORS.get(unit, 1) for number, unit in parts),
        Decimal(0),
    )


def _decimal(number: str, factor: int) -> Decimal:
    mark = _decimal_mark(number, factor)
    whole, _, fraction = number.partition(mark) if mark else (number, "", "")
    groups = re.split(r"[.,]", whole)
    if any(len(group) != 3 for group in groups[1:]) or (not fraction.isdecimal() and fraction):
        raise Refused("money-unreadable")
    return Decimal("".join(groups) + "." + (fraction or "0"))


def _decimal_mark(number: str, factor: int) -> str:
    """Which character ends the whole part, if any does."""
    marks = re.findall(r"[.,]", number)
    if not marks:
        return ""
    last = marks[-1]
    if len(set(marks)) == 2:
        return last if marks.count(last) == 1 else "?"
    if len(marks) > 1:
        return ""
    whole, fraction = number.split(last)
    thousands = len(fraction) == 3 and whole.strip("0") != ""
    return "" if thousands and _is_thousands_mark(last, factor) else last


def _is_thousands_mark(mark: str, factor: int) -> bool:
    return factor == 1 or (mark == "." and factor <= 1_000_000)
