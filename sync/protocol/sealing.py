"""Sealing for one recipient: X25519, HKDF-SHA-256 and ChaCha20-Poly1305, with a key for one use only."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
ONCE = bytes(12)


class Unsealable(Exception):
    """The key does not fit or the bytes were changed; which of the two cannot be known."""


def agreed_key(private: X25519PrivateKey, public: bytes, info: bytes) -> bytes:
    """The 32-byte key both sides reach; `info` binds it to its purpose. Raises Unsealable for a bad point."""
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as fault:
        raise Unsealable from fault
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=info).derive(shared)


def seal(key: bytes, plaintext: bytes) -> bytes:
    """The plaintext under a key that is used this once (hence nonce 0)."""
    return ChaCha20Poly1305(key).encrypt(ONCE, plaintext, None)


def unseal(key: bytes, sealed: bytes) -> bytes:
    """The plaintext; raises Unsealable."""
    try:
        return ChaCha20Poly1305(key).decrypt(ONCE, sealed, None)
    except InvalidTag as fault:
        raise Unsealable from fault
