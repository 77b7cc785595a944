"""Content too big for a change, as chunks of at most 16 KiB named by their hash: cut, kept, joined again.

What a chunk belongs to stands in a change (entity `publication`); a chunk that nobody names is dropped.
docs/formats/sync.md, section 10.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256

from sqlalchemy import Connection, delete, select

from app.storage import bulk
from app.storage.tables.local import Chunk

LARGEST = 16 * 1024
MOST = 400
"""Chunks of one content: their hashes must fit into a change."""
_SMALLEST = 1024
_MEAN_BITS = 12  # beyond the smallest, every 4,096th byte ends a chunk
_FULL = 0xFFFFFFFF
_GEAR = [int.from_bytes(sha256(b"balai chunk %d" % i).digest()[:4], "big") for i in range(256)]


def digest(chunk: bytes) -> bytes:
    """A chunk's name."""
    return sha256(chunk).digest()


def cut(content: bytes) -> list[bytes]:
    """The chunks of a content; at most MOST * LARGEST bytes, which is for the caller to see to.

    They end where the last 32 bytes say so, not at every so many bytes: what is put into a list in the middle
    leaves the chunks before and behind as they were, and only few travel again. Nobody else needs to know
    the rule, since a reader joins whatever chunks are named.
    """
    found = list(_by_content(content))
    if len(found) <= MOST:
        return found
    return [content[start : start + LARGEST] for start in range(0, len(content), LARGEST)]


def _by_content(content: bytes) -> Iterator[bytes]:
    start, rolling = 0, 0
    for place, byte in enumerate(content, 1):
        rolling = ((rolling << 1) + _GEAR[byte]) & _FULL
        size = place - start
        if (size >= _SMALLEST and not rolling >> (32 - _MEAN_BITS)) or size == LARGEST:
            yield content[start:place]
            start, rolling = place, 0
    if start < len(content):
        yield content[start:]


def keep(connection: Connection, pieces: Iterable[bytes]) -> None:
    """Keep chunks under their hashes."""
    rows = list({digest(piece): piece for piece in pieces}.items())
    bulk.insert_missing(connection, Chunk.metadata.tables["chunk"], ("hash", "data"), rows)


def held(connection: Connection, names: Collection[bytes]) -> set[bytes]:
    """Which of these chunks are here."""
    return {
        name
        for some in bulk.slices(sorted(set(names)))
        for name in connection.scalars(select(Chunk.hash).where(Chunk.hash.in_(some)))
    }


def one(connection: Connection, name: bytes) -> bytes | None:
    """A chunk by its hash."""
    return connection.scalar(select(Chunk.data).where(Chunk.hash == name))


def joined(connection: Connection, names: Sequence[bytes]) -> bytes | None:
    """The content of these chunks, None while one is missing."""
    query = select(Chunk.hash, Chunk.data)
    found: dict[bytes, bytes] = {}
    for some in bulk.slices(sorted(set(names))):
        found.update((name, data) for name, data in connection.execute(query.where(Chunk.hash.in_(some))))
    if found.keys() < set(names):
        return None
    return b"".join(found[name] for name in names)


def drop_others(connection: Connection, wanted: Collection[bytes]) -> None:
    """Drop every chunk but these."""
    for name in [name for name in connection.scalars(select(Chunk.hash)) if name not in wanted]:
        connection.execute(delete(Chunk).where(Chunk.hash == name))
