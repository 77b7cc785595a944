"""A backup: one file with the encrypted database and its key slots, and the way back.

The machine's own folder is not in it, so a restored database is noticed by the anchor, and one that
is restored on another machine needs the recovery phrase and can be read only.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

from app.errors import Refused, StorageTrouble
from app.storage import keys, sqlite
from app.storage.files import flush_folder, write_durably
from app.storage.workplace import DATABASE, KEY_FILE, Workplace, exists

MEMBERS = {DATABASE, KEY_FILE}
SUFFIXES = ("", "-wal", "-shm")


def write(workplace: Workplace, path: Path) -> int:
    """Write a backup of the open workplace; returns its size in bytes. Raises StorageTrouble."""
    aside = path.with_name(path.name + ".baru")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".balai-") as folder:
            copy = Path(folder) / DATABASE
            _copy_database(workplace, copy)
            with zipfile.ZipFile(aside, "w", zipfile.ZIP_STORED) as archive:
                archive.write(copy, DATABASE)
                archive.write(workplace.folder / KEY_FILE, KEY_FILE)
        _read_back(aside)
        aside.replace(path)
        flush_folder(path.parent)
    except OSError as fault:
        aside.unlink(missing_ok=True)
        raise StorageTrouble("backup-unwritable", path=str(path)) from fault
    return path.stat().st_size


def _copy_database(workplace: Workplace, copy: Path) -> None:
    """SQLite's own online copy: consistent while others write, encrypted with the same key."""
    source = workplace.store.engine.raw_connection()
    target_engine = sqlite.encrypted_engine(copy, workplace.key)
    target = target_engine.raw_connection()
    try:
        source.driver_connection.backup(target.driver_connection)  # type: ignore[union-attr]  # SQLite's connection
        target.driver_connection.execute("PRAGMA journal_mode = DELETE")  # type: ignore[union-attr]  # one file, no -wal
    finally:
        source.close()
        target.close()
        target_engine.dispose()


def _read_back(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        if archive.testzip() is not None:
            raise StorageTrouble("backup-unwritable", path=str(path))


def restore(path: Path, folder: Path, replace: bool = False) -> None:
    """Put a backup's database into the folder.

    `replace` allows it to take the place of a database that is there; the old one is kept beside it
    as `balai.db.lama`. Raises Refused('backup-foreign' | 'already-set-up'), StorageTrouble.
    """
    if exists(folder) and not replace:
        raise Refused("already-set-up", folder=str(folder))
    slots = _slots(path)
    here = folder / KEY_FILE
    if here.exists() and keys.parse(here.read_bytes()).database != keys.parse(slots).database:
        raise Refused("backup-foreign")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f"{DATABASE}.baru"
        with zipfile.ZipFile(path) as archive, archive.open(DATABASE) as source, aside.open("wb") as target:
            shutil.copyfileobj(source, target)
        _make_room(folder)
        aside.replace(folder / DATABASE)
        flush_folder(folder)
    except (OSError, zipfile.BadZipFile) as fault:
        raise StorageTrouble("backup-unreadable", path=str(path)) from fault
    if not here.exists():
        write_durably(here, slots)


def _make_room(folder: Path) -> None:
    """The database that was here stays, under another name, with its write-ahead log."""
    for suffix in SUFFIXES:
        old = folder / f"{DATABASE}{suffix}"
        if old.exists():
            old.replace(folder / f"{DATABASE}.lama{suffix}")


def _slots(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            if set(archive.namelist()) != MEMBERS:
                raise StorageTrouble("backup-unreadable", path=str(path))
            return archive.read(KEY_FILE)
    except FileNotFoundError as fault:
        raise Refused("file-not-found", path=str(path)) from fault
    except (OSError, zipfile.BadZipFile) as fault:
        raise StorageTrouble("backup-unreadable", path=str(path)) from fault
