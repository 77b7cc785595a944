"""Ed25519 keys of the certificate chain: made, named, kept, and each for one purpose only."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.errors import Refused

SEED = 32
KID = 4
_FIRST_LINE = "Balai key, purpose: "


class Purpose(StrEnum):
    """What a key signs; it signs nothing else."""

    ROOT = "root"
    AUTHORITY = "authority"
    STATUS = "status"
    ISSUING = "issuing"


def generate() -> Ed25519PrivateKey:
    """A new private key from the system's randomness."""
    return Ed25519PrivateKey.generate()


def from_seed(seed: bytes) -> Ed25519PrivateKey:
    """The private key of a 32-byte seed, as `seed` gives it; raises Refused("key-malformed")."""
    if len(seed) != SEED:
        raise Refused("key-malformed")
    return Ed25519PrivateKey.from_private_bytes(seed)


def seed(key: Ed25519PrivateKey) -> bytes:
    """The key as 32 secret bytes, to be kept where the caller keeps secrets."""
    return key.private_bytes_raw()


def public(key: Ed25519PrivateKey) -> bytes:
    """The public key, 32 bytes."""
    return key.public_key().public_bytes_raw()


def kid(public_key: bytes) -> bytes:
    """The key's short name: first 4 bytes of its SHA-256. Finds a key, proves nothing."""
    return sha256(public_key).digest()[:KID]


def to_file(key: Ed25519PrivateKey, purpose: Purpose, passphrase: bytes | None) -> bytes:
    """The key as text: PKCS #8 PEM below a line with its purpose, encrypted if a passphrase is given."""
    lock: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        lock = serialization.BestAvailableEncryption(passphrase)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
    return f"{_FIRST_LINE}{purpose}\n".encode() + pem


def from_file(content: bytes, purpose: Purpose, passphrase: bytes | None) -> Ed25519PrivateKey:
    """The key in a file made by `to_file`.

    Raises Refused("key-other-purpose") when the file says another purpose, Refused("key-locked") when
    the passphrase is missing or wrong, Refused("key-malformed") for anything that is no such file.
    """
    first, _, pem = content.partition(b"\n")
    if not first.startswith(_FIRST_LINE.encode()):
        raise Refused("key-malformed")
    if first != f"{_FIRST_LINE}{purpose}".encode():
        raise Refused("key-other-purpose", purpose=purpose.value)
    locked = b"ENCRYPTED" in pem
    try:
        key = serialization.load_pem_private_key(pem, passphrase if locked else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise Refused("key-locked" if locked else "key-malformed") from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused("key-malformed")
    return key
