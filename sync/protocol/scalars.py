"""One value of a change as CBOR, in its only spelling (RFC 8949 section 4.2.1), and back.

Only what a change may hold exists here: whole numbers of 64 bits, text, bytes, true, false, null,
and arrays of these. The general decoder is not used on values from elsewhere: it knows tags.
"""

from __future__ import annotations

from app.journal.change import INT_LIMIT, Scalar, Value
from sync.protocol.limits import MAX_CHANGE, FrameInvalid

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _SIMPLE = 0, 1, 2, 3, 4, 5, 7
_FALSE, _TRUE, _NULL = 20, 21, 22
_FEWEST = {24: 24, 25: 1 << 8, 26: 1 << 16, 27: 1 << 32}


def head(major: int, number: int) -> bytes:
    """The head of an item: its major type and its number in as few bytes as will do."""
    if number < 24:
        return bytes((major << 5 | number,))
    if number < 1 << 8:
        return bytes((major << 5 | 24, number))
    if number < 1 << 16:
        return bytes((major << 5 | 25,)) + number.to_bytes(2, "big")
    if number < 1 << 32:
        return bytes((major << 5 | 26,)) + number.to_bytes(4, "big")
    return bytes((major << 5 | 27,)) + number.to_bytes(8, "big")


def array_head(length: int) -> bytes:
    """The head of an array."""
    return head(_ARRAY, length)


def map_head(length: int) -> bytes:
    """The head of a map."""
    return head(_MAP, length)


def dump(value: object) -> bytes:
    """The bytes of a value; raises FrameInvalid for what a change cannot hold."""
    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return _dump_int(value)
    if isinstance(value, str):
        return _dump_text(value)
    if isinstance(value, bytes):
        return head(_BYTES, len(value)) + value
    if isinstance(value, tuple):
        return head(_ARRAY, len(value)) + b"".join(map(_dump_part, value))
    raise FrameInvalid(why="value")


def _dump_part(value: object) -> bytes:
    if isinstance(value, tuple):
        raise FrameInvalid(why="value")
    return dump(value)


def _dump_int(value: int) -> bytes:
    if not -INT_LIMIT <= value < INT_LIMIT:
        raise FrameInvalid(why="value")
    return head(_UNSIGNED, value) if value >= 0 else head(_NEGATIVE, -1 - value)


def _dump_text(value: str) -> bytes:
    try:
        data = value.encode()
    except UnicodeEncodeError as fault:  # a lone surrogate
        raise FrameInvalid(why="text") from fault
    return head(_TEXT, len(data)) + data


def load_head(data: bytes, at: int) -> tuple[int, int]:
    """The number in the head that begins at `at`, whatever its type, and where the head ends."""
    _, number, at = _load_head(data, at)
    return number, at


def load(data: bytes, at: int) -> tuple[Value, int]:
    """The value that begins at `at`, and where it ends; raises FrameInvalid."""
    major, number, at = _load_head(data, at)
    if major != _ARRAY:
        return _load_scalar(data, major, number, at)
    if number > MAX_CHANGE:
        raise FrameInvalid(why="value")
    parts: list[Scalar] = []
    for _ in range(number):
        inner, length, at = _load_head(data, at)
        part, at = _load_scalar(data, inner, length, at)
        parts.append(part)
    return tuple(parts), at


def _load_scalar(data: bytes, major: int, number: int, at: int) -> tuple[Scalar, int]:
    if major in (_UNSIGNED, _NEGATIVE):
        if number >= INT_LIMIT:
            raise FrameInvalid(why="value")
        return (number if major == _UNSIGNED else -1 - number), at
    if major in (_BYTES, _TEXT):
        end = at + number
        if number > MAX_CHANGE or end > len(data):
            raise FrameInvalid(why="value")
        return (data[at:end] if major == _BYTES else text(data[at:end])), end
    if major == _SIMPLE and number in (_FALSE, _TRUE, _NULL):
        return (None if number == _NULL else number == _TRUE), at
    raise FrameInvalid(why="value")


def _load_head(data: bytes, at: int) -> tuple[int, int, int]:
    if at >= len(data):
        raise FrameInvalid(why="short")
    major, number = data[at] >> 5, data[at] & 31
    at += 1
    if number < 24:
        return major, number, at
    if number > 27 or major == _SIMPLE:
        raise FrameInvalid(why="value")
    end = at + (1 << number - 24)
    if end > len(data):
        raise FrameInvalid(why="short")
    value = int.from_bytes(data[at:end], "big")
    if value < _FEWEST[number]:
        raise FrameInvalid(why="value")
    return major, value, end


def text(data: bytes) -> str:
    """UTF-8 as text; raises FrameInvalid."""
    try:
        return data.decode()
    except UnicodeDecodeError as fault:
        raise FrameInvalid(why="text") from fault
