"""The anchor: what a machine must remember outside its database, so that a restored or copied
database is noticed.

It holds the device's private keys, how far its own logs had gone, and the highest serial issued. It
lies in the machine folder, sealed with a key derived from the database's, and is advanced durably
before anything leaves the machine (a request, a bundle, a print).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.errors import StorageTrouble
from app.journal.device_certificate import device_id
from app.storage.files import write_durably
from app.storage.identity import Identity
from app.storage.keys import NONCE_BYTES, derived

VERSION = 1
NAME = "anchor"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The keys, each own log's last known (seq, chain hash), the highest serial and the last instant seen.

    `issued_at` is the wall time (ms) of the latest issue, `certified_at` headquarters' last own time.
    """

    identity: Identity
    logs: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    highest_serial: int = 0
    issued_at: int = 0
    certified_at: int = 0

    def joined(self, other: Anchor) -> Anchor:
        """What either of the two remembers of one machine."""
        return self.advanced(other.logs, other.highest_serial, other.issued_at, other.certified_at)

    def advanced(
        self, logs: dict[bytes, tuple[int, bytes]], serial: int = 0, issued: int = 0, certified: int = 0
    ) -> Anchor:
        """The same, further on; nothing ever goes back."""
        further = {log: head for log, head in logs.items() if head[0] >= self.logs.get(log, (-1, b""))[0]}
        return replace(
            self,
            logs={**self.logs, **further},
            highest_serial=max(self.highest_serial, serial),
            issued_at=max(self.issued_at, issued),
            certified_at=max(self.certified_at, certified),
        )


def save(folder: Path, key: bytes, anchor: Anchor) -> None:
    """Write the anchor durably; `key` is the database's. Raises StorageTrouble."""
    who = anchor.identity
    plain = cbor2.dumps(
        [
            VERSION,
            who.signing.private_bytes_raw(),
            who.issuing.private_bytes_raw(),
            who.box.private_bytes_raw(),
            who.certificate,
            who.authority,
            {log: list(head) for log, head in anchor.logs.items()},
            anchor.highest_serial,
            anchor.issued_at,
            anchor.certified_at,
        ]
    )
    nonce = secrets.token_bytes(NONCE_BYTES)
    write_durably(folder / NAME, nonce + ChaCha20Poly1305(derived(key, "anchor")).encrypt(nonce, plain, None))


def load(folder: Path, key: bytes) -> Anchor | None:
    """The anchor; None where there is none (a copied database). Raises StorageTrouble('anchor-damaged')."""
    try:
        sealed = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise StorageTrouble("anchor-damaged") from fault
    try:
        plain = ChaCha20Poly1305(derived(key, "anchor")).decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None
        )
    except (InvalidTag, ValueError) as fault:
        raise StorageTrouble("anchor-damaged") from fault
    return _parse(cbor2.loads(plain))


def _parse(items: list) -> Anchor:  # type: ignore[type-arg]  # our own CBOR, authenticated just before
    signing = Ed25519PrivateKey.from_private_bytes(items[1])
    identity = Identity(
        device_id(signing.public_key().public_bytes_raw()),
        signing,
        Ed25519PrivateKey.from_private_bytes(items[2]),
        X25519PrivateKey.from_private_bytes(items[3]),
        items[4],
        items[5],
    )
    return Anchor(identity, {log: (head[0], head[1]) for log, head in items[6].items()}, *items[7:])
