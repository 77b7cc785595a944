"""Headquarters as a whole: its folder with settings and keys, its database, and the two ways to use it.

with headquarters.read() as session: ...
with headquarters.write() as session: ...     what is recorded is signed and framed before it commits
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from app.errors import Refused, StorageTrouble
from app.journal import device_certificate
from app.journal.device_certificate import HEADQUARTERS_ONLY, DeviceCertificate, DeviceKind
from app.storage.files import write_durably
from app.storage.identity import Identity
from app.storage.store import Clock, Store, wall_clock
from sync.hq import config, frames, keys, tables, watermark
from sync.hq.config import Config
from sync.hq.keys import Keys

CERTIFICATE = "device.certificate"
MILLISECONDS_PER_DAY = 86_400_000
LIFE_DAYS = 50 * 365
EARLIER = 1  # a day before, so that no time zone makes a fresh certificate a future one


class Headquarters:
    """An open headquarters."""

    def __init__(self, folder: Path, settings: Config, held: Keys, store: Store) -> None:
        self.folder = folder
        self.config = settings
        self.keys = held
        self.store = store

    @property
    def identity(self) -> Identity:
        """Headquarters as a device."""
        assert self.store.identity is not None, "headquarters always has one"
        return self.store.identity

    @property
    def authority(self) -> bytes:
        """The raw public key device certificates are judged by."""
        return self.identity.authority

    def now(self) -> int:
        """Headquarters' clock, in Unix milliseconds."""
        return self.store.clock()

    def today(self) -> int:
        """Days since 1970-01-01, UTC."""
        return self.now() // MILLISECONDS_PER_DAY

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that changes nothing and sees one state, so that digest and frames of a reply agree."""
        with self.store.read() as session:
            if self.store.engine.dialect.name == "postgresql":
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that may record changes in headquarters' own logs; they go out once it ends well."""
        with self.store.write() as session:
            frames.lock(session.connection(), frames.OWN_LOGS)
            yield session
            session.flush()
            frames.publish(session.connection(), self.identity)
        with self.store.read() as session:
            watermark.keep(self.folder, session.connection())

    @contextmanager
    def take(self) -> Iterator[Session]:
        """A session that takes in others' logs and keeps the server's own tables, and records nothing."""
        with self.store.write() as session:
            yield session

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


def exists(folder: Path) -> bool:
    """Whether headquarters was set up there."""
    return (folder / config.NAME).exists()


def create(folder: Path, settings: Config, clock: Clock = wall_clock) -> Headquarters:
    """Set headquarters up: keys, certificate, tables. Raises Refused('already-set-up')."""
    if exists(folder):
        raise Refused("already-set-up", folder=str(folder))
    keys.create(folder)
    held = keys.load(folder)
    today = clock() // MILLISECONDS_PER_DAY
    mine = DeviceCertificate(
        held.signing.public_key().public_bytes_raw(),
        centre=0,
        number=0,
        kind=DeviceKind.HEADQUARTERS,
        not_before=today - EARLIER,
        expires=today + LIFE_DAYS,
        name=settings.host,
    )
    write_durably(folder / CERTIFICATE, device_certificate.sign(held.enrolment, mine))
    made = _connect(folder, settings, held, clock)
    with made.store.write() as session:
        tables.create(session.connection())
    config.save(folder, settings)  # last: until it is there, nothing was set up
    return made


def open_folder(folder: Path, clock: Clock = wall_clock) -> Headquarters:
    """Open headquarters. Raises Refused('hq-not-set-up'), StorageTrouble."""
    settings = config.load(folder)
    opened = _connect(folder, settings, keys.load(folder), clock)
    with opened.store.write() as session:
        watermark.compare(folder, session)
    return opened


def _connect(folder: Path, settings: Config, held: Keys, clock: Clock) -> Headquarters:
    try:
        certificate = (folder / CERTIFICATE).read_bytes()
    except OSError as fault:
        raise StorageTrouble("hq-key-missing", path=str(folder / CERTIFICATE)) from fault
    identity = Identity(
        device_id=device_certificate.parse(certificate).device_id,
        signing=held.signing,
        issuing=Ed25519PrivateKey.generate(),  # headquarters issues no certificates: a key nobody trusts
        box=held.box,
        certificate=certificate,
        authority=held.enrolment_public,
    )
    database = settings.database
    if database.startswith("sqlite:///") and not Path(database.removeprefix("sqlite:///")).is_absolute():
        database = f"sqlite:///{folder / database.removeprefix('sqlite:///')}"
    return Headquarters(folder, settings, held, Store.connect(database, identity, HEADQUARTERS_ONLY, clock))
