"""Keeping what is there: backups and the way back, and small files that are carried elsewhere."""

from __future__ import annotations

from pathlib import Path

from app.errors import Refused
from app.storage import backup, workplace
from app.storage.files import write_durably
from app.storage.workplace import Workplace


def back_up(place: Workplace, file: Path) -> int:
    """Write everything into one encrypted file; returns its size in bytes. Raises StorageTrouble."""
    return backup.write(place, file)


def restore(file: Path, folder: Path) -> None:
    """Put a backup in place of what the folder holds, of which a copy is kept. Nobody may have it open.

    Raises Refused('backup-foreign' | 'file-not-found'), StorageTrouble.
    """
    backup.restore(file, folder, replace=True)


def write_file(file: Path, content: bytes) -> None:
    """Write a small file that is carried elsewhere, durably. Raises StorageTrouble."""
    write_durably(file, content, mode=0o644)


def read_file(file: Path, most: int = 1024 * 1024) -> bytes:
    """A small file that was carried here.

    Raises Refused('file-not-found' | 'file-unreadable' | 'file-too-large').
    """
    try:
        if file.stat().st_size > most:
            raise Refused("file-too-large", path=file.name)
        return file.read_bytes()
    except FileNotFoundError as fault:
        raise Refused("file-not-found", path=file.name) from fault
    except OSError as fault:
        raise Refused("file-unreadable", path=file.name) from fault


def opened(folder: Path) -> Workplace | None:
    """The folder opened, if it has been set up; raises as `workplace.open_folder`."""
    return workplace.open_folder(folder) if workplace.exists(folder) else None
