"""The messages of `POST /v1/chunks`: hashes asked for, and the chunks that answer them.

docs/formats/sync.md, section 10.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sync.protocol.cbor import Items, Malformed, Torn, dumps, loads

PATH = "/v1/chunks"
VERSION = 1
HASH_BYTES = 32
AT_ONCE = 64
LARGEST = 16 * 1024
MAX_REQUEST = 4 * 1024
REQUEST, REPLY = "chunks request", "chunks reply"
_HEAD = 8  # bytes a chunk's length may take before it


def pack_request(names: Sequence[bytes]) -> bytes:
    """A request for these chunks, at most AT_ONCE."""
    return dumps([VERSION, list(names)])


def parse_request(body: bytes) -> list[bytes]:
    """The hashes asked for; raises Malformed."""
    match loads(body, REQUEST):
        case [1, list(names)] if 0 < len(names) <= AT_ONCE:
            if all(isinstance(name, bytes) and len(name) == HASH_BYTES for name in names):
                return names
    raise Malformed(REQUEST)


def pack_reply(chunks: Sequence[bytes]) -> bytes:
    """How many there are, and the chunks."""
    return dumps([VERSION, len(chunks)]) + b"".join(map(dumps, chunks))


def received(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks as they arrive; raises Malformed, and Torn where the line was cut after what was given."""
    items = Items(pieces, LARGEST + _HEAD, REPLY)
    count = _count(_next(items))
    for _ in range(count):
        chunk = loads(_next(items), REPLY)
        if not isinstance(chunk, bytes) or len(chunk) > LARGEST:
            raise Malformed(REPLY)
        yield chunk
    if next(items, None) is not None:
        raise Malformed(REPLY)


def _count(head: bytes) -> int:
    match loads(head, REPLY):
        case [1, int(count)] if 0 <= count <= AT_ONCE:
            return count
    raise Malformed(REPLY)


def _next(items: Iterator[bytes]) -> bytes:
    found = next(items, None)
    if found is None:
        raise Torn(REPLY)
    return found
