"""The one door to reports: a name, what it is made from, and the file to write."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from app.errors import Refused, StorageTrouble
from app.reports import (
    attendance_recap,
    attendance_sheet,
    cards,
    completion_list,
    paper,
    score_recap,
    textfile,
    workbook,
)
from app.reports.rows import Attendance, CardSet, Completion, Scores
from app.reports.sheet import Sheet

Data = Attendance | Scores | Completion | CardSet

NAMES: dict[str, type[Data]] = {
    "attendance-sheet": Attendance,
    "attendance-recap": Attendance,
    "score-recap": Scores,
    "completion-list": Completion,
    "cards": CardSet,
}
"""The reports there are, and what each is made from."""

_WRITERS: dict[str, Callable[[Sheet, BinaryIO], None]] = {
    ".pdf": paper.write,
    ".xlsx": workbook.write,
    ".csv": textfile.write,
}
SUFFIXES = tuple(_WRITERS)


def write(name: str, data: Data, path: Path) -> None:
    """Write a report as what the file's suffix says; an older one is replaced whole or not at all.

    Raises Refused("report-unknown") or ("report-format"), StorageTrouble("report-not-written").
    """
    check(name, path)
    suffix = path.suffix.lower()
    aside = path.with_name(f".{path.name}.part")
    try:
        with aside.open("wb") as file:
            _draw(name, data, suffix, file)
        os.replace(aside, path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise StorageTrouble("report-not-written", field="out") from error


def pdf(name: str, data: Data) -> bytes:
    """The report as a PDF, to be looked at or printed; Refused("report-unknown")."""
    check(name, Path("report.pdf"))
    file = BytesIO()
    _draw(name, data, ".pdf", file)
    return file.getvalue()


def check(name: str, path: Path) -> type[Data]:
    """What this report is made from, before anybody reads it; raises Refused as `write` does."""
    if name not in NAMES:
        raise Refused("report-unknown", field="name", name=name, known=", ".join(NAMES))
    if path.suffix.lower() not in _WRITERS:
        raise Refused("report-format", field="out", name=name, suffix=path.suffix, known=", ".join(SUFFIXES))
    return NAMES[name]


def _draw(name: str, data: Data, suffix: str, file: BinaryIO) -> None:
    """Cards have a paper of their own; as a table they are a list like any other."""
    if suffix == ".pdf" and isinstance(data, CardSet):
        cards.write(data, file)
    else:
        _WRITERS[suffix](_sheet(name, data), file)


def _sheet(name: str, data: Data) -> Sheet:
    """The sheet of this report; data of another report is a bug of ours, TypeError."""
    if name == "attendance-sheet" and isinstance(data, Attendance):
        return attendance_sheet.sheet(data)
    if name == "attendance-recap" and isinstance(data, Attendance):
        return attendance_recap.sheet(data)
    if name == "score-recap" and isinstance(data, Scores):
        return score_recap.sheet(data)
    if name == "completion-list" and isinstance(data, Completion):
        return completion_list.sheet(data)
    if name == "cards" and isinstance(data, CardSet):
        return cards.sheet(data)
    raise TypeError(f"{name} is not made from {type(data).__name__}")
