"""The payload's compression: raw deflate (RFC 1951), a block of its own for each long piece.

Anyone's inflate reads it. Packing in separate blocks gives each column its own Huffman code; the
reader takes at most one byte more than its bound from the stream.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from sync.protocol.limits import MAX_INFLATED, FrameInvalid

_STORED, _DEFLATED = 0, 1
_RAW = -15
_BLOCK_FROM = 400


def packed(pieces: Iterable[bytes]) -> bytes:
    """One byte for how, then the pieces joined: stored or deflated, whichever is shorter."""
    gathered = list(_gathered(pieces))
    whole = b"".join(gathered)
    packer = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9)
    parts = []
    for piece in gathered[:-1]:
        parts.append(packer.compress(piece))
        parts.append(packer.flush(zlib.Z_BLOCK))
    parts.extend((packer.compress(gathered[-1]), packer.flush()))
    deflated = b"".join(parts)
    if len(deflated) < len(whole):
        return bytes((_DEFLATED,)) + deflated
    return bytes((_STORED,)) + whole


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Long pieces alone, short neighbours together."""
    short: list[bytes] = []
    for piece in pieces:
        if len(piece) < _BLOCK_FROM:
            short.append(piece)
            continue
        if short:
            yield b"".join(short)
            short = []
        yield piece
    if short:
        yield b"".join(short)


def unpacked(data: bytes) -> bytes:
    """The payload again; raises FrameInvalid."""
    if not data:
        raise FrameInvalid(why="short")
    if data[0] == _STORED:
        return data[1:]
    if data[0] != _DEFLATED:
        raise FrameInvalid(why="packing")
    unpacker = zlib.decompressobj(_RAW)
    try:
        payload = unpacker.decompress(data[1:], MAX_INFLATED + 1)
    except zlib.error as fault:
        raise FrameInvalid(why="deflate") from fault
    if len(payload) > MAX_INFLATED:
        raise FrameInvalid(why="too-long")
    if not unpacker.eof or unpacker.unused_data:
        raise FrameInvalid(why="deflate")
    return payload
