"""The container of an .xls (OLE, MS-CFB) and its records (MS-XLS), checked before the parser sees them.

The parser panics on a container cut short, and ends the process over a count or cell far out; both are
found here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from app.errors import Refused

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_END = 0xFFFFFFFE
_HEADER_BYTES, _ENTRY_BYTES = 512, 128
_STREAM = 2
_BOF, _FILEPASS, _SEVERAL_NUMBERS, _SEVERAL_BLANKS = 0x0809, 0x002F, 0x00BD, 0x00BE
# FORMULA, BLANK, NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING: each begins with its row and column.
_CELLS = {0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, _SEVERAL_NUMBERS, _SEVERAL_BLANKS}
_DIMENSIONS, _STRINGS = 0x0200, 0x00FC
_RESERVING = {_DIMENSIONS, _STRINGS}
_ROWS, _COLUMNS = 65_536, 256


def check(data: bytes, max_cells: int) -> None:
    """Go through the whole workbook once.

    Raises Refused: roster-damaged, roster-password, roster-not-spreadsheet (another program's compound file),
    roster-too-large for sheets that span more than `max_cells`.
    """
    try:
        _check_records(_workbook(data), max_cells)
    except (struct.error, IndexError) as trouble:
        raise Refused("roster-damaged") from trouble


def _check_records(stream: bytes, max_cells: int) -> None:
    total = height = width = position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        end = position + 4 + length
        if kind == _FILEPASS:
            raise Refused("roster-password")
        if kind == _BOF:
            total, height, width = total + height * width, 0, 0
        elif kind in _RESERVING:
            _check_count(kind, stream[position + 4 : end], len(stream))
        elif kind in _CELLS:
            row, column = _place(kind, stream[position + 4 : end])
            height, width = max(height, row + 1), max(width, column + 1)
        position = end
    if total + height * width > max_cells:
        raise Refused("roster-too-large")


def _place(kind: int, record: bytes) -> tuple[int, int]:
    """Row and column, from 0, of a cell, or of the last cell of several."""
    row, column = struct.unpack_from("<HH", record)
    if kind in (_SEVERAL_NUMBERS, _SEVERAL_BLANKS):
        (column,) = struct.unpack_from("<H", record, len(record) - 2)
    if column >= _COLUMNS:
        raise Refused("roster-damaged")
    return row, column


def _check_count(kind: int, record: bytes, limit: int) -> None:
    """Counts the parser reserves memory by: the extent of a sheet, the number of strings."""
    if kind == _STRINGS:
        possible = struct.unpack_from("<I", record, 4)[0] <= limit
    else:
        top, bottom, left, right = struct.unpack_from("<IIHH" if len(record) >= 14 else "<HHHH", record)
        possible = top <= bottom <= _ROWS and left <= right <= _COLUMNS
    if not possible:
        raise Refused("roster-damaged")


def _workbook(data: bytes) -> bytes:
    """The bytes of the stream that holds the sheets."""
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise Refused("roster-damaged")
    sector = 1 << shift
    table = _table(data, sector)
    first_directory, cutoff = (struct.unpack_from("<I", data, at)[0] for at in (48, 56))
    entries = dict(_entries(b"".join(_chain(data, sector, table, first_directory))))
    if "encryptedpackage" in entries:
        raise Refused("roster-password")
    start, size = entries.get("workbook") or entries.get("book") or _not_a_spreadsheet()
    if size < cutoff:
        # Excel and all that write for it pad this stream, so that it never lies among the small ones.
        raise Refused("roster-damaged")
    return b"".join(_chain(data, sector, table, start))[:size]


def _not_a_spreadsheet() -> tuple[int, int]:
    raise Refused("roster-not-spreadsheet")


def _table(data: bytes, sector: int) -> Sequence[int]:
    """For each sector, the one that follows it (the FAT), from the places the header and its chain name."""
    places = [place for place in struct.unpack_from("<109I", data, 76) if place < _END]
    following, left = struct.unpack_from("<II", data, 68)
    while following < _END and left:
        *more, following = struct.unpack(f"<{sector // 4}I", _sector(data, sector, following))
        places += [place for place in more if place < _END]
        left -= 1
    raw = b"".join(_sector(data, sector, place) for place in places)
    return struct.unpack(f"<{len(raw) // 4}I", raw)


def _chain(data: bytes, sector: int, table: Sequence[int], first: int) -> Iterator[bytes]:
    """The sectors of one stream; each may come once, or the chain has been damaged into a ring."""
    seen = 0
    while first < _END:
        seen += 1
        if seen > len(table):
            raise Refused("roster-damaged")
        yield _sector(data, sector, first)
        first = table[first]


def _sector(data: bytes, sector: int, number: int) -> bytes:
    # The header takes up the place of one sector, of 512 bytes at least.
    start = max(_HEADER_BYTES, sector) + number * sector
    content = data[start : start + sector]
    if len(content) < sector:
        raise Refused("roster-damaged")
    return content


def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """Name, first sector and size of every stream."""
    for at in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        name_bytes, kind = struct.unpack_from("<HB", directory, at + 64)
        if kind == _STREAM:
            name = directory[at : at + max(0, min(name_bytes, 64) - 2)].decode("utf-16-le", errors="replace")
            yield name.casefold(), struct.unpack_from("<II", directory, at + 116)
