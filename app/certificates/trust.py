"""The trust file: which roots, authorities and status keys to believe; all a verifier must hold."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.certificates import cose, keys
from app.certificates.spelling import Spelling
from app.errors import Refused

CONTEXT = b"balai/trust/1\0"
COUNTER_MAX = (1 << 63) - 1
EPOCH_MAX = (1 << 32) - 1
_SPELLING = Spelling("trust-malformed", 262_144)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Authority:
    """A key that signs delegations, alive from `first_day` to `last_day` (days, both included).

    `genuine` is None for a healthy authority; for a compromised one the 12-byte hashes of the
    delegations it really gave.
    """

    public_key: bytes
    name: str
    first_day: int
    last_day: int
    genuine: frozenset[bytes] | None = None


@dataclass(frozen=True, slots=True)
class StatusKey:
    """A key that signs status lists of one epoch."""

    public_key: bytes
    epoch: int


@dataclass(frozen=True, slots=True)
class TrustFile:
    """What a trust file says; dates are days, `roots` public keys, `host` where QR codes lead."""

    counter: int
    dated: int
    next_update: int
    host: str
    roots: tuple[bytes, ...]
    authorities: tuple[Authority, ...]
    status_keys: tuple[StatusKey, ...]

    def authority(self, kid: bytes) -> Authority | None:
        """The authority of this kid."""
        return next((a for a in self.authorities if keys.kid(a.public_key) == kid), None)

    def status_key(self, kid: bytes) -> StatusKey | None:
        """The status key of this kid."""
        return next((s for s in self.status_keys if keys.kid(s.public_key) == kid), None)

    @property
    def epoch(self) -> int:
        """The highest epoch of its status keys, -1 if there is none."""
        return max((s.epoch for s in self.status_keys), default=-1)


@dataclass(frozen=True, slots=True)
class HeldTrust:
    """A trust file that verified: its content, its bytes, and the root that signed it."""

    file: TrustFile
    raw: bytes
    signer: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the file in hex: what two people compare by telephone."""
        return sha256(self.raw).hexdigest()


def build(root_key: Ed25519PrivateKey, file: TrustFile) -> bytes:
    """The file signed by a root; raises Refused("trust-malformed" | "trust-signer-unknown")."""
    payload = _SPELLING.encode(
        [
            file.counter,
            file.dated,
            file.next_update,
            file.host,
            list(file.roots),
            [_authority_items(a) for a in file.authorities],
            [[s.public_key, s.epoch] for s in file.status_keys],
        ]
    )
    raw = cose.sign(root_key, payload, CONTEXT)
    read(raw)
    return raw


def read(raw: bytes, roots: Collection[bytes] | None = None) -> HeldTrust:
    """The trust file, its signature verified; `roots` are the public keys the holder believes already.

    Without `roots` this is a first contact: the file must be signed by a root it names itself, and
    whoever handed it over vouches for it. Raises Refused with "trust-malformed", "trust-signer-unknown"
    or "trust-forged".
    """
    message = cose.parse(raw, _SPELLING, named=True)
    file = _content(message.payload)
    signer = next((r for r in file.roots if keys.kid(r) == message.kid), None)
    if signer is None or (roots is not None and signer not in roots):
        raise Refused("trust-signer-unknown")
    if not message.verifies(signer, CONTEXT):
        raise Refused("trust-forged")
    return HeldTrust(file, raw, signer)


def replace(held: HeldTrust, offered: bytes) -> HeldTrust:
    """The file to hold from now on: `offered` if it is newer and signed by a root the held file names.

    The very same file again changes nothing. Raises what `read` raises, Refused("trust-older") for a
    lower counter, Refused("trust-forked") for the same counter with other content.
    """
    if offered == held.raw:
        return held
    found = read(offered, held.file.roots)
    if found.file.counter < held.file.counter:
        raise Refused("trust-older", held=held.file.counter, offered=found.file.counter)
    if found.file.counter == held.file.counter:
        raise Refused("trust-forked", counter=held.file.counter)
    return found


def _authority_items(authority: Authority) -> list[object]:
    genuine = None if authority.genuine is None else _SPELLING.joined(authority.genuine)
    return [authority.public_key, authority.name, authority.first_day, authority.last_day, genuine]


def _content(payload: bytes) -> TrustFile:
    counter, dated, next_update, host, roots, authorities, status_keys = _SPELLING.array(
        _SPELLING.decode(payload), 7
    )
    file = TrustFile(
        _SPELLING.integer(counter, 1, COUNTER_MAX),
        _SPELLING.day(dated),
        _SPELLING.day(next_update),
        _host(host),
        tuple(_SPELLING.raw(root, 32) for root in _SPELLING.array(roots, 1, 4)),
        tuple(_authority(a) for a in _SPELLING.array(authorities, 0, 64)),
        tuple(_status_key(s) for s in _SPELLING.array(status_keys, 0, 16)),
    )
    _refuse_twins(file)
    return file


def _host(value: object) -> str:
    host = _SPELLING.text(value, 63)
    if not _HOST.fullmatch(host):
        raise Refused(_SPELLING.code)
    return host


def _authority(value: object) -> Authority:
    key, name, first, last, genuine = _SPELLING.array(value, 5)
    found = Authority(
        _SPELLING.raw(key, 32),
        _SPELLING.text(name, 40),
        _SPELLING.day(first),
        _SPELLING.day(last),
        None if genuine is None else frozenset(_SPELLING.hashes(genuine)),
    )
    if found.first_day > found.last_day:
        raise Refused(_SPELLING.code)
    return found


def _status_key(value: object) -> StatusKey:
    key, epoch = _SPELLING.array(value, 2)
    return StatusKey(_SPELLING.raw(key, 32), _SPELLING.integer(epoch, 0, EPOCH_MAX))


def _refuse_twins(file: TrustFile) -> None:
    """One key one role, one kid one key, one epoch one status key; and no update due before the file."""
    named = [
        *file.roots,
        *(a.public_key for a in file.authorities),
        *(s.public_key for s in file.status_keys),
    ]
    kids = {keys.kid(key) for key in named}
    epochs = {s.epoch for s in file.status_keys}
    if len(kids) != len(named) or len(epochs) != len(file.status_keys) or file.next_update < file.dated:
        raise Refused(_SPELLING.code)
