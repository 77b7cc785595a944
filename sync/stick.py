"""Bundle files on a stick: written aside, flushed, renamed, read back; and opened, with troubles named."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

from app.errors import NotFound, StorageTrouble, SyncTrouble
from app.storage.files import flush_folder
from sync.protocol.bundle import Reader
from sync.protocol.cbor import Malformed

READ = 1024 * 1024


class _Hashing:
    """A file that remembers the hash of what was written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._state = sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self._state.update(data)
        self.size += len(data)
        return self._file.write(data)

    def digest(self) -> bytes:
        return self._state.digest()


def write(path: Path, fill: Callable[[BinaryIO], None]) -> int:
    """Write a file that is whole or not there; returns its size. Raises StorageTrouble('stick-unwritable').

    `fill` writes the content. What an earlier file of that name held stays until the new one is whole.
    """
    aside = path.with_name(path.name + ".baru")
    try:
        with aside.open("wb") as file:
            hashing = _Hashing(file)
            fill(cast(BinaryIO, hashing))
            file.flush()
            os.fsync(file.fileno())
        if _hash(aside) != hashing.digest():
            raise StorageTrouble("stick-unwritable", path=str(path))
        aside.replace(path)
        flush_folder(path.parent)
    except OSError as fault:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise StorageTrouble("stick-unwritable", path=str(path)) from fault
    return hashing.size


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """A bundle's reader.

    Raises NotFound('bundle-not-found'), SyncTrouble('bundle-foreign') for a file that is no bundle or
    is torn within its header, StorageTrouble('stick-unreadable') when the stick fails.
    """
    try:
        with path.open("rb") as file:
            try:
                reader = Reader(file)
            except Malformed as fault:
                raise SyncTrouble("bundle-foreign", path=str(path)) from fault
            yield reader
    except FileNotFoundError as fault:
        raise NotFound("bundle-not-found", path=str(path)) from fault
    except OSError as fault:
        raise StorageTrouble("stick-unreadable", path=str(path)) from fault


def _hash(path: Path) -> bytes:
    state = sha256()
    with path.open("rb") as file:
        while piece := file.read(READ):
            state.update(piece)
    return state.digest()
