"""How much a spreadsheet may unpack to, checked before a parser trusts what the file says of itself.

The parser reserves memory for the whole rectangle a sheet spans and ends the process when there is not
enough, so a stray cell at XFD1048576, or an archive that unpacks to gigabytes, has to be found beforehand.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from app.errors import Refused

MAX_FILE_BYTES = 40 * 2**20
# Ten thousand people are 10 MB.
_MAX_UNPACKED_BYTES = 120 * 2**20
# 24 bytes each in the parser. Ten thousand people with eleven facts each are a fiftieth of this.
MAX_CELLS = 5_000_000
_COLUMN_LIMIT = 16_384
# Searching holds the interpreter from its beginning to its end: 10 MB at once were 80 ms for every thread.
_PIECE_BYTES = 64 * 2**10

_XLSX_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d{1,9})[\"']")
_XLSX_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,6})(\d{1,9})[\"'][^>]*>")
_ODS_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?![-\w])([^>]*?)(/?)>")
_ODS_TIMES = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d{1,12})[\"']")


def check_archive(data: bytes) -> str:
    """Unpack every page of an .xlsx or .ods within the limits; returns which of the two it is.

    Raises Refused: roster-damaged, roster-password, roster-too-large, roster-not-spreadsheet.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            kind = _kind([entry.filename for entry in archive.infolist()])
            _check_pages(archive, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as trouble:
        # NotImplementedError is how Python's archive reader names a kind of packing that it does not know.
        raise Refused("roster-damaged") from trouble
    except RuntimeError as trouble:
        # Python's own archive reader says so of an entry that wants a password.
        raise Refused("roster-password") from trouble
    return kind


def _kind(names: list[str]) -> str:
    folded = [name.replace("\\", "/").casefold() for name in names]
    if any(name.startswith("xl/") and name.endswith(".xml") for name in folded):
        return "xlsx"
    if "content.xml" in folded:
        return "ods"
    raise Refused("roster-not-spreadsheet")


def _check_pages(archive: zipfile.ZipFile, kind: str) -> None:
    bytes_left, cells = _MAX_UNPACKED_BYTES, 0
    for entry in archive.infolist():
        if not entry.filename.casefold().endswith(".xml"):
            continue
        # The size an archive states is not to be believed; this makes the reader go on to the real end, and
        # not compare the checksum where we stop.
        entry.file_size = bytes_left + 2
        with archive.open(entry) as stream:
            page = stream.read(bytes_left + 1)
        if kind == "ods" and b"manifest:encryption-data" in page:
            raise Refused("roster-password")
        bytes_left -= len(page)
        if bytes_left >= 0:
            cells += _ods_cells(page) if kind == "ods" else _xlsx_cells(page)
        if bytes_left < 0 or cells > MAX_CELLS:
            raise Refused("roster-too-large")


def _xlsx_cells(page: bytes) -> int:
    """The rectangle from A1 over all cells; counted again over the filled ones only where that is large."""
    rows: set[bytes] = set()
    columns: set[bytes] = set()
    for piece in _pieces(page):
        rows.update(_XLSX_ROW.findall(piece))
        for column, row in _XLSX_CELL.findall(piece):
            columns.add(column)
            rows.add(row)
    cells = max(map(int, rows), default=0) * max(map(_column, columns), default=0)
    if cells <= MAX_CELLS:
        return cells
    height = width = 0
    for piece in _pieces(page):
        for match in _XLSX_CELL.finditer(piece):
            if not match[0].endswith(b"/>"):
                height, width = max(height, int(match[2])), max(width, _column(match[1]))
    return height * width


def _pieces(page: bytes) -> Iterator[bytes]:
    """The page cut behind tags, which loses nothing: what is searched for never reaches beyond a `>`."""
    start = 0
    while start < len(page):
        end = page.find(b">", start + _PIECE_BYTES) + 1 or len(page)
        yield page[start:end]
        start = end


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column


def _ods_cells(page: bytes) -> int:
    """The rectangles over all filled cells, repetitions counted as the parser will spread them."""
    total = height = width = filled_height = column = 0
    for closing, tag, attributes, empty in (found for p in _pieces(page) for found in _ODS_TAG.findall(p)):
        if tag == b"table":
            total += filled_height * width
            height = width = filled_height = 0
        elif not closing:
            repeated = _ODS_TIMES.search(attributes)
            count = int(repeated[1]) if repeated else 1
            if tag == b"table-row":
                height, column = height + count, 0
            else:
                column += count
                if not empty:
                    filled_height, width = height, max(width, min(column, _COLUMN_LIMIT))
    return total + filled_height * width
