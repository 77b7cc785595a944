"""The database's key and its slots: how it can be had again, and by whom.

The key itself is 32 random bytes and stands nowhere in the clear. `balai.keys` beside the database
holds it wrapped once for each of: this machine (`system`: a secret in the system's key store;
`file`: one in the machine folder, where there is no key store), the recovery phrase that is printed
once (`phrase`), and headquarters' recovery key (`recovery`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import StorageTrouble

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12


class SlotKind(StrEnum):
    """For whom a slot wraps the key."""

    SYSTEM = "system"
    FILE = "file"
    PHRASE = "phrase"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Slot:
    """The key, wrapped; `public` is the ephemeral X25519 key of a recovery slot, else empty."""

    kind: SlotKind
    public: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The slots of one database, which they name by its random id (16 bytes)."""

    database: bytes
    slots: tuple[Slot, ...]

    def slot(self, kind: SlotKind) -> Slot | None:
        """The slot of that kind, None when there is none."""
        return next((slot for slot in self.slots if slot.kind is kind), None)

    def with_slot(self, slot: Slot) -> KeyFile:
        """The same with this slot in the place of any other of its kind."""
        others = tuple(other for other in self.slots if other.kind is not slot.kind)
        return KeyFile(self.database, (*others, slot))


def derived(secret: bytes, purpose: str) -> bytes:
    """A key for one purpose from a secret of full entropy (HKDF-SHA-256)."""
    return HKDF(hashes.SHA256(), KEY_BYTES, None, f"balai/{purpose}/1".encode()).derive(secret)


def wrap(kind: SlotKind, secret: bytes, database: bytes, key: bytes) -> Slot:
    """A slot that opens with `secret` (16 random bytes or more)."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = ChaCha20Poly1305(derived(secret, f"slot-{kind}")).encrypt(nonce, key, database)
    return Slot(kind, b"", nonce, sealed)


def unwrap(slot: Slot, secret: bytes, database: bytes) -> bytes:
    """The key; raises StorageTrouble('database-key-wrong')."""
    try:
        return ChaCha20Poly1305(derived(secret, f"slot-{slot.kind}")).decrypt(
            slot.nonce, slot.wrapped, database
        )
    except (InvalidTag, ValueError, TypeError) as fault:  # the latter two where the slot itself is damaged
        raise StorageTrouble("database-key-wrong") from fault


def wrap_for_recovery(public: bytes, database: bytes, key: bytes) -> Slot:
    """A slot that headquarters' recovery key (raw X25519 public key) opens."""
    once = X25519PrivateKey.generate()
    secret = once.exchange(X25519PublicKey.from_public_bytes(public))
    made = wrap(SlotKind.RECOVERY, secret, database, key)
    return Slot(made.kind, once.public_key().public_bytes_raw(), made.nonce, made.wrapped)


def unwrap_for_recovery(slot: Slot, private: X25519PrivateKey, database: bytes) -> bytes:
    """The key, by headquarters' recovery key; raises StorageTrouble('database-key-wrong')."""
    return unwrap(slot, private.exchange(X25519PublicKey.from_public_bytes(slot.public)), database)


def pack(file: KeyFile) -> bytes:
    """The key file's bytes."""
    slots = [[slot.kind.value, slot.public, slot.nonce, slot.wrapped] for slot in file.slots]
    return cbor2.dumps([VERSION, file.database, slots])


def parse(content: bytes) -> KeyFile:
    """What the key file says; raises StorageTrouble('key-file-damaged')."""
    try:
        version, database, slots = cbor2.loads(content)
        if version != VERSION:
            raise StorageTrouble("key-file-newer")
        return KeyFile(database, tuple(Slot(SlotKind(kind), *rest) for kind, *rest in slots))
    except (ValueError, TypeError, cbor2.CBORDecodeError) as fault:
        raise StorageTrouble("key-file-damaged") from fault
