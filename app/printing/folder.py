"""One PDF a person in a folder, named so that it is found again: to hand out by phone or stick."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from app.certificates.paper import printing
from app.certificates.paper.content import PageContent
from app.domain import serial
from app.domain.ids import Serial
from app.errors import StorageTrouble

_NAME_LETTERS = 60
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
"""What Windows does not take in a file's name; everything else does everywhere."""


def file_name(page: PageContent) -> str:
    """`10009-0000412-93 Aisyah Rahmadani.pdf`, with SALINAN where it is a copy."""
    signed = page.signed.content
    number = serial.format(Serial(signed.serial)).replace(" ", "-")
    copy = f" (salinan {page.copy})" if page.copy else ""
    name = _UNFIT.sub(" ", signed.name)[:_NAME_LETTERS].strip(" .")
    return f"{number} {name}".strip() + f"{copy}.pdf"


def save(
    pages: Sequence[PageContent], folder: Path, progress: Callable[[int], None] = lambda done: None
) -> list[Path]:
    """Writes the files, each whole or not at all; one that is there already is replaced.

    `progress` is told how many are done. Raises StorageTrouble("print-folder-unwritable").
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for page in pages:
            written.append(_written(folder / file_name(page), printing.render_one(page)))
            progress(len(written))
    except OSError as fault:
        raise StorageTrouble("print-folder-unwritable", folder=str(folder)) from fault
    return written


def _written(path: Path, data: bytes) -> Path:
    half = path.with_suffix(".part")
    half.write_bytes(data)
    os.replace(half, path)
    return path
