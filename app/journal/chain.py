"""The hash chain of a log, and the signed points on it.

    inner_n = SHA-256(salt || change)          the salt is empty unless the change is personal
    h_n     = SHA-256(h_(n-1) || inner_n)      h_(-1) is 32 zero bytes
    point   = Ed25519("balai/point/1\\0" || log || seq || h_seq)

The log id is the first 8 bytes of h_0, so a log belongs to the key named in its opening.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

GENESIS = bytes(32)
SALT_BYTES = 16
POINT_CONTEXT = b"balai/point/1\0"


class Entry(NamedTuple):
    """One link: the salt (16 bytes or empty) and the change's bytes; or, once erased, `inner` alone."""

    salt: bytes
    body: bytes | None
    inner: bytes


class Point(NamedTuple):
    """The owner's signature (64 bytes) over the chain up to and including `seq`."""

    seq: int
    signature: bytes


def entry(salt: bytes, body: bytes) -> Entry:
    """The link for a change; `salt` is empty or 16 random bytes."""
    return Entry(salt, body, sha256(salt + body).digest())


def erased(inner: bytes) -> Entry:
    """The link for a change whose content was erased: only its inner hash is left."""
    return Entry(b"", None, inner)


def walk(previous: bytes, entries: Iterable[Entry]) -> list[bytes]:
    """The chain hashes h after each entry, beginning after the hash `previous`."""
    hashes = []
    for link in entries:
        previous = sha256(previous + link.inner).digest()
        hashes.append(previous)
    return hashes


def log_id(first_hash: bytes) -> bytes:
    """A log's id from the hash of its opening."""
    return first_hash[:8]


def sign_point(key: Ed25519PrivateKey, log: bytes, seq: int, chain_hash: bytes) -> Point:
    """A signed point at `seq`."""
    return Point(seq, key.sign(_point_bytes(log, seq, chain_hash)))


def point_holds(key: Ed25519PublicKey, log: bytes, point: Point, chain_hash: bytes) -> bool:
    """Whether the log's owner signed this very chain."""
    try:
        key.verify(point.signature, _point_bytes(log, point.seq, chain_hash))
    except InvalidSignature:
        return False
    return True


def _point_bytes(log: bytes, seq: int, chain_hash: bytes) -> bytes:
    return POINT_CONTEXT + log + seq.to_bytes(8, "big") + chain_hash
