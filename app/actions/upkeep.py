"""Keeping what is there: a backup in one locked file, and the way back."""

from __future__ import annotations

from pathlib import Path

from app.storage import backup
from app.storage.workplace import Workplace


def back_up(workplace: Workplace, file: Path) -> int:
    """Write everything into one encrypted file; returns its size in bytes. Raises StorageTrouble."""
    return backup.write(workplace, file)


def restore(file: Path, folder: Path) -> None:
    """Put a backup in place of what the folder holds, of which a copy is kept. Nobody may have it open.

    Raises Refused('backup-foreign' | 'file-not-found'), StorageTrouble.
    """
    backup.restore(file, folder, replace=True)
