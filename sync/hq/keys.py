"""Headquarters' keys, one file each, readable by the server's own user alone.

root        signs trust files; move it to a stick in a safe and give it to `authority sign --root`
standby     a second root, named in every trust file from the first day; likewise
authority   signs delegations          status      signs status lists
enrolment   signs device certificates  signing     signs headquarters' own logs
box         opens bundles              recovery    opens laptops' key files; keep it away, too
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.certificates import keys as certificate_keys
from app.certificates.keys import Purpose
from app.errors import StorageTrouble
from app.storage.files import write_durably

FOLDER = "keys"
SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys the running server needs; the roots and the recovery key are read when they are used."""

    authority: Ed25519PrivateKey
    status: Ed25519PrivateKey
    enrolment: Ed25519PrivateKey
    signing: Ed25519PrivateKey
    box: X25519PrivateKey
    recovery_public: bytes

    @property
    def enrolment_public(self) -> bytes:
        """The raw key everybody judges device certificates by."""
        return self.enrolment.public_key().public_bytes_raw()


def create(folder: Path) -> None:
    """Make all keys in the folder, none of which may be there yet."""
    place = folder / FOLDER
    for name in ("root", "standby"):
        _write(
            place / f"{name}.key", certificate_keys.to_file(certificate_keys.generate(), Purpose.ROOT, None)
        )
    for purpose in (Purpose.AUTHORITY, Purpose.STATUS):
        content = certificate_keys.to_file(certificate_keys.generate(), purpose, None)
        _write(place / f"{purpose}.key", content)
    for name in ("enrolment", "signing"):
        _write(place / f"{name}.key", _hex(Ed25519PrivateKey.generate().private_bytes_raw()))
    recovery = X25519PrivateKey.generate()
    _write(place / "box.key", _hex(X25519PrivateKey.generate().private_bytes_raw()))
    _write(place / "recovery.key", _hex(recovery.private_bytes_raw()))
    _write(place / "recovery.pub", _hex(recovery.public_key().public_bytes_raw()))
    for name in ("root", "standby"):
        public = certificate_keys.public(root(folder, name))
        _write(place / f"{name}.pub", _hex(public))


def load(folder: Path) -> Keys:
    """The keys; raises StorageTrouble('hq-key-missing' | 'hq-key-damaged')."""
    place = folder / FOLDER
    return Keys(
        certificate_keys.from_file(_read(place / "authority.key"), Purpose.AUTHORITY, None),
        certificate_keys.from_file(_read(place / "status.key"), Purpose.STATUS, None),
        Ed25519PrivateKey.from_private_bytes(_seed(place / "enrolment.key")),
        Ed25519PrivateKey.from_private_bytes(_seed(place / "signing.key")),
        X25519PrivateKey.from_private_bytes(_seed(place / "box.key")),
        _seed(place / "recovery.pub"),
    )


def root(folder: Path, name: str = "root", passphrase: bytes | None = None) -> Ed25519PrivateKey:
    """A root key by its file in the key folder, or by a path elsewhere (a stick from the safe).

    Raises StorageTrouble('hq-key-missing') and what `app.certificates.keys.from_file` refuses.
    """
    path = folder / FOLDER / f"{name}.key" if "/" not in name and "\\" not in name else Path(name)
    return certificate_keys.from_file(_read(path), Purpose.ROOT, passphrase)


def root_publics(folder: Path) -> tuple[bytes, bytes]:
    """The raw public keys of both roots."""
    place = folder / FOLDER
    return _seed(place / "root.pub"), _seed(place / "standby.pub")


def _write(path: Path, content: bytes) -> None:
    write_durably(path, content, 0o600)


def _hex(seed: bytes) -> bytes:
    return seed.hex().encode() + b"\n"


def _seed(path: Path) -> bytes:
    try:
        seed = bytes.fromhex(_read(path).decode("ascii"))
    except ValueError as fault:
        raise StorageTrouble("hq-key-damaged", path=str(path)) from fault
    if len(seed) != SEED_BYTES:
        raise StorageTrouble("hq-key-damaged", path=str(path))
    return seed


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise StorageTrouble("hq-key-missing", path=str(path)) from fault
