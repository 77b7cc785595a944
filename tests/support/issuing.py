"""The keys behind certificates: a root, an authority, a trust file, and serials leased to a laptop."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.actions import attendance, decisions, results
from app.actions.certificates import Issuer
from app.certificates import delegation, keys, trust
from app.certificates.trust import Authority, HeldTrust, StatusKey, TrustFile
from app.domain.attendance import Status
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.results import ResultEntry
from app.storage.base import days
from app.storage.journal import Draft, record
from tests.support.class_of import class_of, fresh_code
from tests.support.laptop import EVERYBODY, TODAY, Laptop

HOST = "sertifikat.example.id"
LIFE = (days(TODAY) - 30, days(TODAY) + 300)


@dataclass(slots=True)
class Authorities:
    """Headquarters' keys for certificates."""

    root: Ed25519PrivateKey = field(default_factory=keys.generate)
    authority: Ed25519PrivateKey = field(default_factory=keys.generate)
    status: Ed25519PrivateKey = field(default_factory=keys.generate)

    def trust(self) -> HeldTrust:
        """The trust file that names them."""
        known = Authority(keys.public(self.authority), "Kemnaker", *LIFE)
        status = StatusKey(keys.public(self.status), 1)
        file = TrustFile(1, LIFE[0], LIFE[1], HOST, (keys.public(self.root),), (known,), (status,))
        return trust.read(trust.build(self.root, file))

    def publish(self, headquarters: Laptop) -> None:
        """Send the trust file to everybody."""
        with headquarters.write() as session:
            record(session, Draft("trust_file", (1,), {"file": (self.trust().raw,)}), scope=EVERYBODY)

    def lease(self, headquarters: Laptop, laptop: Laptop, first: int, count: int) -> None:
        """Let the laptop issue a block of serials."""
        given = delegation.issue(
            self.authority, keys.public(laptop.identity.issuing), laptop.centre, 1, *LIFE, first, count
        )
        block = {"delegation": (laptop.identity.device_id, count, given)}
        with headquarters.write() as session:
            record(session, Draft("delegation", (laptop.centre, first), block), scope=laptop.centre)


def issuer(laptop: Laptop, floor: int = 0) -> Issuer:
    """The laptop as an issuer."""
    return Issuer(laptop.identity.device_id, laptop.identity.issuing, floor)


def graduates(laptop: Laptop, passed: int, failed: int = 0) -> tuple[ClassKey, list[ParticipantId]]:
    """A class in which the first so many have passed and the others were absent, decided by the rule."""
    key, people = class_of(laptop, passed + failed, 1, fresh_code())
    with laptop.write() as session:
        here = {who: MarkEntry(Status.PRESENT) for who in people[:passed]}
        away = {who: MarkEntry(Status.ABSENT) for who in people[passed:]}
        attendance.finalise(session, key, 1, here | away)
        modules = ("KWU-01", "KWU-02")
        entries = [ResultEntry(who, module, post=8_500) for who in people for module in modules]
        results.record_many(session, key, entries)
        decisions.decide(session, key, TODAY)
    return key, people
