"""Writing small files so that a power cut leaves the old one or the new one, never half of either."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from app.errors import StorageTrouble

_CODES = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EROFS: "folder-read-only",
    errno.EACCES: "folder-read-only",
}


def write_durably(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace the file's content: written aside, flushed to the disk, renamed, the folder flushed.

    Raises StorageTrouble('disk-full' | 'folder-read-only' | 'file-unwritable').
    """
    aside = path.with_name(path.name + ".baru")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
        flush_folder(path.parent)
    except OSError as fault:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise trouble(fault, path, "file-unwritable") from fault


def trouble(fault: OSError, path: Path, otherwise: str) -> StorageTrouble:
    """What the system's refusal means: a full disk, a folder nobody may write to, or `otherwise`."""
    return StorageTrouble(_CODES.get(fault.errno or 0, otherwise), path=str(path))


def flush(path: Path) -> None:
    """Make a file's content durable before it is renamed into its place."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make a rename in the folder durable; Windows has no handle for it and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
