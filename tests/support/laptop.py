"""Headquarters and laptops on real encrypted databases, and changes carried between them by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.orm import Session

from app.actions.programmes import publication
from app.domain.attendance import Policy
from app.domain.ids import CentreCode, ModuleCode, ProgrammeCode
from app.domain.programme import Grade, Module, Programme, Rule
from app.journal import device_certificate
from app.journal.change import parse
from app.journal.device_certificate import DeviceCertificate, DeviceKind
from app.storage import logs
from app.storage.identity import Identity
from app.storage.journal import Draft, record
from app.storage.receiving import Run, receive
from app.storage.store import Store

CENTRE = CentreCode(10009)
EVERYBODY = 0
KEY = bytes(range(32, 64))
START = 1_790_000_000_000
"""The clock's first reading, in Unix ms: 21 September 2026."""

TODAY = date(2026, 9, 21)
PROGRAMME = Programme(
    ProgrammeCode("KWU"),
    1,
    "Kewirausahaan",
    (
        Module(ModuleCode("KWU-01"), "Konsep kewirausahaan", 3, None, True, None, 1),
        Module(ModuleCode("KWU-02"), "Harga pokok produksi", 4, 7_500, True, None, 2),
        Module(ModuleCode("KWU-03"), "Kunjungan usaha", 2, None, False, None, 3),
    ),
    Rule(policy=Policy(), grades=(Grade(9_000, "Sangat Memuaskan"), Grade(8_000, "Memuaskan"))),
    "{sequence:04}/{centre}/{programme}/{month_roman}/{year}",
)


@dataclass(slots=True)
class Clock:
    """A clock in Unix ms that goes on by a second with each reading, and can be set."""

    now: int = START

    def __call__(self) -> int:
        self.now += 1_000
        return self.now


@dataclass(slots=True)
class Laptop:
    """A database and whose it is."""

    store: Store
    identity: Identity
    clock: Clock
    centre: CentreCode = CENTRE
    secret: bytes = bytes(range(32))
    author: bytes | None = None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that writes as this laptop's person."""
        with self.store.write(self.author) as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that reads."""
        with self.store.read() as session:
            yield session


@dataclass(slots=True)
class Office:
    """Headquarters' enrolment key, which vouches for devices, and its own database."""

    folder: Path
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    devices: int = 0

    @property
    def authority(self) -> bytes:
        """The public enrolment key."""
        return self.key.public_key().public_bytes_raw()

    def laptop(self, centre: CentreCode = CENTRE) -> Laptop:
        """A new laptop of a centre, with an empty database."""
        identity = self._identity(centre, DeviceKind.CENTRE)
        path = self.folder / f"laptop-{self.devices}.db"
        clock = Clock()
        path.write_bytes(_empty_laptop(self.folder))
        store = Store.encrypted(path, KEY, identity, centre, clock)
        return Laptop(store, identity, clock, centre)

    def headquarters(self, address: str | None = None) -> Laptop:
        """Headquarters' own database: unencrypted SQLite, or the one at `address`."""
        identity = self._identity(CentreCode(1), DeviceKind.HEADQUARTERS)
        clock = Clock()
        path = self.folder / f"headquarters-{self.devices}.db"
        if address is None:
            path.write_bytes(_empty_headquarters(self.folder))
        store = Store.connect(address or f"sqlite:///{path}", identity, EVERYBODY, clock)
        return Laptop(store, identity, clock, CentreCode(1))

    def identity(self, centre: CentreCode, name: str) -> Identity:
        """Keys of a new laptop of a centre, certified under a name."""
        return self._identity(centre, DeviceKind.CENTRE, name)

    def _identity(self, centre: CentreCode, kind: DeviceKind, name: str = "") -> Identity:
        self.devices += 1
        signing = Ed25519PrivateKey.generate()
        public = signing.public_key().public_bytes_raw()
        called = name or f"Laptop {self.devices}"
        vouched = DeviceCertificate(public, centre, self.devices, kind, 0, 60_000, called)
        return Identity(
            device_certificate.device_id(public),
            signing,
            Ed25519PrivateKey.generate(),
            X25519PrivateKey.generate(),
            device_certificate.sign(self.key, vouched),
            self.authority,
        )


def _empty_laptop(folder: Path) -> bytes:
    """A database as it is made: the tables cost a fifth of a second, a copy of them nothing."""
    if "laptop" not in _EMPTY:
        Store.encrypted(folder / "empty.db", KEY, None, CENTRE).close()
        _EMPTY["laptop"] = (folder / "empty.db").read_bytes()
    return _EMPTY["laptop"]


def _empty_headquarters(folder: Path) -> bytes:
    if "headquarters" not in _EMPTY:
        Store.connect(f"sqlite:///{folder / 'none.db'}", None, EVERYBODY).close()
        _EMPTY["headquarters"] = (folder / "none.db").read_bytes()
    return _EMPTY["headquarters"]


_EMPTY: dict[str, bytes] = {}


def publish(headquarters: Laptop, programme: Programme = PROGRAMME) -> None:
    """Write a programme and a centre into headquarters' log for everybody."""
    drafts = publication(programme, "kelulusan-1")
    drafts.append(
        Draft(
            "centre",
            (CENTRE,),
            {
                "name": (
                    "BPVP Ternate",
                    "Balai Pelatihan Vokasi Ternate",
                    "BPVP-TTE",
                    None,
                ),
                "place": ("Kota Ternate", "82.71", "82", "Asia/Jayapura"),
                "quota": (500,),
                "letterhead": (
                    ("KEMENTERIAN KETENAGAKERJAAN", "BPVP TERNATE", "Jalan Raya Ternate"),
                    "Kepala Balai",
                    "Siti Contoh",
                    "19700101 199503 2 001",
                ),
            },
        )
    )
    with headquarters.write() as session:
        record(session, drafts, scope=EVERYBODY)


def hand_over(source: Laptop, target: Laptop) -> None:
    """Give the target what it lacks of what the source holds, as signed runs: what sync and bundles do."""
    with source.store.write() as session:
        logs.sign(session.connection(), source.identity)
    with target.store.read() as session:
        known = {head.log: head.signed_seq for head in logs.held(session.connection())}
    with source.store.read() as session:
        heads = logs.held(session.connection())
        runs = [_run(session, h, known.get(h.log, -1)) for h in heads if h.signed_seq > known.get(h.log, -1)]
    scopes = [EVERYBODY, CENTRE, target.store.scope]
    with target.store.write() as session:
        for run in runs:
            receive(session, run, target.identity.authority, scopes)


def _run(session: Session, head: logs.LogHead, known: int) -> Run:
    connection = session.connection()
    entries = logs.entries(connection, head, known + 1, head.signed_seq)
    changes = [None if entry.body is None else parse(entry.body) for entry in entries]
    previous = logs.hash_at(connection, head, known)
    return Run(head.log, known + 1, previous, entries, changes, logs.points(connection, head, known))


@cache
def woman(number: int) -> str:
    """A made-up NIK of a woman born on 1 January 1985 in Ternate; `number` from 0 to 999."""
    return f"827101410185{9000 + number}"
