"""The store: one database, opened with its key, and the only two ways to use it.

    with store.read() as session: ...
    with store.write(author) as session: ...

`write` commits when the block ends and rolls back when it raises; actions never commit. Full disks,
locked or damaged files come out as StorageTrouble with a code.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from app.errors import StorageTrouble
from app.storage import migrations, postgresql, sqlite
from app.storage.identity import Identity

Clock = Callable[[], int]


def wall_clock() -> int:
    """The machine's clock in Unix milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes in a session: the person, the device, the scope, and by which clock.

    `identity` is None on a copy without an anchor, which is read-only.
    """

    author: bytes | None
    identity: Identity | None
    scope: int
    clock: Clock


class Store:
    """An open database."""

    def __init__(
        self, engine: Engine, identity: Identity | None, scope: int, clock: Clock = wall_clock
    ) -> None:
        self.engine = engine
        self.identity = identity
        self.scope = scope
        self.clock = clock

    @classmethod
    def encrypted(
        cls, path: Path, key: bytes, identity: Identity | None, scope: int, clock: Clock = wall_clock
    ) -> Store:
        """A laptop's database, created or brought up to this version when needed."""
        return cls._ready(sqlite.encrypted_engine(path, key), identity, scope, clock)

    @classmethod
    def connect(cls, url: str, identity: Identity | None, scope: int, clock: Clock = wall_clock) -> Store:
        """Headquarters' database: `postgresql+psycopg://...` or `sqlite:///file`."""
        if url.startswith("sqlite:///"):
            return cls._ready(
                sqlite.plain_engine(Path(url.removeprefix("sqlite:///"))), identity, scope, clock
            )
        return cls._ready(postgresql.engine(url), identity, scope, clock)

    @classmethod
    def _ready(cls, engine: Engine, identity: Identity | None, scope: int, clock: Clock) -> Store:
        try:
            with troubles_named():
                migrations.upgrade(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, identity, scope, clock)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one consistent state; nothing is written."""
        engine = self.engine.execution_options(balai_writes=False)
        with troubles_named(), Session(engine) as session:
            yield session
            session.rollback()

    @contextmanager
    def write(self, author: bytes | None = None) -> Iterator[Session]:
        """A session whose changes are all there afterwards, or none; `author` is a person's id."""
        engine = self.engine.execution_options(balai_writes=True)
        with troubles_named(), Session(engine) as session:
            session.info["writer"] = Writer(author, self.identity, self.scope, self.clock)
            yield session
            session.commit()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


# What the database says when the environment is at fault, by a piece of its message.
_FAULTS = (
    ("disk is full", "disk-full"),
    ("No space left", "disk-full"),
    ("disk I/O", "disk-failing"),
    ("is locked", "database-busy"),
    ("readonly", "database-read-only"),
    ("unable to open", "database-unreachable"),
    ("malformed", "database-damaged"),
    ("not a database", "database-damaged"),
    ("connection", "database-unreachable"),
)


@contextmanager
def troubles_named() -> Iterator[None]:
    """Turn the database's complaints about its surroundings into StorageTrouble with a code."""
    try:
        yield
    except (IntegrityError, DataError, ProgrammingError):
        raise  # a bug of ours, or the door
    except DBAPIError as fault:
        code = next((code for piece, code in _FAULTS if piece in str(fault.orig)), None)
        if code is None:
            raise
        raise StorageTrouble(code) from fault
