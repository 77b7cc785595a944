"""A backup of headquarters: its database, settings and keys in one archive that only its owner can read."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from sqlalchemy import text

from app.errors import Refused, StorageTrouble
from app.storage.files import flush_folder
from sync.hq import config, keys, watermark
from sync.hq.headquarters import CERTIFICATE, Headquarters

COPY = {"sqlite": "database.sqlite", "postgresql": "database.pgdump"}


def write(headquarters: Headquarters, path: Path) -> int:
    """Write a backup while the server runs; returns its size in bytes.

    PostgreSQL is copied with its own `pg_dump`. Raises Refused('pg-dump-missing'),
    StorageTrouble('backup-unwritable').
    """
    aside = path.with_name(path.name + ".baru")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".balai-hq-") as folder:
            copy = _copy(headquarters, Path(folder))
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                with tarfile.open(fileobj=file, mode="w") as archive:
                    _fill(archive, headquarters.folder, copy)
                file.flush()
                os.fsync(file.fileno())
        aside.replace(path)
        flush_folder(path.parent)
    except OSError as fault:
        aside.unlink(missing_ok=True)
        raise StorageTrouble("backup-unwritable", path=str(path)) from fault
    return path.stat().st_size


def _fill(archive: tarfile.TarFile, folder: Path, copy: Path) -> None:
    archive.add(copy, copy.name)
    for name in (config.NAME, CERTIFICATE, watermark.NAME, keys.FOLDER):
        if (folder / name).exists():
            archive.add(folder / name, name)


def _copy(headquarters: Headquarters, folder: Path) -> Path:
    engine = headquarters.store.engine
    copy = folder / COPY[engine.dialect.name]
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # VACUUM runs outside of a transaction
            connection.execute(text("VACUUM INTO :copy").bindparams(copy=str(copy)))
            connection.exec_driver_sql("BEGIN")
        return copy
    program = shutil.which("pg_dump")
    if program is None:
        raise Refused("pg-dump-missing")
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    done = subprocess.run(
        [program, "--format=custom", f"--file={copy}"],
        env=os.environ | {"PGDATABASE": address},
        check=False,
        capture_output=True,
    )
    if done.returncode:
        raise StorageTrouble("backup-unwritable", path=str(copy))
    return copy
