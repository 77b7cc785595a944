"""The certificate as signed bytes: what is certified, by which device, under which delegation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.certificates import backpage, cose, delegation, keys
from app.certificates.spelling import Spelling, hash12
from app.domain.numbering import NUMBER_LENGTH
from app.errors import Refused

CONTEXT = b"balai/certificate/1\0"
LIMIT = 1_600
SERIAL_MAX = 999_999_999_999
_SPELLING = Spelling("certificate-malformed", LIMIT)
_BUILDING = Spelling("certificate-content-invalid", LIMIT)


class Result(IntEnum):
    """What is certified; LULUS is the only one there is."""

    LULUS = 1


@dataclass(frozen=True, slots=True)
class Certified:
    """The signed fields. Days since 1970-01-01; `days` counts calendar days, first and last included.

    `dated` is the day printed over the signature, `signed` the device's day when it signed; `back` the
    digest of the back page (16 bytes); `number` the official number if typed by hand, else None.
    """

    serial: int
    name: str
    birth_date: int
    programme: str
    jp: int
    first_day: int
    days: int
    dated: int
    signed: int
    result: Result
    back: bytes
    number: str | None

    @property
    def last_day(self) -> int:
        """The last day of the training."""
        return self.first_day + self.days - 1


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate taken apart; `content` is to be believed once the chain verifies."""

    content: Certified
    delegation: delegation.SignedDelegation
    message: cose.Signed
    external_aad: bytes
    digest: bytes

    def verifies(self) -> bool:
        """Whether the device named in the delegation signed it."""
        return self.message.verifies(self.delegation.content.issuing_key, self.external_aad)


def issue(
    issuing_key: Ed25519PrivateKey,
    delegated: bytes,
    *,
    serial: int,
    name: str,
    birth_date: int,
    programme: str,
    jp: int,
    first_day: int,
    days: int,
    dated: int,
    signed: int,
    back: bytes,
    number: str | None = None,
    result: Result = Result.LULUS,
) -> bytes:
    """A signed certificate; `back` is the back page itself, not its digest.

    The same arguments give the same bytes. Raises Refused with "certificate-content-invalid" (a value
    outside the format), "certificate-back-invalid", "delegation-malformed", "delegation-other-key",
    "delegation-serial-outside" or "delegation-day-outside": what would not verify is not issued.
    """
    held = delegation.read(delegated).content
    if keys.public(issuing_key) != held.issuing_key:
        raise Refused("delegation-other-key")
    items = [serial, name, birth_date, programme, jp, first_day, days, dated, signed, int(result)]
    payload = _BUILDING.encode([*items, backpage.digest(back), number])
    content = _content(payload, _BUILDING)
    _refuse_foreign_back(back)
    if not held.covers(content.serial):
        raise Refused("delegation-serial-outside", serial=content.serial)
    if not held.alive(content.signed):
        raise Refused("delegation-day-outside")
    raw = cose.sign_riding(issuing_key, payload, external_aad(delegated), delegated)
    if len(raw) > LIMIT:
        raise Refused(_BUILDING.code)
    return raw


def read(raw: bytes) -> Credential:
    """Takes a certificate apart, without verifying it; raises Refused("certificate-malformed")."""
    message = cose.parse(raw, _SPELLING, named=False)
    riding = message.riding or b""
    try:
        held = delegation.read(riding)
    except Refused as fault:
        raise Refused(_SPELLING.code) from fault
    return Credential(_content(message.payload, _SPELLING), held, message, external_aad(riding), digest(raw))


def digest(raw: bytes) -> bytes:
    """The certificate's name in status lists and in headquarters' register: 12 bytes."""
    return hash12(raw)


def external_aad(delegated: bytes) -> bytes:
    """What a certificate's signature covers besides its payload: the context and the delegation's hash."""
    return CONTEXT + sha256(delegated).digest()


def _refuse_foreign_back(back: bytes) -> None:
    try:
        backpage.read(back)
    except Refused as fault:
        raise Refused("certificate-back-invalid") from fault


def _content(payload: bytes, spelling: Spelling) -> Certified:
    items = spelling.array(spelling.decode(payload), 12)
    serial = spelling.integer(items[0], delegation.SEQUENCES + 1, SERIAL_MAX)
    if serial % delegation.SEQUENCES == 0:
        raise Refused(spelling.code)
    return Certified(
        serial,
        spelling.text(items[1], 120),
        spelling.day(items[2]),
        spelling.text(items[3], 160),
        spelling.integer(items[4], 1, 9_999),
        spelling.day(items[5]),
        spelling.integer(items[6], 1, 3_660),
        spelling.day(items[7]),
        spelling.day(items[8]),
        Result(spelling.integer(items[9], min(Result), max(Result))),
        spelling.raw(items[10], backpage.DIGEST),
        None if items[11] is None else spelling.text(items[11], NUMBER_LENGTH),
    )
