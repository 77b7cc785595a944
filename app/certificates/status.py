"""The status list: what is revoked and why, and of compromised delegations what still counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.certificates import cose
from app.certificates.credential import SERIAL_MAX
from app.certificates.delegation import SEQUENCES
from app.certificates.spelling import HASH12, Spelling
from app.certificates.trust import COUNTER_MAX, EPOCH_MAX, TrustFile
from app.errors import Refused

CONTEXT = b"balai/status/1\0"
_SPELLING = Spelling("status-malformed", 4 << 20)
_ENTRIES_MAX = 1 << 20
_Name = TypeVar("_Name")


class Reason(StrEnum):
    """Why a certificate no longer counts; in the order in which the list holds them."""

    ERROR = "error"
    SUPERSEDED = "superseded"
    FRAUD = "fraud"


@dataclass(frozen=True, slots=True)
class StatusList:
    """What a status list says; days since 1970-01-01.

    `serials` and `hashes` (12 bytes, `credential.digest`) are revoked with their reason; of the
    delegations in `compromised` (12-byte hashes) only the certificates listed there still count.
    """

    epoch: int
    number: int
    dated: int
    next_update: int
    serials: Mapping[int, Reason] = field(default_factory=dict)
    hashes: Mapping[bytes, Reason] = field(default_factory=dict)
    compromised: Mapping[bytes, frozenset[bytes]] = field(default_factory=dict)

    @property
    def counter(self) -> tuple[int, int]:
        """(epoch, number): never goes down."""
        return self.epoch, self.number

    def revoked(self, serial: int, digest: bytes) -> Reason | None:
        """Why this certificate is revoked, None if it is not."""
        return self.hashes.get(digest) or self.serials.get(serial)

    def disowned(self, delegation_digest: bytes, digest: bytes) -> bool:
        """Whether the delegation is compromised and the certificate not among those it really gave."""
        allowed = self.compromised.get(delegation_digest)
        return allowed is not None and digest not in allowed


@dataclass(frozen=True, slots=True)
class HeldStatus:
    """A status list that verified, and its bytes."""

    list: StatusList
    raw: bytes


def build(status_key: Ed25519PrivateKey, content: StatusList) -> bytes:
    """The list signed by a status key, whose epoch in the trust file must be `content.epoch`.

    Raises Refused("status-malformed") for values outside the format.
    """
    payload = _SPELLING.encode(
        [
            content.epoch,
            content.number,
            content.dated,
            content.next_update,
            [_pair(content, reason) for reason in Reason],
            [[key, _SPELLING.joined(allowed)] for key, allowed in sorted(content.compromised.items())],
        ]
    )
    _content(payload)
    return cose.sign(status_key, payload, CONTEXT)


def read(raw: bytes, trust: TrustFile) -> HeldStatus:
    """The list, its signature verified against the status keys of the trust file.

    Raises Refused with "status-malformed", "status-signer-unknown" or "status-forged".
    """
    message = cose.parse(raw, _SPELLING, named=True)
    content = _content(message.payload)
    key = trust.status_key(message.kid or b"")
    if key is None:
        raise Refused("status-signer-unknown")
    if not message.verifies(key.public_key, CONTEXT) or key.epoch != content.epoch:
        raise Refused("status-forged")
    return HeldStatus(content, raw)


def replace(held: HeldStatus | None, offered: bytes, trust: TrustFile) -> HeldStatus:
    """The list to hold from now on; raises what `read` raises, Refused("status-older" | "status-forked")."""
    if held is not None and offered == held.raw:
        return held
    found = read(offered, trust)
    if held is None or found.list.counter > held.list.counter:
        return found
    if found.list.counter == held.list.counter:
        raise Refused("status-forked")
    raise Refused("status-older")


def _pair(content: StatusList, reason: Reason) -> list[object]:
    serials = sorted(s for s, r in content.serials.items() if r is reason)
    hashes = [h for h, r in content.hashes.items() if r is reason]
    steps = [b - a for a, b in zip([0, *serials], serials, strict=False)]
    return [steps, _SPELLING.joined(hashes)]


def _content(payload: bytes) -> StatusList:
    epoch, number, dated, next_update, pairs, compromised = _SPELLING.array(_SPELLING.decode(payload), 6)
    serials: dict[int, Reason] = {}
    hashes: dict[bytes, Reason] = {}
    for reason, pair in zip(Reason, _SPELLING.array(pairs, len(Reason)), strict=True):
        steps, joined = _SPELLING.array(pair, 2)
        _add(serials, _serials(steps), reason)
        _add(hashes, _SPELLING.hashes(joined), reason)
    content = StatusList(
        _SPELLING.integer(epoch, 0, EPOCH_MAX),
        _SPELLING.integer(number, 1, COUNTER_MAX),
        _SPELLING.day(dated),
        _SPELLING.day(next_update),
        serials,
        hashes,
        _compromised(compromised),
    )
    if content.next_update < content.dated:
        raise Refused(_SPELLING.code)
    return content


def _add(revoked: dict[_Name, Reason], names: Collection[_Name], reason: Reason) -> None:
    if not revoked.keys().isdisjoint(names):
        raise Refused(_SPELLING.code)
    revoked.update(dict.fromkeys(names, reason))


def _serials(steps: object) -> list[int]:
    found: list[int] = []
    serial = 0
    for step in _SPELLING.array(steps, 0, _ENTRIES_MAX):
        serial += _SPELLING.integer(step, 1, SERIAL_MAX)
        if not SEQUENCES < serial <= SERIAL_MAX or serial % SEQUENCES == 0:
            raise Refused(_SPELLING.code)
        found.append(serial)
    return found


def _compromised(value: object) -> dict[bytes, frozenset[bytes]]:
    found: dict[bytes, frozenset[bytes]] = {}
    last = b""
    for line in _SPELLING.array(value, 0, _ENTRIES_MAX):
        digest, allowed = _SPELLING.array(line, 2)
        name = _SPELLING.raw(digest, HASH12)
        if name <= last:
            raise Refused(_SPELLING.code)
        found[name] = frozenset(_SPELLING.hashes(allowed))
        last = name
    return found
