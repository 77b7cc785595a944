"""The columns of a roll call, and the cells that only it has."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.attendance import Status
from ui.desktop import theme
from ui.desktop.pages.roll_call_marks import HUES, UNMARKED, chip, choices, note, word
from ui.desktop.pages.roll_call_sheet import Line
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets import cells, chips, painting
from ui.desktop.widgets.cells import Cell, Iconed, Masked, Plain, TwoLines
from ui.desktop.widgets.chips import ChipLook
from ui.desktop.widgets.markcells import Keys, Letters
from ui.desktop.widgets.rows import Column, Edge
from ui.desktop.wording import words

_GAP = 6
_NOTE = 90  # logical pixels that a remark may claim; a longer one takes what room there is


@dataclass(frozen=True, slots=True)
class Mark(Cell):
    """How somebody is marked, with what was on record before where that is about to change."""

    look: ChipLook
    note: str = ""
    before: ChipLook | None = None

    def words(self) -> str:
        said = ", ".join(str(part) for part in (self.look.text, self.note) if part)
        return said if self.before is None else f"{self.before.text} → {said}"

    def wide(self) -> int:
        room = chips.width(self.look) + (0 if self.before is None else chips.width(self.before) + 28)
        return room + (min(_NOTE, theme.width(Role.SMALL, self.note)) + 10 if self.note else 0)

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        high = min(chips.HEIGHT, round(place.height()) - 4)
        left, top = place.left(), int(place.top() + (place.height() - high) / 2)
        if self.before is not None:
            chips.draw(painter, left, top, self.before, high)
            left += chips.width(self.before) + _GAP
            spot = QRectF(left, place.top(), 16, place.height())
            painting.icon(painter, "arrow-right", spot, Tone.INK2, 14)
            left += 16 + _GAP
        chips.draw(painter, left, top, self.look, high)
        if self.note:
            left += chips.width(self.look) + 8
            rest = QRectF(left, place.top(), place.right() - left, place.height())
            painting.text(painter, rest, self.note, Role.SMALL, Tone.INK2)


def columns() -> list[Column[Line]]:
    """While one marks: the row one is at shows the five keys."""
    return [
        *_person(176),
        Column(words("roll-last"), _last, least=120),
        Column(words("roll-may-miss"), may_miss, least=148),
        Column(words("roll-today"), mark, least=280, chosen=_keys),
    ]


def review_columns() -> list[Column[Line]]:
    """While one looks over what will be finalised."""
    return [
        *_person(150),
        Column(words("roll-last"), _last, least=120),
        Column(words("roll-today"), mark, least=170),
    ]


def mark(line: Line) -> Mark:
    """How the line stands."""
    if line.status is None:
        return Mark(UNMARKED)
    before = None
    if line.corrected and line.stored is not None:
        before = ChipLook(word(line.stored.status), Hue.GREY, line.stored.status.value)
    return Mark(chip(line.status), note(line.now, line.remark), before)


def may_miss(line: Line) -> Cell:
    """How many sessions may still be missed, by what is on record."""
    may = line.allowance
    if not may.possible:
        return Iconed("circle-minus", words("roll-below-limit"), Tone.INK2)
    if may.may_miss == 0 and not may.secured:
        return Iconed("triangle-alert", words("roll-may-miss-none"), Tone.RED)
    return Plain(words("roll-may-miss-n", n=may.may_miss), Tone.INK2, Role.SMALL)


def letters(line: Line) -> Letters:
    """The marks of the last sessions; present is plain, so that exceptions stand out."""
    return Letters(tuple(_letter(status) for status in line.last))


def _person(least: int) -> list[Column[Line]]:
    return [
        Column(
            words("roll-number"),
            lambda line: Plain(str(line.number), Tone.INK2, edge=Edge.RIGHT.value),
            edge=Edge.RIGHT,
        ),
        Column(words("roll-name"), lambda line: cells.name(line.name), 1, least, chosen=_name),
        Column("NIK", lambda line: Masked(line.tail) if line.tail else Plain(""), least=66),
    ]


def _name(line: Line) -> Cell:
    """The selected row has no room for what stands beside its mark, but for a line under the name."""
    said = note(line.now, line.remark)
    return TwoLines(line.name, said) if said else cells.name(line.name)


def _keys(line: Line) -> Cell:
    return Keys(choices(), "" if line.status is None else line.status.value)


def _last(line: Line) -> Cell:
    return letters(line)


def _letter(status: Status | None) -> tuple[str, Hue | None]:
    if status is None:
        return "·", None
    return status.value, None if status is Status.PRESENT else HUES[status]
