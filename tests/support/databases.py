"""Empty databases of either kind, made once and copied, so that a test may have as many as it likes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.engine import make_url

from app.storage.identity import Identity
from app.storage.receiving import Run, receive
from app.storage.store import Store
from tests.support import hand
from tests.support.postgresql import new_database

KEY = bytes(range(32))
AUTHORITY = Ed25519PrivateKey.from_private_bytes(b"a" * 32)
AUTHORITY_PUBLIC = AUTHORITY.public_key().public_bytes_raw()
SCOPES = (0, 1, hand.CENTRE)


@dataclass
class Databases:
    """Makes databases in `folder`, on SQLite or (given a server's address) on PostgreSQL."""

    folder: Path
    server: str | None = None
    _numbers: Iterator[int] = field(default_factory=count)
    _template: str | None = None

    @contextmanager
    def store(self, identity: Identity | None = None) -> Iterator[Store]:
        """A new empty database, closed when the block ends."""
        made = self._postgresql(identity) if self.server else self._sqlite(identity)
        try:
            yield made
        finally:
            made.close()

    def _sqlite(self, identity: Identity | None) -> Store:
        if self._template is None:
            self._template = str(self.folder / "template.db")
            Store.encrypted(Path(self._template), KEY, None, hand.CENTRE).close()
        path = self.folder / f"{next(self._numbers)}.db"
        shutil.copyfile(self._template, path)
        return Store.encrypted(path, KEY, identity, hand.CENTRE, lambda: hand.WALL)

    def _postgresql(self, identity: Identity | None) -> Store:
        assert self.server is not None, "asked for by the caller"
        if self._template is None:
            address = new_database(self.server)
            Store.connect(address, None, hand.CENTRE).close()
            self._template = make_url(address).database
        address = new_database(self.server, str(self._template))
        return Store.connect(address, identity, hand.CENTRE, lambda: hand.WALL)


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: for tests in which the disk's own pace proves nothing."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(prefix="balai-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def take(store: Store, run: Run, scopes: Sequence[int] = SCOPES) -> int:
    """Receive a run in a transaction of its own; returns the last number the log (or branch) has then."""
    with store.write() as session:
        return receive(session, run, AUTHORITY_PUBLIC, scopes).head_seq
