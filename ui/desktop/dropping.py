"""Where a file goes that falls anywhere on the window: a spreadsheet is imported, a certificate verified."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData

from app.domain.keys import ClassKey
from ui.desktop import places

SPREADSHEETS = (".xlsx", ".xls", ".ods", ".csv", ".xlsm", ".tsv", ".txt")
CERTIFICATES = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".gif")


def dropped(carried: QMimeData) -> Path | None:
    """The first file carried that some page takes."""
    files = [Path(url.toLocalFile()) for url in carried.urls() if url.isLocalFile()]
    return next((file for file in files if page_for(file) is not None), None)


def page_for(file: Path) -> str | None:
    """The page that takes a file with this ending."""
    ending = file.suffix.lower()
    key = "roster_import" if ending in SPREADSHEETS else "verify" if ending in CERTIFICATES else None
    return key if key is not None and places.exists(key) else None


def wanted(file: Path, here: Sequence[object]) -> tuple[str, *tuple[object, ...]]:
    """What to go to with a file that `page_for` knows: the page's key and what it is opened for.

    A roster is for the class on whose page it fell (`here` is what that page was opened for).
    """
    key = page_for(file) or ""
    if key != "roster_import":
        return key, file
    return key, file, next((given for given in here if isinstance(given, ClassKey)), None)
