"""A sheet as CSV the way Excel opens it in Indonesia: semicolons, decimal commas, UTF-8 with its mark."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from app.reports.sheet import Cell, Column, Kind, Sheet, shown

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def write(sheet: Sheet, file: BinaryIO) -> None:
    """Write the heads and the rows, without letterhead and sums, so that other programs can read it too."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([_head(column) for column in sheet.columns])
    for row in sheet.rows:
        lines.writerow([_cell(cell, column) for cell, column in zip(row, sheet.columns, strict=True)])
    file.write(text.getvalue().encode("utf-8-sig"))


def _head(column: Column) -> str:
    below = column.below.replace("\n", " ")
    return _tame(f"{column.head} ({below})" if below else column.head)


def _cell(cell: Cell, column: Column) -> str:
    if isinstance(cell.value, int) and column.kind in (Kind.SCORE, Kind.PERCENT):
        return shown(cell, column, "id")
    return _tame(str(cell.value)) if isinstance(cell.value, str) else shown(cell, column, "id")


def _tame(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe goes before such a sign."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text
