"""A sheet: one description of a table with its head and foot, which paper, workbook and text file share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from app.domain import calendar, nik
from app.domain.calendar import Language
from app.domain.progress import score_text
from app.reports.rows import ClassHead
from app.reports.words import word

Align = Literal["left", "centre", "right"]


class Part(StrEnum):
    """Where a column goes when the sheet is too wide for a page: LEAD stands on every page, BODY flows on
    to further pages, TAIL closes the last one."""

    LEAD = "lead"
    BODY = "body"
    TAIL = "tail"


class Kind(StrEnum):
    """What a column's cells hold: text; a whole number; hundredths of a point; hundredths of a percent."""

    TEXT = "text"
    COUNT = "count"
    SCORE = "score"
    PERCENT = "percent"


class Tone(StrEnum):
    """What a cell means, said by colour beside what it says by itself; tints are those of the screen."""

    PLAIN = "plain"
    QUIET = "quiet"
    STRONG = "strong"
    CLOSED = "closed"
    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    SICK = "sick"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `head`, smaller lines `below` it, widths in mm from least to most.

    `upright` turns the head by a quarter on paper, for long heads over narrow columns.
    """

    head: str
    width: float
    most: float
    below: str = ""
    align: Align = "left"
    part: Part = Part.LEAD
    kind: Kind = Kind.TEXT
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the column's kind has it; `mark` is printed after it on paper ("!" for below pass)."""

    value: str | int | None = None
    tone: Tone = Tone.PLAIN
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole report. `foot` is a row of sums or averages; `heights` in mm: the usual of a row,
    and the least, taken when everything then stands on one page.

    With `zigzag` the body cells of paper are halved, odd rows using the left half, even ones the right.
    """

    title: str
    head: ClassHead
    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[Cell, ...] | None = None
    legend: tuple[str, ...] = ()
    heights: tuple[float, float] = (6.4, 5.2)
    zigzag: bool = False


def masked(text: str) -> str:
    """The last four digits of a NIK behind two dots; nothing where there is none."""
    hidden = nik.mask(text)
    return "••" + hidden[-4:] if len(hidden) > 4 else ""


def written(hundredths: int, language: Language) -> str:
    """Points or percent with the decimal mark of the language."""
    return score_text(hundredths, "," if language == "id" else ".")


def shown(cell: Cell, column: Column, language: Language) -> str:
    """The cell as text, without its mark."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, int) and column.kind in (Kind.SCORE, Kind.PERCENT):
        return written(cell.value, language)
    return str(cell.value)


def class_facts(head: ClassHead) -> tuple[tuple[str, str], ...]:
    """What is said of the class above the table: label and value, empty ones left out."""
    language = head.language
    listed = (
        ("report-programme", head.programme),
        ("report-class", f"{head.class_code}, {head.class_title}" if head.class_title else head.class_code),
        ("report-intake", head.intake),
        ("report-period", calendar.date_range(head.first_day, head.last_day, language)),
        ("report-room", head.room),
    )
    return tuple((word(code, language), value) for code, value in listed if value)


def checked(rows: Sequence[tuple[Cell, ...]], columns: Sequence[Column]) -> tuple[tuple[Cell, ...], ...]:
    """The rows, after making sure that each has a cell for each column: otherwise a bug, ValueError."""
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("a row that does not fit its columns")
    return tuple(rows)
