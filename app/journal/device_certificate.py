"""The device certificate: headquarters' word that a signing key belongs to a device of a centre.

It stands in the opening of each of the device's logs and in the header of its bundles, so that
anyone who knows headquarters' enrolment key can judge whose changes they are, offline and years
later. docs/formats/sync.md, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app import cbor
from app.errors import Refused

CONTEXT = b"balai/device/1\0"
VERSION = 1
DEVICE_ID_BYTES = 8
KEY_BYTES = 32
SIGNATURE_BYTES = 64
MAX_BYTES = 1_024  # the longest name takes 480
MAX_NAME = 120
EVERYBODY = 0
HEADQUARTERS_ONLY = 1


class DeviceKind(IntEnum):
    """What a device may write: a centre's scope, or headquarters' scopes and any centre's."""

    CENTRE = 0
    HEADQUARTERS = 1


@dataclass(frozen=True, slots=True)
class DeviceCertificate:
    """The signed facts. `public_key` is raw Ed25519; `not_before` and `expires` are days since 1970-01-01."""

    public_key: bytes
    centre: int
    number: int
    kind: DeviceKind
    not_before: int
    expires: int
    name: str

    @property
    def device_id(self) -> bytes:
        """The device's id, 8 bytes."""
        return device_id(self.public_key)

    def may_write(self, scope: int) -> bool:
        """Whether a log of this device may be in the scope (0 everybody, 1 headquarters, else a centre)."""
        if self.kind is DeviceKind.HEADQUARTERS:
            return True
        return scope == self.centre and scope > HEADQUARTERS_ONLY

    def alive(self, day: int) -> bool:
        """Whether the certificate covers the day; an expired one opens no log and gets nothing down."""
        return self.not_before <= day <= self.expires


def device_id(public_key: bytes) -> bytes:
    """The first 8 bytes of SHA-256 over the raw signing key."""
    return sha256(public_key).digest()[:DEVICE_ID_BYTES]


def build(certificate: DeviceCertificate) -> bytes:
    """The payload that headquarters signs."""
    return cbor.dumps(
        [
            VERSION,
            certificate.public_key,
            certificate.centre,
            certificate.number,
            int(certificate.kind),
            certificate.not_before,
            certificate.expires,
            certificate.name,
        ]
    )


def sign(key: Ed25519PrivateKey, certificate: DeviceCertificate) -> bytes:
    """The certificate's bytes, signed with headquarters' enrolment key."""
    payload = build(certificate)
    return cbor.dumps([payload, key.sign(CONTEXT + payload)])


def parse(data: bytes) -> DeviceCertificate:
    """What the bytes say, without judging the signature; raises Refused('device-certificate-invalid')."""
    payload, _ = _split(data)
    items = _strict(payload)
    if not _sound(items):
        raise Refused("device-certificate-invalid")
    return DeviceCertificate(items[1], items[2], items[3], DeviceKind(items[4]), *items[5:])


def verify(data: bytes, enrolment_key: bytes) -> DeviceCertificate:
    """What the bytes say, if headquarters signed them.

    `enrolment_key` is headquarters' raw public enrolment key. Raises
    Refused('device-certificate-invalid') for other bytes, Refused('device-certificate-foreign') when
    somebody else signed them.
    """
    certificate = parse(data)
    payload, signature = _split(data)
    try:
        Ed25519PublicKey.from_public_bytes(enrolment_key).verify(signature, CONTEXT + payload)
    except (InvalidSignature, ValueError) as fault:
        raise Refused("device-certificate-foreign") from fault
    return certificate


def _split(data: bytes) -> tuple[bytes, bytes]:
    items = _strict(data)
    sound = (
        len(items) == 2
        and all(isinstance(item, bytes) for item in items)
        and len(items[1]) == SIGNATURE_BYTES
    )
    if not sound:
        raise Refused("device-certificate-invalid")
    return items[0], items[1]


def _strict(data: bytes) -> list:  # type: ignore[type-arg]  # decoded CBOR, checked by the callers
    try:
        items = cbor.loads(data) if len(data) <= MAX_BYTES else None
    except ValueError as fault:
        raise Refused("device-certificate-invalid") from fault
    if not isinstance(items, list):
        raise Refused("device-certificate-invalid")
    return items


def _sound(items: list) -> bool:  # type: ignore[type-arg]  # decoded CBOR
    if len(items) != 8 or items[0] != VERSION:
        return False
    _, key, *numbers, name = items
    return (
        isinstance(key, bytes)
        and len(key) == KEY_BYTES
        and all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 1 << 32 for n in numbers)
        and numbers[2] in tuple(DeviceKind)
        and isinstance(name, str)
        and len(name) <= MAX_NAME
    )
