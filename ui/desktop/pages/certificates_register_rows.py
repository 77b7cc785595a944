"""The list of the register: its columns, which lines a filter keeps, and what a search finds."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import StrEnum

from app.domain import serial
from app.domain.ids import Serial
from app.queries.certificate_register import BLANKS, GAPS, Fate, RegisterRow
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets import cells
from ui.desktop.widgets.cells import Cell, Iconed, Plain
from ui.desktop.widgets.rows import Column
from ui.desktop.wording import Text, words

_DIGITS = re.compile(r"[0-9 ]+")


class Show(StrEnum):
    """What the list is narrowed to."""

    ALL = "all"
    STANDING = "standing"
    ENDED = "ended"
    REVOKED = "revoked"
    GAPS = "gaps"
    BLANKS = "blanks"


_FATES: dict[Show, Collection[Fate]] = {
    Show.ALL: tuple(Fate),
    Show.STANDING: (Fate.ISSUED,),
    Show.ENDED: (Fate.VOID, Fate.REPLACED),
    Show.REVOKED: (Fate.REVOKED,),
    Show.GAPS: GAPS,
    Show.BLANKS: BLANKS,
}
LOOKS = {
    Fate.ISSUED: ("circle-check", Hue.GREEN),
    Fate.VOID: ("circle-minus", Hue.GREY),
    Fate.REPLACED: ("refresh-cw", Hue.GREY),
    Fate.REVOKED: ("circle-alert", Hue.RED),
    Fate.SPOILED: ("file-text", Hue.AMBER),
    Fate.LOST: ("file-text", Hue.AMBER),
    Fate.SKIPPED: ("circle-minus", Hue.GREY),
    Fate.ELSEWHERE: ("circle-minus", Hue.GREY),
    Fate.LAPSED: ("circle-minus", Hue.GREY),
}
"""The icon and the meaning of each fate."""


def columns() -> list[Column[RegisterRow]]:
    """Sequence, name, official number, state."""
    return [
        Column(words("register-sequence"), lambda r: Plain(sequences(r), Tone.INK2), least=58),
        Column(words("progress-name"), _name, least=130, share=4),
        Column(words("register-number"), lambda r: cells.side(_number(r)), least=110, share=3),
        Column(words("register-state"), _state, least=120),
    ]


def sequences(row: RegisterRow) -> str:
    """0412, of a gap 0413–0416; nothing for a blank form."""
    if row.serial is None:
        return ""
    first = f"{serial.split(row.serial)[1]:04}"
    if row.last is None or row.last == row.serial:
        return first
    return f"{first}–{serial.split(row.last)[1]:04}"


def title(row: RegisterRow) -> Text:
    """The name, or what the line is about where it is nobody's."""
    if row.fate in BLANKS:
        return words("register-blank", number=row.number)
    return words("register-unused") if row.fate in GAPS else row.name


def kept(rows: Sequence[RegisterRow], show: Show, text: str) -> list[RegisterRow]:
    """The lines that a filter and a search leave. A search is for a part of name, number or class, in any
    case; digits are looked for in sequence and serial too, with blanks anywhere."""
    fates, wanted = _FATES[show], text.strip().casefold()
    left = [row for row in rows if row.fate in fates]
    if not wanted:
        return left
    digits = "".join(wanted.split()) if _DIGITS.fullmatch(wanted) else ""
    return [row for row in left if wanted in _said(row) or (digits and _has_digits(row, digits))]


def counts(rows: Sequence[RegisterRow]) -> dict[Show, int]:
    """How many lines each filter would leave."""
    by_fate = dict.fromkeys(Fate, 0)
    for row in rows:
        by_fate[row.fate] += 1
    return {show: sum(by_fate[fate] for fate in fates) for show, fates in _FATES.items()}


def _said(row: RegisterRow) -> str:
    code = row.of_class.code if row.of_class is not None else ""
    return f"{row.name}\n{row.number}\n{code}".casefold()


def _has_digits(row: RegisterRow, digits: str) -> bool:
    if row.serial is None:
        return False
    if row.last is not None and row.last != row.serial:
        return row.serial % serial.SEQUENCES <= int(digits) <= row.last % serial.SEQUENCES
    return digits in _spelled(row.serial)


def _spelled(number: Serial) -> str:
    return serial.format(number).replace(" ", "")


def _name(row: RegisterRow) -> Cell:
    if row.fate in GAPS or row.fate in BLANKS:
        return Plain(title(row), Tone.INK2, Role.BODY)
    return cells.name(row.name)


def _number(row: RegisterRow) -> str:
    return "" if row.fate in BLANKS else row.number


def _state(row: RegisterRow) -> Iconed:
    icon, hue = LOOKS[row.fate]
    return Iconed(icon, words(f"register-{row.fate}"), hue.solid)
