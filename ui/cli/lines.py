"""Reading small tables from a file or a pipe: marks and scores, as offices write CSV."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from app.errors import Refused

LARGEST = 4 * 1024 * 1024
STANDARD_INPUT = Path("-")


def read(path: Path) -> list[list[str]]:
    """The rows of cells; `-` is standard input. Separator: semicolon, tab or comma, by the first line.

    Raises Refused('file-not-found' | 'file-unreadable' | 'file-too-large' | 'file-not-text' | 'csv-empty').
    """
    text = _decoded(_piped() if path == STANDARD_INPUT else content(path), path)
    first = text.partition("\n")[0]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(";\t,", key=first.count)))
    except csv.Error as fault:  # a cell of more than 128 kB: no table of marks
        raise Refused("file-not-text", field="file", path=str(path)) from fault
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise Refused("csv-empty", field="file")
    return rows


def content(path: Path) -> bytes:
    """A whole small file; raises Refused('file-not-found' | 'file-unreadable' | 'file-too-large')."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refused("file-too-large", field="file", path=str(path))
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise Refused("file-not-found", field="file", path=str(path)) from fault
    except OSError as fault:
        raise Refused("file-unreadable", field="file", path=str(path)) from fault


def _piped() -> bytes:
    """All of standard input; half a table must not pass for a whole one."""
    binary = getattr(sys.stdin, "buffer", None)
    raw: bytes = sys.stdin.read(LARGEST + 1).encode() if binary is None else binary.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise Refused("file-too-large", field="file", path=str(STANDARD_INPUT))
    return raw


def _decoded(raw: bytes, path: Path) -> str:
    if b"\0" in raw:
        raise Refused("file-not-text", field="file", path=str(path))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
