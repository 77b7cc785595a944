"""A centre with two laptops that issue certificates, and what happens to laptops: copied, restored, apart."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.actions import certificates
from app.certificates import credential
from app.certificates.paper import content
from app.domain.ids import ParticipantId, Serial
from app.domain.keys import ClassKey
from app.queries import certificates as register
from app.storage import logs
from app.storage.receiving import receive
from app.storage.store import Store
from tests.support import laptop as laptops
from tests.support.issuing import Authorities, graduates, issuer
from tests.support.laptop import CENTRE, EVERYBODY, KEY, TODAY, Laptop, Office, hand_over, publish

BLOCK = 12


@dataclass(slots=True)
class Desk:
    """A laptop, where its database lies, and its anchor's highest serial."""

    laptop: Laptop
    path: Path
    floor: int = 0

    def issue(self, key: ClassKey, people: list[ParticipantId], **said: object) -> tuple[Serial, ...]:
        """Certificates for these; the anchor follows."""
        with self.laptop.write() as session:
            done = certificates.issue(
                session,
                key,
                issuer(self.laptop, self.floor),
                TODAY,
                people,
                **said,  # type: ignore[arg-type]
            )
        self.floor = max(self.floor, *done.serials)
        return done.serials

    def replace(self, old: Serial) -> Serial:
        """Another in the place of this one."""
        with self.laptop.write() as session:
            made = certificates.replace(session, old, issuer(self.laptop, self.floor), TODAY, "Nama keliru")
        self.floor = max(self.floor, made)
        return made

    def void(self, serial: Serial) -> None:
        """This one never left the house."""
        with self.laptop.write() as session:
            certificates.void(session, serial, TODAY, "Tercetak miring")

    def rows(self, key: ClassKey | None = None) -> list[register.CertificateRow]:
        """The register as this laptop knows it."""
        with self.laptop.read() as session:
            return register.register(session, key)

    def page(self, serial: Serial) -> content.PageContent:
        """What was frozen at issue."""
        with self.laptop.read() as session:
            return content.read(register.contents(session, [serial])[serial])

    def digest(self, serial: Serial) -> bytes:
        """The hash of the certificate that bears this serial here."""
        return credential.digest(self.page(serial).credential)

    def saved(self, to: Path) -> Path:
        """A copy of the database as it is now."""
        self.laptop.store.close()
        shutil.copyfile(self.path, to)
        self.open()
        return to

    def restored(self, copy: Path) -> None:
        """The database is this older copy again; the anchor is not."""
        self.laptop.store.close()
        for left in self.path.parent.glob(f"{self.path.name}-*"):
            left.unlink()
        shutil.copyfile(copy, self.path)
        self.open()

    def cloned(self, path: Path) -> Desk:
        """A second laptop with the same database, keys and anchor."""
        self.saved(path)
        twin = Desk(replace(self.laptop), path, self.floor)
        twin.open()
        return twin

    def open(self) -> None:
        """Opens the database where it lies."""
        laptop = self.laptop
        laptop.store = Store.encrypted(self.path, KEY, laptop.identity, laptop.centre, laptop.clock)


@dataclass(slots=True)
class Centre:
    """Headquarters, two laptops with a block of serials each, and people who passed."""

    folder: Path
    headquarters: Laptop
    one: Desk
    two: Desk
    authorities: Authorities
    key: ClassKey
    people: list[ParticipantId]

    def exchange(self) -> None:
        """Both laptops and headquarters know the same afterwards."""
        every = (self.one.laptop, self.two.laptop, self.headquarters)
        for _ in range(2):
            for source in every:
                for target in every:
                    if source is not target:
                        hand_over(source, target)


@contextmanager
def centre(folder: Path, people: int) -> Iterator[Centre]:
    """A centre whose class of so many has passed, known to both laptops."""
    office = Office(folder)
    headquarters, authorities = office.headquarters(), Authorities()
    one, two = (Desk(office.laptop(), folder / f"laptop-{office.devices}.db") for _ in range(2))
    publish(headquarters)
    authorities.publish(headquarters)
    for place, desk in enumerate((one, two)):
        authorities.lease(headquarters, desk.laptop, 1 + place * BLOCK, BLOCK)
        hand_over(headquarters, desk.laptop)
    key, passed = graduates(one.laptop, people)
    made = Centre(folder, headquarters, one, two, authorities, key, passed)
    made.exchange()
    try:
        yield made
    finally:
        for laptop in (headquarters, one.laptop, two.laptop):
            laptop.store.close()


def sent_whole(source: Laptop, target: Laptop) -> None:
    """Sends the source's own log from its beginning, as the sync does where hashes differ."""
    with source.store.write() as session:
        logs.sign(session.connection(), source.identity)
    with source.store.read() as session:
        heads = [head for head in logs.held(session.connection()) if head.signed_seq >= 0]
        runs = [laptops._run(session, head, -1) for head in heads]
    with target.store.write() as session:
        for run in runs:
            receive(session, run, target.identity.authority, [EVERYBODY, CENTRE])
