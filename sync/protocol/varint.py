"""Whole numbers as one to ten bytes: seven bits a byte, the lowest first, the top bit says "more".

Signed numbers are folded (0, -1, 1, -2, ... become 0, 1, 2, 3, ...). A number has one spelling:
a last byte of zero is refused.
"""

from __future__ import annotations

from sync.protocol.limits import FrameInvalid

LIMIT = 1 << 64


def unsigned(number: int) -> bytes:
    """The bytes of a number from 0 up to 2**64 - 1."""
    if not 0 <= number < LIMIT:
        raise ValueError("a varint holds 0 to 2**64 - 1")
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def signed(number: int) -> bytes:
    """The bytes of a number from -2**63 up to 2**63 - 1."""
    return unsigned(number << 1 if number >= 0 else (-number << 1) - 1)


def read(data: bytes, at: int) -> tuple[int, int]:
    """The number that begins at `at`, and where it ends; raises FrameInvalid."""
    number = shift = 0
    for place in range(at, min(at + 10, len(data))):
        byte = data[place]
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            if number >= LIMIT or (byte == 0 and shift):
                raise FrameInvalid(why="number")
            return number, place + 1
        shift += 7
    raise FrameInvalid(why="number")


def unfold(number: int) -> int:
    """The signed number that was folded."""
    return -(number >> 1) - 1 if number & 1 else number >> 1
