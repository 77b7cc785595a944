"""Logs written by hand: any change whatever, on any branch, as runs that a database may take or refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.journal import chain, change, device_certificate
from app.journal.alike import Alike
from app.journal.chain import Entry, Point
from app.journal.change import Change, Ref, Value
from app.journal.device_certificate import DeviceCertificate, DeviceKind
from app.storage.identity import Identity
from app.storage.receiving import Run

CENTRE = 10009
WALL = 1_790_000_000_000


def identity(
    authority: Ed25519PrivateKey,
    centre: int = CENTRE,
    kind: DeviceKind = DeviceKind.CENTRE,
    expires: int = 60_000,
    signing: Ed25519PrivateKey | None = None,
) -> Identity:
    """A device that the authority vouches for, until the day `expires` (since 1970)."""
    signing = signing or Ed25519PrivateKey.generate()
    public = signing.public_key().public_bytes_raw()
    vouched = DeviceCertificate(public, centre, 1, kind, 0, expires, "Laptop")
    return Identity(
        device_certificate.device_id(public),
        signing,
        Ed25519PrivateKey.generate(),
        X25519PrivateKey.generate(),
        device_certificate.sign(authority, vouched),
        authority.public_key().public_bytes_raw(),
    )


@dataclass(slots=True, repr=False)
class HandLog:
    """One chain of a log: its changes with their links and hashes, from the opening on."""

    signing: Ed25519PrivateKey
    changes: list[Change | None] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)

    @property
    def log(self) -> bytes:
        """The log's id."""
        return chain.log_id(self.hashes[0])

    def write(self, made: Change, salt: bytes = b"") -> Ref:
        """Append a change; returns what others name it by."""
        link = chain.entry(salt, change.pack(made))
        self._append(made, link)
        return self.ref(len(self.changes) - 1)

    def ref(self, seq: int) -> Ref:
        """What others name a change by."""
        return Ref(self.log, seq, self.hashes[seq][:4])

    def erase(self, seq: int) -> None:
        """Forget a change's content, as an erasure does; its chain stays."""
        self.changes[seq] = None
        self.entries[seq] = chain.erased(self.entries[seq].inner)

    def branch(self, seq: int) -> HandLog:
        """The same log up to `seq`, to be continued otherwise: what a clone of the machine writes."""
        keep = seq + 1
        return HandLog(self.signing, self.changes[:keep], self.entries[:keep], self.hashes[:keep])

    def run(self, first: int = 0, last: int | None = None, points: Sequence[int] | None = None) -> Run:
        """The changes first..last, signed at `points` (by default at the last)."""
        stop = len(self.changes) if last is None else last + 1
        signed = [stop - 1] if points is None else points
        return Run(
            self.log,
            first,
            self.hashes[first - 1] if first else chain.GENESIS,
            self.entries[first:stop],
            self.changes[first:stop],
            [self.point(seq) for seq in signed],
            alike(self.changes[first:stop]),
        )

    def point(self, seq: int) -> Point:
        """The owner's signature at `seq`."""
        return chain.sign_point(self.signing, self.log, seq, self.hashes[seq])

    def _append(self, made: Change, link: Entry) -> None:
        self.changes.append(made)
        self.entries.append(link)
        self.hashes += chain.walk(self.hashes[-1] if self.hashes else chain.GENESIS, [link])


def opened(who: Identity, scope: int = CENTRE, wall: int = WALL, nonce: bytes = b"n" * 16) -> HandLog:
    """A new log of a device; with the same nonce it is the same log."""
    log = HandLog(who.signing)
    log.write(Change(0, (), {1: (who.certificate, scope, None, nonce)}, (), None, wall))
    return log


def mark(
    status: str, *replaces: Ref, participant: bytes = b"p" * 16, wall: int = WALL, number: int = 1
) -> Change:
    """A mark in session `number` of class KWU-1."""
    key = (CENTRE, "KWU-1", number, participant)
    groups: dict[int, tuple[Value, ...]] = {1: (status, None)}
    return Change(6, key, groups, tuple(sorted(replaces)), b"a" * 16, wall)


def run_of(log: bytes, entries: Sequence[Entry], points: Sequence[Point]) -> Run:
    """A whole log read out of a database, as a run."""
    made = [None if entry.body is None else change.parse(entry.body) for entry in entries]
    return Run(log, 0, chain.GENESIS, entries, made, points)


def alike(made: Sequence[Change | None]) -> list[Alike]:
    """The changes that replace nothing as columns, as a frame gives them."""
    kinds: dict[object, list[int]] = {}
    for place, one in enumerate(made):
        if one is not None and not one.replaces:
            sizes = tuple((number, len(values)) for number, values in sorted(one.groups.items()))
            kinds.setdefault((one.entity, len(one.key), sizes), []).append(place)
    return [_columns(places, [one for place in places if (one := made[place])]) for places in kinds.values()]


def _columns(places: Sequence[int], made: Sequence[Change]) -> Alike:
    groups = {
        number: list(zip(*(one.groups[number] for one in made), strict=True)) for number in made[0].groups
    }
    key = list(zip(*(one.key for one in made), strict=True))
    return Alike(places, made[0].entity, key, groups, [one.wall for one in made])


def tampered(run: Run, **changed: object) -> Run:
    """The run with something in it replaced."""
    return replace(run, **changed)  # type: ignore[arg-type]  # the tests name fields of Run
