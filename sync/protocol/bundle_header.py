"""The header of a bundle: who wrote it, what of which logs is inside, and the key for each recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from sync.protocol import sealing
from sync.protocol.cbor import Malformed, dumps, loads
from sync.protocol.exchange import parse_heads

VERSION = 1
ID_BYTES = 16
KID_BYTES = 4
WRAPPED_BYTES = 48
MAX_RECIPIENTS = 1_000
WHAT = "bundle"


class Range(NamedTuple):
    """What of one log a bundle holds: first and last number, 8 bytes of the chain hash at the last."""

    first: int
    last: int
    hash8: bytes


class Wrap(NamedTuple):
    """The content key for one recipient: kid4, ephemeral public key, the wrapped key."""

    kid4: bytes
    ephemeral: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """What a bundle says of itself in clear, signed by its sender.

    `certificate` is the sender's device certificate, `time` its clock in Unix milliseconds, `count` the
    number of changes inside.
    """

    bundle: bytes
    scope: int
    certificate: bytes
    time: int
    ranges: Mapping[bytes, Range]
    count: int
    wraps: tuple[Wrap, ...] = ()


def kid4(box: bytes) -> bytes:
    """How a wrapped key names its recipient's box key."""
    return sha256(box).digest()[:KID_BYTES]


def pack_header(header: Header) -> bytes:
    """The header's bytes."""
    return dumps(
        [
            VERSION,
            header.bundle,
            header.scope,
            header.certificate,
            header.time,
            {log: list(header.ranges[log]) for log in sorted(header.ranges)},
            header.count,
            [list(wrap) for wrap in header.wraps],
        ]
    )


def parse_header(raw: bytes) -> Header:
    """The header in these bytes; raises Malformed."""
    value = loads(raw, WHAT)
    if not (isinstance(value, list) and len(value) == 8 and value[0] == VERSION and _header_sound(value)):
        raise Malformed(WHAT)
    ranges = {log: Range(*found) for log, found in value[5].items()}
    _, bundle, scope, certificate, time, _, count, wraps = value
    return Header(bundle, scope, certificate, time, ranges, count, tuple(Wrap(*wrap) for wrap in wraps))


def _header_sound(value: list) -> bool:  # type: ignore[type-arg]  # decoded CBOR
    _, bundle, scope, certificate, time, ranges, count, wraps = value
    return (
        isinstance(bundle, bytes)
        and len(bundle) == ID_BYTES
        and all(_whole(number) for number in (scope, time, count))
        and isinstance(certificate, bytes)
        and isinstance(ranges, dict)
        and all(_range(log, found) for log, found in ranges.items())
        and isinstance(wraps, list)
        and len(wraps) <= MAX_RECIPIENTS
        and all(_wrap_sound(wrap) for wrap in wraps)
    )


def _range(log: object, value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 3
        and _whole(value[0])
        and parse_heads({log: value[1:]}, WHAT) is not None
    )


def _wrap_sound(value: object) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(part, bytes) for part in value)
        and [len(part) for part in value] == [KID_BYTES, sealing.KEY_BYTES, WRAPPED_BYTES]
    )


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
