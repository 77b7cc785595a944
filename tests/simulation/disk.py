"""The disks of all machines: commits, flushes and renames as moments at which the power may fail.

A rename is on the disk once its folder was flushed, a file's content once the file was, a commit once it
returned from a database that flushes (`PRAGMA synchronous`). What was not is there or not after a crash.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.storage import sqlite, store

FLUSHED = 2  # PRAGMA synchronous = FULL


class Crash(BaseException):
    """The power fails. No exception of the program's: nothing may catch it but the simulator."""

    def __init__(self, machine: str) -> None:
        super().__init__(machine)
        self.machine = machine


@dataclass(frozen=True, slots=True)
class Rename:
    """A rename whose folder was not flushed yet: what stood there before, whether the content was flushed."""

    target: Path
    before: bytes | None
    flushed: bool


@dataclass(slots=True)
class Disk:
    """All disks; `acting` is the machine at work, `fuses` count the moments until one of them fails."""

    acting: str = ""
    fuses: dict[str, int] = field(default_factory=dict)
    full: set[str] = field(default_factory=set)
    dead: set[str] = field(default_factory=set)
    complained: set[str] = field(default_factory=set)
    _flushed: set[int] = field(default_factory=set)
    _renames: dict[str, list[Rename]] = field(default_factory=lambda: defaultdict(list))
    _unflushed: dict[str, dict[Path, bytes | None]] = field(default_factory=dict)

    def moment(self) -> None:
        """A moment at which the power of the machine at work may fail."""
        machine = self.acting
        if machine in self.dead:
            raise Crash(machine)
        if machine in self.fuses:
            self.fuses[machine] -= 1
            if self.fuses[machine] < 0:
                del self.fuses[machine]
                self.dead.add(machine)
                raise Crash(machine)

    def power_returns(self, machine: str, rng: Random) -> None:
        """Bring the disk into a state in which the crash may have left it."""
        for rename in reversed(self._renames.pop(machine, [])):
            _undo(rename) if rng.random() < 0.5 else _tear(rename, rng)
        for path, content in self._unflushed.pop(machine, {}).items():
            path.unlink(missing_ok=True) if content is None else path.write_bytes(content)
        self.dead.discard(machine)
        self.fuses.pop(machine, None)

    @contextmanager
    def at_work(self, machine: str) -> Iterator[None]:
        """What happens on disks meanwhile happens on this machine's."""
        before, self.acting = self.acting, machine
        try:
            yield
        finally:
            self.acting = before

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """Let every flush, rename and commit of this process go through here."""
        fsync, replace, disk = os.fsync, os.replace, self

        class Watched(Session):
            """The program's sessions."""

            def commit(self) -> None:
                disk.moment()
                disk.before_commit(self)
                super().commit()
                disk.moment()

        def flush(handle: int) -> None:
            disk.flush(handle)
            fsync(handle)

        def rename(source: Path, target: Path) -> None:
            disk.before_rename(Path(source), Path(target))
            replace(source, target)
            disk.moment()

        with (
            patch.object(os, "fsync", flush),
            patch.object(os, "replace", rename),
            patch.object(store, "Session", Watched),
        ):
            yield

    def before_commit(self, session: Session) -> None:
        """The database's word on whether this commit will be flushed; a full disk refuses it."""
        connection = session.connection()
        if self.acting in self.full:
            self.complained.add(self.acting)
            raise OperationalError("COMMIT", None, sqlite3.OperationalError("database or disk is full"))
        raw = connection.connection.driver_connection
        assert raw is not None, "a session that commits is connected"
        if raw.execute("PRAGMA synchronous").fetchone()[0] == FLUSHED:
            self._unflushed.pop(self.acting, None)
        elif self.acting not in self._unflushed:
            file = raw.execute("PRAGMA database_list").fetchone()
            assert file is not None, "every database has a main file"
            paths = [Path(f"{file[2]}{suffix}") for suffix in sqlite.SUFFIXES]
            self._unflushed[self.acting] = {p: p.read_bytes() if p.exists() else None for p in paths}

    def flush(self, handle: int) -> None:
        """A file's content, or the renames in a folder, become durable."""
        self.moment()
        self._refuse_when_full()
        status = os.fstat(handle)
        self._flushed.add(status.st_ino)
        waiting = self._renames.get(self.acting, [])
        waiting[:] = [one for one in waiting if not _same(one.target.parent, status)]

    def before_rename(self, source: Path, target: Path) -> None:
        """Remember what the rename replaces, until its folder is flushed."""
        self.moment()
        self._refuse_when_full()
        before = target.read_bytes() if target.exists() else None
        flushed = source.stat().st_ino in self._flushed
        self._renames[self.acting].append(Rename(target, before, flushed))

    def _refuse_when_full(self) -> None:
        if self.acting in self.full:
            self.complained.add(self.acting)
            raise OSError(errno.ENOSPC, "no space left on the simulated disk")


def _same(folder: Path, status: Any) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(folder.stat(), status)
    return False


def _undo(rename: Rename) -> None:
    if rename.before is None:
        rename.target.unlink(missing_ok=True)
    else:
        rename.target.write_bytes(rename.before)


def _tear(rename: Rename, rng: Random) -> None:
    """What was renamed stays; of content that was never flushed only a beginning."""
    if not rename.flushed and rename.target.exists():
        content = rename.target.read_bytes()
        rename.target.write_bytes(content[: rng.randrange(len(content) + 1)])
