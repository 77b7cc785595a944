"""One number for "we hold the same": the digest over the heads of all logs in a device's scopes."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from sync.protocol.exchange import DIGEST_BYTES


def digest(heads: Iterable[tuple[bytes, int, bytes]]) -> bytes:
    """The first 8 bytes of SHA-256 over `log || seq (8 bytes) || chain hash (32)`, ascending by log id."""
    parts = [log + seq.to_bytes(8, "big") + chain_hash for log, seq, chain_hash in sorted(heads)]
    return sha256(b"".join(parts)).digest()[:DIGEST_BYTES]
