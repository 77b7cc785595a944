"""A laptop's data folder as big as it gets: four years of a centre, its certificates, and classes under way.

The programme and the centre come from a headquarters of its own, as they do in life. The classes run in
batches of a fortnight; the last but one began this week, so that today has sessions. Deterministic but for
keys and the day.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from app.actions import persons
from app.actions.programmes import publication
from app.domain.certificates import CertificateState
from app.domain.completion import Outcome
from app.domain.ids import ModuleCode, ProgrammeCode
from app.domain.programme import Module, Programme, Rule
from app.domain.roles import Role
from app.domain.serial import SEQUENCES
from app.journal.change import Change
from app.storage import workplace
from app.storage.base import days
from app.storage.journal import Draft, record
from app.storage.receiving import receive
from app.storage.store import Store
from bench import centre, storage
from tests.support.laptop import EVERYBODY, Clock, Laptop, Office, hand_over

PIN = "482913"
_MODULES = tuple(
    Module(ModuleCode(f"KWU-{n:02}"), f"Materi kewirausahaan {n}", 4, None, True, None, n)
    for n in range(1, 13)
)
_PROGRAMME = Programme(
    ProgrammeCode("KWU"), 1, "Kewirausahaan", _MODULES, Rule(), "{sequence:04}/{centre}/{year}"
)
_FORTNIGHT = timedelta(days=14)
_CREDENTIAL, _BACK, _CONTENT = 450, 250, 900  # bytes of a certificate, as ours are
_PASS = 0.93


def fill(folder: Path, participants: int) -> None:
    """Make the data folder; `participants` a multiple of 100. Somebody signs in there with PIN."""
    run = storage.signed_run(list(_changes(participants, datetime.now(UTC))))

    def taken(store: Store) -> None:
        _publish(store)
        with store.write() as session:
            receive(session, run, storage.identity().authority, [centre.CENTRE])
            persons.add(session, name="Nurlaila Hamid", login="nurlaila", role=Role.INSTRUCTOR, pin=PIN)

    os.environ["BALAI_KEY_STORE"] = "file"
    opened, _ = workplace.create(folder, storage.identity(), centre.CENTRE, None, taken)
    opened.close()


def _changes(participants: int, now: datetime) -> Iterator[Change]:
    """What has been written until now, and for the classes that are over what was issued."""
    classes = participants // centre.CLASS_SIZE
    begun = now.date() - timedelta(days=now.weekday())
    first = begun - (classes // centre.PARALLEL - 2) * _FORTNIGHT
    members: dict[str, list[bytes]] = {}
    for change in centre.changes(participants, classes, first=first):
        if change.entity == 5:
            members.setdefault(str(change.key[1]), []).append(bytes(change.key[2]))  # type: ignore[arg-type]  # by the registry
        if change.wall <= now.timestamp() * 1000:
            yield change
    over = list(members)[: -2 * centre.PARALLEL]
    yield from _issued([(code, members[code]) for code in over], now.date())


def _issued(over: Sequence[tuple[str, list[bytes]]], today: date) -> Iterator[Change]:
    """Decisions and certificates."""
    random, serial = Random(1), centre.CENTRE * SEQUENCES
    wall, day = int(datetime.now(UTC).timestamp() * 1000), days(today)
    for code, members in over:
        for member in members:
            passed = random.random() < _PASS
            outcome = Outcome.PASSED if passed else Outcome.NOT_PASSED
            decided = {1: (outcome.value, False, None, day)}
            yield Change(8, (centre.CENTRE, code, member), decided, (), None, wall)
            if passed:
                serial += 1
                yield _certificate(serial, code, member, day, wall, random)


def _certificate(serial: int, code: str, member: bytes, day: int, wall: int, random: Random) -> Change:
    number = f"{serial % SEQUENCES:05}/BPVP-TTE/2026"
    groups: centre.Groups = {
        1: (centre.CENTRE, code, member, number, day, random.randbytes(32)),
        2: (*map(random.randbytes, (_CREDENTIAL, _BACK, _CONTENT)), "kelulusan-1"),
        3: (CertificateState.ISSUED.value, None, None, day),
    }
    return Change(9, (serial,), groups, (), None, wall)


def _publish(store: Store) -> None:
    """Headquarters' programme and centre, handed over as a sync would."""
    named = {
        "name": ("BPVP Ternate", "Balai Pelatihan Vokasi Ternate", "BPVP-TTE", None),
        "place": ("Kota Ternate", "82.71", "82", "Asia/Jayapura"),
    }
    with TemporaryDirectory() as folder:
        headquarters = Office(Path(folder), storage.AUTHORITY).headquarters()
        drafts = [*publication(_PROGRAMME, "kelulusan-1"), Draft("centre", (centre.CENTRE,), named)]
        with headquarters.write() as session:
            record(session, drafts, scope=EVERYBODY)
        hand_over(headquarters, Laptop(store, storage.identity(), Clock(), centre.CENTRE))
        headquarters.store.close()
