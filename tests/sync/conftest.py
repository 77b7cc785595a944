"""A real headquarters on SQLite and on PostgreSQL, real laptops, a real server on a port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from glob import glob
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
import uvicorn

from app.storage import workplace
from app.storage.identity import Identity
from app.storage.integrity import tables_hash
from app.storage.journal import Draft, record
from app.storage.workplace import Workplace
from sync.client import enrolment as joining
from sync.client.driver import Driver, Manners, Tally
from sync.client.http import HttpExchange
from sync.client.patience import Patience
from sync.hq import authority, catalogue, centres, enrolment, keys
from sync.hq import headquarters as offices
from sync.hq.api import application
from sync.hq.centres import CentreForm
from sync.hq.config import Config
from sync.hq.exchange import LocalExchange
from sync.hq.headquarters import Headquarters
from sync.protocol import enrolment as messages
from sync.protocol.link import Exchange

CENTRE = 10009
DAY = 86_400_000
START = 20_700 * DAY  # a day in 2026, in Unix milliseconds
HURRIED = Patience(attempts=4, shortest=0.01, longest=0.02)
PROGRAMME = b"""{
"code": "KWU", "version": 1, "title": "Kewirausahaan",
"number_template": "{sequence:04}/{centre}/{programme}/{year}",
"rule": {"min_attendance": 80, "late": "present", "excused": "absent", "sick": "absent", "pass_mark": 70,
         "grades": [], "needs_pre": false, "needs_post": true, "jp_minutes": 45},
"modules": [{"code": "HPP", "title": "Harga pokok", "jp": 4}, {"code": "PMS", "title": "Pemasaran", "jp": 6}]
}"""


class Clock:
    """Time as the test sets it; each look is a millisecond later."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        self.now += 1
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of this test run; its address with `{}` where the database's name goes."""
    programs = sorted(glob("/usr/lib/postgresql/*/bin"))
    folder = Path(tempfile.mkdtemp(prefix="balai-pg-"))
    as_root = os.geteuid() == 0
    who = ["runuser", "-u", "postgres", "--"] if as_root else []
    if as_root:
        shutil.chown(folder, "postgres", "postgres")
    data, port = folder / "data", _free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True, "cwd": "/"}
    initdb = [
        f"{programs[-1]}/initdb",
        "-D",
        str(data),
        "-U",
        "balai",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run([*who, *initdb, "--no-sync"], **quiet)  # type: ignore[call-overload]  # plain keywords
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*who, f"{programs[-1]}/pg_ctl", "-D", str(data), "-w"]
    subprocess.run([*control, "-o", options, "-l", str(folder / "log"), "start"], **quiet)  # type: ignore[call-overload]  # the same
    yield f"postgresql+psycopg://balai@127.0.0.1:{port}/{{}}"
    subprocess.run([*control, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]  # the same
    shutil.rmtree(folder, ignore_errors=True)


BOTH: dict[str, list[Any]] = {
    "database": ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))],
    "link": ["in-process", "http"],
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test runs over both databases and both lines; one marked `near` over SQLite in this process."""
    near = metafunc.definition.get_closest_marker("near") is not None
    for name, kinds in BOTH.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, kinds[:1] if near else kinds, indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The address of an empty database of either kind."""
    if request.param == "sqlite":
        return "sqlite:///headquarters.sqlite"
    return new_database(request.getfixturevalue("postgresql"))


def new_database(address: str) -> str:
    """A new database on the test run's PostgreSQL; returns its address."""
    name = f"hq_{os.urandom(6).hex()}"
    admin = address.format("postgres").replace("+psycopg", "")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return address.format(name)


@pytest.fixture
def headquarters(tmp_path: Path, database: str, clock: Clock) -> Iterator[Headquarters]:
    """Headquarters with trust file, one centre and one programme, on either database."""
    made = founded(tmp_path / "hq", database, clock)
    yield made
    made.close()


def founded(folder: Path, database: str, clock: Clock, host: str = "hq.example") -> Headquarters:
    """A new headquarters with trust file, one centre and one programme."""
    made = offices.create(
        folder, Config(database=database, host=host, verify_host="hq.example", block=10), clock
    )
    with made.write() as session:
        authority.sign_trust(made, session, keys.root(folder))
    with made.write() as session:
        authority.sign_status(made, session)
        centres.publish(session, CentreForm(CENTRE, "Balai Ternate", short="BPVP-TTE"))
        catalogue.publish(session, catalogue.read(PROGRAMME))
    return made


class CountingExchange:
    """An exchange that counts what goes through it and can be made to misbehave."""

    def __init__(self, inner: Exchange) -> None:
        self._inner = inner
        self.requests = 0
        self.up = 0
        self.down = 0
        self.before: Callable[[bytes], bytes] = lambda body: body
        self.after: Callable[[bytes], bytes] = lambda reply: reply
        self.chunk_requests = 0
        self.cut: Callable[[bytes], list[bytes]] = lambda reply: [reply]

    @property
    def host(self) -> str:
        return self._inner.host

    def sync(self, body: bytes) -> list[bytes]:
        self.requests += 1
        self.up += len(body)
        reply = self.after(b"".join(self._inner.sync(self.before(body))))
        self.down += len(reply)
        return [reply]

    def chunks(self, request: bytes) -> Iterator[bytes]:
        self.chunk_requests += 1
        yield from self.cut(b"".join(self._inner.chunks(request)))

    def enrol(self, request: bytes) -> bytes:
        return self._inner.enrol(request)


@dataclass
class Laptop:
    """A laptop of the centre: its folder and its way to headquarters."""

    place: Workplace
    link: CountingExchange
    clock: Clock
    phrase: str = ""
    manners: Manners = field(default_factory=lambda: Manners(patience=HURRIED))

    @property
    def identity(self) -> Identity:
        assert self.place.store.identity is not None
        return self.place.store.identity

    def sync(self) -> Tally:
        return Driver(self.place.store, self.link, self.place.advance, self.manners).run()

    def write(self, *drafts: Draft) -> None:
        with self.place.store.write() as session:
            record(session, list(drafts))

    def tables(self) -> str:
        with self.place.store.read() as session:
            return tables_hash(session.connection())

    def mark(self, person: int, status: str, session_number: int = 1) -> None:
        key = (CENTRE, "KWU-2026", session_number, participant(person))
        self.write(Draft("mark", key, {"mark": (status, None)}))

    def roster(self, people: int) -> None:
        """Import a class of so many people, as every laptop of the centre would."""
        drafts = [
            Draft("training_class", (CENTRE, "KWU-2026"), {"title": ("Kelas", "1"), "programme": ("KWU", 1)}),
            *(
                Draft("session", (CENTRE, "KWU-2026", n), {"plan": (20_700 + n, 480, 720, 4)})
                for n in range(1, 4)
            ),
        ]
        for person in range(people):
            identity = (f"82710101010100{person:02}", f"Peserta {person}", "P", "Ternate", 9_000)
            drafts.append(Draft("participant", (participant(person),), {"identity": identity}))
            key = (CENTRE, "KWU-2026", participant(person))
            drafts.append(Draft("enrolment", key, {"state": ("enrolled", None), "place": (person,)}))
        self.write(*drafts)


def participant(number: int) -> bytes:
    """A participant's id, the same on every laptop."""
    return b"\xaa" * 6 + b"\x80\x00" + b"\x80" + number.to_bytes(7, "big")


Hire = Callable[[str], Laptop]


@pytest.fixture
def served(headquarters: Headquarters) -> Iterator[str]:
    """The address of a real server on a port of its own, in a thread."""
    with serving(headquarters) as url:
        yield url


@contextmanager
def serving(headquarters: Headquarters) -> Iterator[str]:
    """Serve on a free port of loopback as long as the block runs."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        application(headquarters), log_level="error", lifespan="off", server_header=False, date_header=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture
def link(request: pytest.FixtureRequest, headquarters: Headquarters) -> Iterator[Exchange]:
    """Headquarters behind either implementation of the exchange."""
    if request.param == "in-process":
        yield LocalExchange(headquarters)
        return
    client = HttpExchange(request.getfixturevalue("served"))
    yield client
    client.close()


@pytest.fixture
def hire(tmp_path: Path, headquarters: Headquarters, link: Exchange, clock: Clock) -> Iterator[Hire]:
    """Enrols laptops of the centre by name, over the exchange under test."""
    yield from hiring(tmp_path, headquarters, link, clock)


def hiring(tmp_path: Path, headquarters: Headquarters, link: Exchange, clock: Clock) -> Iterator[Hire]:
    """Enrols laptops over this exchange, and closes them at the end."""
    hired: list[Laptop] = []

    def one(name: str) -> Laptop:
        laptop = enrolled(tmp_path / name, headquarters, link, clock, name)
        hired.append(laptop)
        return laptop

    yield one
    for laptop in hired:
        laptop.place.store.close()


def enrolled(folder: Path, headquarters: Headquarters, link: Exchange, clock: Clock, name: str) -> Laptop:
    """A laptop enrolled over this exchange; stretching the code is left to the tests of enrolment."""
    with patch.object(messages, "stretch", lambda code: sha256(code.encode()).digest()):
        pending = joining.begin(enrolment.make_code(headquarters, CENTRE, "administrator"), name)
    done = joining.finish(pending, link.enrol(pending.request))
    place, phrase = workplace.create(
        folder, done.identity, CENTRE, done.grant.recovery, lambda store: joining.fill(store, done, ""), clock
    )
    return Laptop(place, CountingExchange(link), clock, phrase)


def hq_tables(headquarters: Headquarters) -> str:
    """The hash of headquarters' visible tables."""
    with headquarters.read() as session:
        return tables_hash(session.connection())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
