"""The delegation: an authority lets one device issue a block of serials for at most a year."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.certificates import cose
from app.certificates.spelling import Spelling, hash12
from app.errors import Refused

CONTEXT = b"balai/delegation/1\0"
LONGEST_LIFE = 366
LONGEST_BLOCK = 9_999
SEQUENCE_MAX = 9_999_999
CENTRE_MAX = 99_999
DEVICE_MAX = 65_535
SEQUENCES = 10_000_000
_SPELLING = Spelling("delegation-malformed", 300)


@dataclass(frozen=True, slots=True)
class Delegation:
    """What a delegation says. Days since 1970-01-01, both ends included; `first` is a sequence number."""

    issuing_key: bytes
    centre: int
    device: int
    not_before: int
    expires: int
    first: int
    count: int

    @property
    def last(self) -> int:
        """The last sequence number of the block."""
        return self.first + self.count - 1

    def covers(self, serial: int) -> bool:
        """Whether the serial (centre x 10^7 + sequence) belongs to this block."""
        centre, sequence = divmod(serial, SEQUENCES)
        return centre == self.centre and self.first <= sequence <= self.last

    def alive(self, day: int) -> bool:
        """Whether `day` lies in the delegation's life."""
        return self.not_before <= day <= self.expires


@dataclass(frozen=True, slots=True)
class SignedDelegation:
    """A delegation taken apart; `content` is to be believed once an authority's key verifies it."""

    content: Delegation
    message: cose.Signed
    digest: bytes

    @property
    def authority_kid(self) -> bytes:
        """The kid of the authority it claims to come from."""
        return self.message.kid or b""

    def verifies(self, authority_key: bytes) -> bool:
        """Whether the authority with this public key signed it."""
        return self.message.verifies(authority_key, CONTEXT)


def issue(
    authority_key: Ed25519PrivateKey,
    issuing_public_key: bytes,
    centre: int,
    device: int,
    not_before: int,
    expires: int,
    first: int,
    count: int,
) -> bytes:
    """A signed delegation; raises Refused("delegation-malformed") for values outside the format."""
    items = [issuing_public_key, centre, device, not_before, expires, first, count]
    payload = _SPELLING.encode(items)
    _content(payload)
    return cose.sign(authority_key, payload, CONTEXT)


def read(raw: bytes) -> SignedDelegation:
    """Takes a delegation apart, without verifying it; raises Refused("delegation-malformed")."""
    message = cose.parse(raw, _SPELLING, named=True)
    return SignedDelegation(_content(message.payload), message, hash12(raw))


def _content(payload: bytes) -> Delegation:
    key, centre, device, not_before, expires, first, count = _SPELLING.array(_SPELLING.decode(payload), 7)
    found = Delegation(
        _SPELLING.raw(key, 32),
        _SPELLING.integer(centre, 1, CENTRE_MAX),
        _SPELLING.integer(device, 1, DEVICE_MAX),
        _SPELLING.day(not_before),
        _SPELLING.day(expires),
        _SPELLING.integer(first, 1, SEQUENCE_MAX),
        _SPELLING.integer(count, 1, LONGEST_BLOCK),
    )
    if not 0 <= found.expires - found.not_before <= LONGEST_LIFE or found.last > SEQUENCE_MAX:
        raise Refused(_SPELLING.code)
    return found
