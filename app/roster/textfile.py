"""Tables in plain text: separated by semicolon, comma or tab, in any encoding an office's programs write."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from app.errors import Refused
from app.roster import layout
from app.roster.grid import Grid

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATORS = ";,\t|"
# No cell of a roster has as many lines: a quotation mark was opened and never closed.
_MOST_LINES = 5


def read(data: bytes, name: str) -> Grid:
    """The table as a sheet called `name`; rows are counted as a spreadsheet would when opening the file.

    Of the possible separators the one that makes the better roster is right. Raises
    Refused("roster-not-spreadsheet") where the bytes are no text.
    """
    text = _decode(data)
    if any(character < " " and character not in "\t\r\n\f\v" for character in set(text)):
        raise Refused("roster-not-spreadsheet")
    if text[:4].casefold() == "sep=":
        text = text.partition("\n")[2]
    present = [separator for separator in _SEPARATORS if separator in text] or [";"]
    grids = [Grid(name, False, _rows(text, separator)) for separator in present]
    return max(grids, key=_likeliness)


def _decode(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    for encoding in (*_unmarked_utf16(data), "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _unmarked_utf16(data: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark shows by a nought in every other byte."""
    half = len(data) // 2
    if data[1::2].count(0) * 2 > half:
        return ("utf-16-le",)
    return ("utf-16-be",) if data[::2].count(0) * 2 > half else ()


def _rows(text: str, separator: str) -> Sequence[list[str]]:
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
        if not any("\n" in cell and cell.count("\n") > _MOST_LINES for row in rows for cell in row):
            return rows
    except csv.Error:
        pass
    return list(csv.reader(StringIO(text, newline=""), delimiter=separator, quoting=csv.QUOTE_NONE))


def _likeliness(grid: Grid) -> tuple[float, int]:
    found = layout.find(grid)
    return found.weight if found else 0.0, max((len(row) for row in grid.rows[:100]), default=0)
