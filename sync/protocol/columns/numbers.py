"""Columns of whole numbers: byte planes, varints, multiples, differences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, islice
from struct import pack, unpack

from sync.protocol import varint
from sync.protocol.columns.kinds import Kind, Pieces
from sync.protocol.context import Context, Ref, Rows, written
from sync.protocol.limits import FrameInvalid
from sync.protocol.source import Column, Source

_WIDE = {
    1: (1, "B"),
    2: (2, "H"),
    3: (4, "I"),
    4: (4, "I"),
    5: (8, "Q"),
    6: (8, "Q"),
    7: (8, "Q"),
    8: (8, "Q"),
}


def width_of(span: int) -> int:
    """Bytes needed for numbers from 0 up to `span`."""
    return max(1, (span.bit_length() + 7) // 8)


def planes(values: Sequence[int], base: int, width: int) -> Pieces:
    """The lowest byte of every number above `base`, then the next byte of every number, and so on."""
    wide, code = _WIDE[width]
    shifted = [value - base for value in values] if base else values
    data = pack(f"<{len(values)}{code}", *shifted)
    start = bytes((Kind.PLANES, width)) + varint.signed(base)
    return [start, *(data[plane::wide] for plane in range(width))]


def read_planes(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of PLANES."""
    width = source.byte()
    if width not in _WIDE:
        raise FrameInvalid(why="width")
    base = source.signed()
    wide, code = _WIDE[width]
    data = source.take(length * width)
    if wide > 1:
        turned = bytearray(length * wide)
        for plane in range(width):
            turned[plane::wide] = data[plane * length : (plane + 1) * length]
        numbers: Sequence[int] = unpack(f"<{length}{code}", turned)
    else:
        numbers = data
    return [base + number for number in numbers] if base else list(numbers)


def varints(values: Iterable[int]) -> Pieces:
    """Every number as a signed varint."""
    return [bytes((Kind.VARINTS,)) + b"".join(map(varint.signed, values))]


def read_varints(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of VARINTS."""
    return [source.signed() for _ in range(length)]


def scaled(scale: int, base: int, inner: Pieces) -> Pieces:
    """Numbers that are `base` plus a multiple of `scale`."""
    return [bytes((Kind.SCALED,)) + varint.unsigned(scale) + varint.signed(base), *inner]


def read_scaled(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of SCALED."""
    scale, base = source.varint(), source.signed()
    return [base + scale * number for number in source.numbers(length, rows)]


def delta(start: int, inner: Pieces) -> Pieces:
    """What is added to the value before; to `start` at the first."""
    return [bytes((Kind.DELTA,)) + varint.signed(start), *inner]


def read_delta(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of DELTA."""
    start = source.signed()
    return list(islice(accumulate(source.numbers(length, rows), initial=start), 1, None))


def relative(ref: Ref, factor: int, inner: Pieces) -> Pieces:
    """What is added to `factor` times another column's value in the same change."""
    return [bytes((Kind.RELATIVE,)) + ref.written() + varint.signed(factor), *inner]


def read_relative(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of RELATIVE; where the other column holds no number, it counts as 0."""
    ref, factor = source.ref(), source.signed()
    others = source.earlier.values(ref, rows)
    inner = source.numbers(length, rows)
    return [
        factor * other + number if type(other) is int else number
        for other, number in zip(others, inner, strict=True)
    ]


def base(start: int, context: Context, inner: Pieces) -> Pieces:
    """What is added to the value before in the same context.

    At a context's first that is the value before of any context, at the very first `start`.
    """
    return [bytes((Kind.BASE,)) + varint.signed(start) + written(context), *inner]


def read_base(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of BASE."""
    value = source.signed()
    keys = source.keys(length, rows)
    last: dict[object, int] = {}
    values: Column = []
    for key, number in zip(keys, source.numbers(length, rows), strict=True):
        last[key] = value = last.get(key, value) + number
        values.append(value)
    return values


def above_last(start: int, values: Sequence[int], keys: Sequence[object]) -> list[int]:
    """What `base` has to write."""
    last: dict[object, int] = {}
    found = []
    before = start
    for key, value in zip(keys, values, strict=True):
        found.append(value - last.get(key, before))
        last[key] = before = value
    return found
