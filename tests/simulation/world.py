"""The simulated world: one clock, one headquarters, laptops, sticks, and the disks they all lie on."""

from __future__ import annotations

import os
import random
import secrets
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.journal.change import Ref
from app.storage import sqlite, workplace
from app.storage.present import RowKey
from app.storage.workplace import Workplace
from sync import facade
from sync.client import http
from sync.client.driver import Manners
from sync.client.patience import Patience
from sync.facade import SyncReport
from sync.hq import api
from sync.hq import headquarters as offices
from sync.hq.headquarters import Headquarters
from tests.simulation import network, versions
from tests.simulation.disk import Crash, Disk
from tests.simulation.faults import Fault
from tests.simulation.ledger import Ledger
from tests.simulation.network import Adapter, Answer, Line

HQ = "hq"
HOST = "127.0.0.1:8765"
URL = f"http://{HOST}"
START = 20_700 * 86_400_000  # a day in 2026, Unix milliseconds
KEY_BYTES = 32


@dataclass(slots=True)
class Time:
    """True time in Unix milliseconds; each look is a millisecond later."""

    now: int = START

    def __call__(self) -> int:
        self.now += 1
        return self.now

    def sleep(self, seconds: float) -> None:
        """Time goes by without anybody waiting."""
        self.now += int(seconds * 1000)

    def monotonic(self) -> float:
        """The seconds that pass on every machine alike."""
        self.now += 1
        return self.now / 1000


@dataclass(slots=True)
class Laptop:
    """A laptop: its folder, how wrong its clock goes (ms), and how it stands with the rest of the world.

    `version` is which program it runs, `screen` what was seen on it a while ago, by row.
    """

    name: str
    folder: Path
    centre: int
    place: Workplace
    skew: int = 0
    version: str = versions.CURRENT
    screen: dict[tuple[str, RowKey], tuple[Ref, ...]] = field(default_factory=dict)
    phrase: str = ""

    @property
    def device(self) -> bytes:
        """Whose laptop headquarters takes it for."""
        assert self.place.anchor is not None, "copies are not kept as laptops"
        return self.place.anchor.identity.device_id


class World:
    """Everything there is; made from the template's files in `folder`."""

    def __init__(self, folder: Path, rng: Random, phrases: dict[str, tuple[int, str]]) -> None:
        self.folder = folder
        self.rng = rng
        self.time = Time()
        self.disk = Disk()
        self.fired: Counter[Fault] = Counter()
        self.line = Line(self._serve, self.happened, self.time.sleep, Random(rng.random()))
        self.ledger = Ledger()
        self.sticks: list[Path] = []
        self.serials: dict[int, set[bytes]] = {}
        self.revoked: set[bytes] = set()
        self.favourite = rng.randrange(2)  # the laptop that is put back
        self.headquarters = self._open_headquarters()
        self.laptops: list[Laptop] = []
        for name, (centre, phrase) in phrases.items():
            laptop = Laptop(name, folder / name, centre, self.open(name, folder / name), phrase=phrase)
            self.laptops.append(laptop)

    def happened(self, fault: Fault) -> None:
        """A fault took place."""
        self.fired[fault] += 1

    @contextmanager
    def at(self, laptop: Laptop) -> Iterator[Workplace]:
        """Work on a laptop; if its power fails meanwhile, it is switched on again and the work is over."""
        try:
            with self.disk.at_work(laptop.name), versions.running(laptop.version):
                yield laptop.place
        except Crash as crash:
            assert crash.machine == laptop.name, "headquarters' crashes end at its server"
            self.happened(Fault.CRASH_LAPTOP)
            self.restart(laptop)
        self.ledger.committed(laptop.name, laptop.place.store)

    def restart(self, laptop: Laptop) -> None:
        """Switch a laptop off without warning and on again."""
        laptop.place.store.close()
        self.disk.power_returns(laptop.name, self.rng)
        with versions.running(laptop.version):
            laptop.place = self.open(laptop.name, laptop.folder, laptop.skew)
        self.ledger.durable(laptop.name, laptop.place.store)

    def open(self, name: str, folder: Path, skew: int = 0, phrase: str | None = None) -> Workplace:
        """The workplace in a folder, with a clock that goes wrong by `skew` milliseconds."""
        with self.disk.at_work(name):
            return workplace.open_folder(folder, lambda: self.time() + skew, phrase)

    def sync(self, laptop: Laptop) -> SyncReport:
        """One sync, as the button does it; raises what it raises."""
        patience = Patience(attempts=2, sleep=self.time.sleep)
        with patch.object(http, "HTTPAdapter", lambda **_: Adapter(self.line)):
            report = facade.sync(laptop.place, URL, Manners(patience=patience))
        self.ledger.anchored(laptop.place)
        return report

    def restart_headquarters_from(self, before: set[bytes]) -> None:
        """Switch headquarters on with older files than it had; `before` are the hashes of what it held."""
        self.headquarters = self._open_headquarters()
        stores = [self.headquarters.store, *(laptop.place.store for laptop in self.laptops)]
        self.ledger.gone(HQ, before, stores)

    def restart_headquarters(self) -> None:
        """Switch headquarters off without warning and on again."""
        self.headquarters.close()
        self.disk.power_returns(HQ, self.rng)
        self.headquarters = self._open_headquarters()
        self.ledger.durable(HQ, self.headquarters.store)

    @contextmanager
    def at_headquarters(self) -> Iterator[Headquarters]:
        """Work at headquarters' server; if the power fails, it is switched on again and the work is over."""
        try:
            with self.disk.at_work(HQ), versions.running(versions.CURRENT):
                yield self.headquarters
        except Crash as crash:
            assert crash.machine == HQ, "laptops' crashes end there"
            self.happened(Fault.CRASH_HQ)
            self.restart_headquarters()
        self.ledger.committed(HQ, self.headquarters.store)

    def close(self) -> None:
        """Let go of every database."""
        for laptop in self.laptops:
            laptop.place.store.close()
        self.headquarters.close()

    def _open_headquarters(self) -> Headquarters:
        with self.disk.at_work(HQ):
            opened = offices.open_folder(self.folder / HQ, self.time)
        self._application = api.application(opened, [HOST])
        return opened

    def _serve(self, path: str, body: bytes, cut: bool) -> Answer | None:
        answer: Answer | None = None
        with self.at_headquarters():
            answer = network.call(self._application, HOST, path, body, cut)
        if answer is not None and answer.status == 200:
            self.ledger.acknowledged(answer.body, self.headquarters.store)
        return answer


@contextmanager
def determined(seed: str, time_: Time) -> Iterator[None]:
    """Let everything that is drawn or measured in this process depend on the seed alone."""
    rng, state = Random(seed), random.getstate()

    def ed25519() -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(rng.randbytes(KEY_BYTES))

    def x25519() -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(rng.randbytes(KEY_BYTES))

    with ExitStack() as stack:
        stack.callback(random.setstate, state)
        random.seed(seed)  # the jitter of back-offs
        stack.enter_context(patch.dict(os.environ, {"BALAI_KEY_STORE": "file"}))
        stack.enter_context(patch.object(secrets, "token_bytes", lambda n=32: rng.randbytes(n)))
        stack.enter_context(patch.object(os, "urandom", rng.randbytes))
        stack.enter_context(patch.object(time, "monotonic", time_.monotonic))
        stack.enter_context(patch.object(Ed25519PrivateKey, "generate", ed25519))
        stack.enter_context(patch.object(X25519PrivateKey, "generate", x25519))
        stack.enter_context(patch.object(sqlite, "encrypted_engine", lambda p, k: sqlite.plain_engine(p)))
        stack.enter_context(patch.object(api, "run_in_threadpool", _at_once))
        stack.enter_context(patch.object(api.LOG, "disabled", True))
        yield


async def _at_once(work, *args):  # type: ignore[no-untyped-def]  # whatever the server hands to a thread
    return work(*args)


def copy_of(folder: Path, target: Path) -> None:
    """A folder copied as it lies there, while nobody writes."""
    shutil.copytree(folder, target, dirs_exist_ok=True)
