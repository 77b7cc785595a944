"""Files that a person hands to headquarters, read with their troubles named."""

from __future__ import annotations

from pathlib import Path

from app.errors import NotFound, StorageTrouble


def read(path: Path) -> bytes:
    """The file's content; raises NotFound('hq-file-not-found'), StorageTrouble('hq-file-unreadable')."""
    try:
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise NotFound("hq-file-not-found", path=str(path)) from fault
    except OSError as fault:
        raise StorageTrouble("hq-file-unreadable", path=str(path)) from fault
