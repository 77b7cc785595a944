"""Opening a file of any kind a roster comes in, told by its content and not its name, as sheets of cells."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import python_calamine as calamine

from app.errors import Refused
from app.roster import compound, limits, textfile
from app.roster.cells import Cell
from app.roster.grid import Grid

_ZIP = b"PK\x03\x04"
_FOREIGN = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"SQLite format 3",
)
_PANIC = "PanicException"


def open_grids(path: Path) -> list[Grid]:
    """All sheets of an .xlsx, .xls or .ods, or the one of a text table.

    Raises Refused: roster-not-found, roster-is-folder, roster-no-permission, roster-unreadable,
    roster-empty-file, roster-too-large, roster-not-spreadsheet, roster-web-page, roster-password,
    roster-damaged.
    """
    try:
        return _opened(_bytes(path), path.stem)
    except Refused as refusal:
        raise Refused(refusal.code, field="file", name=path.name) from refusal


def _opened(data: bytes, stem: str) -> list[Grid]:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:8]
    if not start:
        raise Refused("roster-empty-file")
    if data.startswith(_ZIP):
        limits.check_archive(data)
        return _sheets(data)
    if data.startswith(compound.MAGIC):
        compound.check(data, limits.MAX_CELLS)
        return _sheets(data)
    if data.startswith(_FOREIGN):
        raise Refused("roster-not-spreadsheet")
    if start.startswith(b"<"):
        # What many web applications call .xls is a page or an XML file.
        raise Refused("roster-web-page")
    return [textfile.read(data, stem)]


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused("roster-is-folder")
        if path.exists() and not path.is_file():
            raise Refused("roster-not-spreadsheet")
        with path.open("rb") as stream:
            data = stream.read(limits.MAX_FILE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as trouble:
        raise Refused("roster-not-found") from trouble
    except PermissionError as trouble:
        raise Refused("roster-no-permission") from trouble
    except OSError as trouble:
        raise Refused("roster-unreadable") from trouble
    if len(data) > limits.MAX_FILE_BYTES:
        raise Refused("roster-too-large")
    return data


def _sheets(data: bytes) -> list[Grid]:
    try:
        with calamine.CalamineWorkbook.from_object(BytesIO(data)) as book:
            # By position: two sheets of a damaged book may bear one name.
            return [
                _grid(book.get_sheet_by_index(index), sheet)
                for index, sheet in enumerate(book.sheets_metadata)
                if sheet.typ is calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError as trouble:
        raise Refused("roster-password") from trouble
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as trouble:
        raise Refused("roster-damaged") from trouble
    except BaseException as trouble:
        # WORKAROUND calamine: some damage makes it panic, and PyO3 raises that past Exception.
        if type(trouble).__name__ != _PANIC:
            raise
        raise Refused("roster-damaged") from None


def _grid(sheet: calamine.CalamineSheet, about: calamine.SheetMetadata) -> Grid:
    if sheet.total_height * sheet.total_width > limits.MAX_CELLS:
        raise Refused("roster-too-large")
    merged = tuple(
        (top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    hidden = about.visible is not calamine.SheetVisibleEnum.Visible
    # Row by row, so that other threads have their turn in between; empty columns before the first are not
    # in what the parser gives.
    left: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    return Grid(about.name, hidden, [[*left, *row] for row in sheet.iter_rows()], merged)
