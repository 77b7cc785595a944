"""What storing costs: taking a centre's changes in, recording marks, checking everything, on both databases.

`python -m bench storage [--participants N]`. SQLite is encrypted and in full synchronisation, as on a
laptop; PostgreSQL is Debian's own, started for this run, with its own settings, where it is installed. The
floor is the same rows written by nothing but `executemany` into the same tables of the same SQLite.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import event

from app.journal import chain, change, device_certificate
from app.journal.change import Change
from app.journal.device_certificate import DeviceCertificate, DeviceKind
from app.storage import door, integrity, rebuilding
from app.storage.identity import Identity
from app.storage.journal import Draft, record
from app.storage.receiving import Run, receive
from app.storage.store import Store
from bench import centre
from tests.support.postgresql import new_database, server

REPEATS = 5
MARKS = 10_000
SINGLE = 200
AUTHORITY = Ed25519PrivateKey.from_private_bytes(b"a" * 32)


def main(participants: int = 1_000) -> None:
    """Measure and print: the best of five, in seconds by the clock."""
    run = signed_run(centre.changes(participants, participants // 20))
    for name, opened in databases():
        with opened as new:
            _line(name, f"take {len(run.entries):,} changes in", _best(new, lambda store: _take(store, run)))
            _line(name, f"record {MARKS:,} marks at once", _best(new, _record_many))
            _line(name, "record one mark, a transaction each", _best(new, _record_singly) / SINGLE)
            _then(name, new(), run)
    _line("floor", "the same rows by executemany alone", _floor(run))


def _then(name: str, store: Store, run: Run) -> None:
    """What is done with a database that holds the centre already."""
    _take(store, run)
    _line(name, "take the same in again", _timed(lambda: _take(store, run)))
    _line(name, "project all tables anew", _timed(lambda: _rebuild(store)))
    _line(name, "check chains, points and tables", _timed(lambda: _check(store)))
    store.close()


@contextmanager
def sqlite() -> Iterator[Callable[[], Store]]:
    """New encrypted databases in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        yield lambda: Store.encrypted(
            Path(folder) / f"{secrets.token_hex(4)}.db", bytes(32), identity(), centre.CENTRE
        )


@contextmanager
def postgresql() -> Iterator[Callable[[], Store]]:
    """New databases of a server started for this run."""
    with server() as address:
        yield lambda: Store.connect(new_database(address), identity(), centre.CENTRE)


def databases() -> Sequence[tuple[str, AbstractContextManager[Callable[[], Store]]]]:
    """What there is to measure here."""
    found = [("SQLite", sqlite())]
    if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        found.append(("PostgreSQL", postgresql()))
    return found


def identity() -> Identity:
    """A device of the centre."""
    signing = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
    public = signing.public_key().public_bytes_raw()
    vouched = DeviceCertificate(public, centre.CENTRE, 1, DeviceKind.CENTRE, 0, 60_000, "Laptop")
    return Identity(
        device_certificate.device_id(public),
        signing,
        Ed25519PrivateKey.generate(),
        X25519PrivateKey.generate(),
        device_certificate.sign(AUTHORITY, vouched),
        AUTHORITY.public_key().public_bytes_raw(),
    )


def signed_run(made: list[Change]) -> Run:
    """The changes as one log of a device, signed at its end."""
    who = identity()
    opening = Change(0, (), {1: (who.certificate, centre.CENTRE, None, bytes(16))}, (), None, made[0].wall)
    links = [chain.entry(b"", change.pack(opening)), *centre.entries(made)]
    hashes = chain.walk(chain.GENESIS, links)
    log = chain.log_id(hashes[0])
    point = chain.sign_point(who.signing, log, len(links) - 1, hashes[-1])
    return Run(log, 0, chain.GENESIS, links, [opening, *made], [point])


def _take(store: Store, run: Run) -> None:
    with store.write() as session:
        receive(session, run, identity().authority, [centre.CENTRE])


def _record_many(store: Store) -> None:
    with store.write() as session:
        record(session, [_mark(number % 10, number // 10) for number in range(MARKS)])


def _record_singly(store: Store) -> None:
    for number in range(SINGLE):
        with store.write() as session:
            record(session, _mark(1, number))


def _mark(session: int, participant: int) -> Draft:
    key = (centre.CENTRE, "UMK-2026-001", session, participant.to_bytes(16))
    return Draft("mark", key, {"mark": ("H", None)})


def _rebuild(store: Store) -> None:
    with store.write() as session:
        rebuilding.rebuild(session.connection())


def _check(store: Store) -> None:
    assert integrity.check(store).sound


def _floor(run: Run) -> float:
    """The very statements of taking the run in, without anything that thinks."""
    written: list[tuple[str, Any]] = []

    def listen(_: Any, __: Any, statement: str, rows: Any, ___: Any, many: bool) -> None:
        if many:
            written.append((statement, rows))

    def replay(store: Store) -> None:
        with store.write() as session:
            raw: Any = session.connection().connection
            with door.opened(session.connection()):
                for statement, rows in written:
                    raw.driver_connection.executemany(statement, rows)

    with sqlite() as new:
        store = new()
        event.listen(store.engine, "before_cursor_execute", listen)
        _take(store, run)
        store.close()
        return _best(new, replay)


def _best(new: Callable[[], Store], work: Callable[[Store], None]) -> float:
    """The shortest of five goes, each on an empty database."""
    seconds = []
    for _ in range(REPEATS):
        store = new()
        seconds.append(_timed(lambda store=store: work(store)))  # type: ignore[misc]  # a default, bound now
        store.close()
    return min(seconds)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _line(database: str, what: str, seconds: float) -> None:
    shown = f"{seconds * 1000:8.1f} ms" if seconds < 0.1 else f"{seconds:8.2f} s "
    sys.stdout.write(f"{database:11} {what:45} {shown}\n")
