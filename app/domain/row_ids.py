"""The 16-byte ids of rows: by rule for who has a NIK, fresh for what has no natural key.

docs/formats/sync.md, section 2. Both are UUIDv8 of two halves, and the first half is the same for all
participants of a centre, or for all fresh ids of one program start, so that packed columns stay small.
"""

from __future__ import annotations

import hmac
import itertools
from collections.abc import Iterator
from hashlib import sha256

from app.domain.ids import CentreCode, ParticipantId

HALF = 8
_CONTEXT_CENTRE = b"balai/centre-half/1\0"
_CONTEXT_PARTICIPANT = b"balai/participant/1\0"
_LOW_BITS = 62


def participant_id(centre: CentreCode, secret: bytes, nik: str) -> ParticipantId:
    """The id every laptop of the centre gives to the holder of this NIK (16 digits).

    `secret` is the centre's, 32 bytes: without it nobody can try NIKs until an id fits.
    """
    high = sha256(_CONTEXT_CENTRE + centre.to_bytes(HALF, "big")).digest()
    low = hmac.digest(secret, _CONTEXT_PARTICIPANT + nik.encode("ascii"), "sha256")
    return ParticipantId(joined(_first_bits(high, 60), _first_bits(low, _LOW_BITS)))


def fresh(entropy: bytes) -> Iterator[bytes]:
    """Ids without end, all different: from 14 random bytes, drawn once per program start."""
    high = _first_bits(entropy[:8], 60)
    start = int.from_bytes(entropy[8:14], "big")
    return (joined(high, (start + n) % (1 << _LOW_BITS)) for n in itertools.count())


def joined(high: int, low: int) -> bytes:
    """A UUIDv8 (RFC 9562): 48 bits, version 8, 12 bits; variant 10, 62 bits."""
    first = high >> 12 << 16 | 8 << 12 | high & 0xFFF
    return first.to_bytes(HALF, "big") + (2 << _LOW_BITS | low).to_bytes(HALF, "big")


def _first_bits(value: bytes, bits: int) -> int:
    return int.from_bytes(value[:HALF], "big") >> 64 - bits
