"""A backup: one file with the encrypted database and its key slots, and the way back.

The machine's own folder is not in it, so a restored database is noticed by the anchor, and one that
is restored on another machine needs the recovery phrase and can be read only.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

from sqlcipher3 import dbapi2 as cipher

from app.errors import Refused, StorageTrouble
from app.storage import keys, sqlite
from app.storage.files import flush, flush_folder, trouble, write_durably
from app.storage.workplace import DATABASE, KEY_FILE, Workplace, exists

MEMBERS = {DATABASE, KEY_FILE}


def write(workplace: Workplace, path: Path) -> int:
    """Write a backup of the open workplace; returns its size in bytes. Raises StorageTrouble.

    An older backup at `path` stays until the new one has been written, flushed and read back.
    """
    aside = path.with_name(path.name + ".baru")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".balai-") as folder:
            copy = Path(folder) / DATABASE
            _copy_database(workplace, copy)
            with zipfile.ZipFile(aside, "w", zipfile.ZIP_STORED) as archive:
                archive.write(copy, DATABASE)
                archive.write(workplace.folder / KEY_FILE, KEY_FILE)
        flush(aside)
        _read_back(aside)
        aside.replace(path)
        flush_folder(path.parent)
    except OSError as fault:
        raise trouble(fault, path, "backup-unwritable") from fault
    except cipher.Error as fault:
        full = "full" in str(fault)
        raise StorageTrouble("disk-full" if full else "backup-unwritable", path=str(path)) from fault
    finally:
        aside.unlink(missing_ok=True)
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

    `replace` allows it to take the place of a database that is there, of which a copy is kept beside
    it (`balai.db.lama`, `balai.db.lama-2`, ...). Nobody may have the folder open meanwhile. Raises
    Refused('backup-foreign' | 'already-set-up' | 'file-not-found'), StorageTrouble; the database that
    was there is then as it was.
    """
    if exists(folder) and not replace:
        raise Refused("already-set-up", folder=str(folder))
    slots = _slots(path)
    here = folder / KEY_FILE
    if here.exists() and keys.parse(here.read_bytes()).database != keys.parse(slots).database:
        raise Refused("backup-foreign")
    aside = folder / f"{DATABASE}.baru"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _unpack(path, aside)
        _keep_what_is_there(folder)
        # The old write-ahead log must be gone before the new database is there: it would be played into it.
        for suffix in sqlite.SUFFIXES[1:]:
            (folder / f"{DATABASE}{suffix}").unlink(missing_ok=True)
        flush_folder(folder)
        aside.replace(folder / DATABASE)
        flush_folder(folder)
    except OSError as fault:
        raise trouble(fault, path, "backup-unreadable") from fault
    finally:
        aside.unlink(missing_ok=True)
    if not here.exists():
        write_durably(here, slots)


def _unpack(path: Path, target: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(DATABASE) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file)
    except (zipfile.BadZipFile, EOFError) as fault:
        raise StorageTrouble("backup-unreadable", path=str(path)) from fault
    flush(target)


def _keep_what_is_there(folder: Path) -> None:
    """Copy the database that is there, with its write-ahead log, under a name that is still free."""
    if not (folder / DATABASE).exists():
        return
    number = 1
    while (folder / (name := f"{DATABASE}.lama" + (f"-{number}" if number > 1 else ""))).exists():
        number += 1
    for suffix in sqlite.SUFFIXES[1::-1]:  # the log first: a copy that has the database is whole
        if (folder / f"{DATABASE}{suffix}").exists():
            shutil.copyfile(folder / f"{DATABASE}{suffix}", folder / f"{name}{suffix}")
            flush(folder / f"{name}{suffix}")


def _slots(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            if set(archive.namelist()) != MEMBERS:
                raise StorageTrouble("backup-unreadable", path=str(path))
            return archive.read(KEY_FILE)
    except FileNotFoundError as fault:
        raise Refused("file-not-found", path=str(path)) from fault
    except (OSError, zipfile.BadZipFile, EOFError) as fault:
        raise StorageTrouble("backup-unreadable", path=str(path)) from fault
