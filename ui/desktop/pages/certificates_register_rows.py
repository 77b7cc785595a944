"""The list of the register: its columns, which lines a filter keeps, and what a search finds."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import StrEnum

from app.domain import serial
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


class Finder:
    """The lines of a register with what each can be found by, prepared once: typing must not wait."""

    def __init__(self, rows: Sequence[RegisterRow]) -> None:
        self.rows = tuple(rows)
        self._said = [_said(row) for row in self.rows]
        self._spelled = [_spelled(row) for row in self.rows]

    def kept(self, show: Show, text: str) -> list[RegisterRow]:
        """The lines that a filter and a search leave. A search is for a part of name, number or class, in
        any case; digits are looked for in sequence and serial too, with blanks anywhere."""
        fates, wanted = _FATES[show], text.strip().casefold()
        digits = "".join(wanted.split()) if _DIGITS.fullmatch(wanted) else ""
        lines = zip(self.rows, self._said, self._spelled, strict=True)
        return [
            row
            for row, said, spelled in lines
            if row.fate in fates
            and (wanted in said or (digits and (digits in spelled or _within(row, int(digits)))))
        ]


def counts(rows: Sequence[RegisterRow]) -> dict[Show, int]:
    """How many lines each filter would leave."""
    by_fate = dict.fromkeys(Fate, 0)
    for row in rows:
        by_fate[row.fate] += 1
    return {show: sum(by_fate[fate] for fate in fates) for show, fates in _FATES.items()}


def _said(row: RegisterRow) -> str:
    code = row.of_class.code if row.of_class is not None else ""
    return f"{row.name}\n{row.number}\n{code}".casefold()


def _spelled(row: RegisterRow) -> str:
    """The digits of the serial as printed, one line after the other."""
    return "" if row.serial is None else serial.format(row.serial).replace(" ", "")


def _within(row: RegisterRow, sequence: int) -> bool:
    """Whether a sequence lies in a gap."""
    if row.serial is None or row.last is None:
        return False
    return row.serial <= row.serial - row.serial % serial.SEQUENCES + sequence <= row.last


def _name(row: RegisterRow) -> Cell:
    if row.fate in GAPS or row.fate in BLANKS:
        return Plain(title(row), Tone.INK2, Role.BODY)
    return cells.name(row.name)


def _number(row: RegisterRow) -> str:
    return "" if row.fate in BLANKS else row.number


def _state(row: RegisterRow) -> Iconed:
    icon, hue = LOOKS[row.fate]
    return Iconed(icon, words(f"register-{row.fate}"), hue.solid)
