"""Where a machine keeps the secret that opens its own slot: the system's key store, else a file."""

from __future__ import annotations

import os
from pathlib import Path

from app.errors import StorageTrouble
from app.storage.files import write_durably
from app.storage.keys import SlotKind

SERVICE = "balai"
SECRET_BYTES = 32


def keep(machine: Path, database: bytes) -> tuple[SlotKind, bytes]:
    """Make and keep a secret for the database; says where it is kept, and the secret.

    `BALAI_KEY_STORE=file` asks for the file even where there is a key store.
    """
    secret = os.urandom(SECRET_BYTES)
    if os.environ.get("BALAI_KEY_STORE") != "file" and _store(database, secret):
        return SlotKind.SYSTEM, secret
    write_durably(machine / "secret", secret)
    return SlotKind.FILE, _with_passphrase(secret)


def recall(kind: SlotKind, machine: Path, database: bytes) -> bytes:
    """The secret that was kept; raises StorageTrouble('key-store-lost')."""
    if kind is SlotKind.FILE:
        try:
            return _with_passphrase((machine / "secret").read_bytes())
        except OSError as fault:
            raise StorageTrouble("key-store-lost") from fault
    found = _fetch(database)
    if found is None:
        raise StorageTrouble("key-store-lost")
    return found


def _with_passphrase(secret: bytes) -> bytes:
    """The file's secret, bound to BALAI_PASSPHRASE where one is set (Argon2id, RFC 9106's second choice)."""
    passphrase = os.environ.get("BALAI_PASSPHRASE", "")
    if not passphrase:
        return secret
    from argon2.low_level import Type, hash_secret_raw  # seldom needed, and a window's start waits for it

    return hash_secret_raw(passphrase.encode(), secret, 3, 65536, 4, SECRET_BYTES, Type.ID)


def _store(database: bytes, secret: bytes) -> bool:
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, database.hex(), secret.hex())
        return keyring.get_password(SERVICE, database.hex()) == secret.hex()
    except (KeyringError, RuntimeError):
        return False


def _fetch(database: bytes) -> bytes | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password(SERVICE, database.hex())
    except (KeyringError, RuntimeError):
        return None
    return None if found is None else bytes.fromhex(found)
