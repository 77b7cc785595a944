"""Who this machine is: its keys and its certificate, as the anchor keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.journal import device_certificate


@dataclass(frozen=True, slots=True)
class Identity:
    """A device's keys.

    `signing` signs logs and requests, `issuing` nothing but certificates, `box` opens what others
    seal for this device. `certificate` is headquarters' word on the signing key; `authority` is
    headquarters' public enrolment key (32 bytes) that such words are checked with.
    """

    device_id: bytes
    signing: Ed25519PrivateKey
    issuing: Ed25519PrivateKey
    box: X25519PrivateKey
    certificate: bytes
    authority: bytes

    @property
    def name(self) -> str:
        """What headquarters calls this machine."""
        return device_certificate.parse(self.certificate).name
