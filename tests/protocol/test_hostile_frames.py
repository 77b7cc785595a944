"""Bytes from elsewhere are read within bounds, or refused as `frame-invalid`, and nothing else happens."""

from __future__ import annotations

import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import centre
from sync.protocol import frame, layout, shapes, varint
from sync.protocol.columns import numbers, plain, predicted, texts
from sync.protocol.columns.kinds import Pieces
from sync.protocol.context import SHAPE
from sync.protocol.limits import MAX_COUNT, FrameInvalid
from sync.protocol.shapes import Form, Shape
from tests.protocol import every_kind, made
from tests.protocol.made import entries_of, framed

GOOD = frame.encode(framed(entries_of(centre.changes(participants=20, classes=1, sessions=2, modules=2))))
WHOLE = Shape(Form.VERBATIM)
SHAPE_OF_TEXT = Shape(Form.LEAVES, entity=1, groups=((1, 1),))


def head_of(count: int) -> bytes:
    """The outside of a frame of so many changes, without points."""
    return frame.MAGIC + bytes(8) + varint.unsigned(0) + varint.unsigned(count) + bytes(33)


def with_column(count: int, column: Pieces, shape: Shape = SHAPE_OF_TEXT) -> bytes:
    """A frame whose changes have one leaf beside author and wall time: this column, packed hard."""
    start = varint.unsigned(1) + shapes.written(shape) + layout.written([shape], layout.own_columns([shape]))
    rest = [*plain.constant(None), *plain.constant(0)]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"".join([start, *column, *rest])) + packer.flush()
    return head_of(count) + b"\x01" + packed


def read(data: bytes) -> None:
    """Reads a frame as a receiver would: all of it."""
    try:
        assert len(frame.decode(data).changes) <= MAX_COUNT
    except FrameInvalid as fault:
        assert fault.code == "frame-invalid"


def test_a_frame_torn_at_any_byte_is_refused() -> None:
    for length in range(len(GOOD)):
        with pytest.raises(FrameInvalid):
            frame.decode(GOOD[:length])


def test_a_frame_with_a_byte_too_many_is_refused() -> None:
    with pytest.raises(FrameInvalid):
        frame.decode(GOOD + b"\x00")


@given(st.data())
@settings(max_examples=500)
def test_a_frame_with_changed_bytes_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(data.draw(st.sampled_from([GOOD, stored(GOOD), every()])))
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(damaged))


@given(st.data())
@settings(max_examples=300)
def test_a_frame_with_bytes_cut_out_or_put_in_is_read_or_refused(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([stored(GOOD), every()]))
    at = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 8))
    read(whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + gone :])


@given(st.integers(1, 40), st.binary(max_size=200))
@settings(max_examples=500)
def test_a_payload_of_any_bytes_is_read_or_refused(count: int, payload: bytes) -> None:
    read(head_of(count) + b"\x00" + payload)
    shape = varint.unsigned(1) + shapes.written(SHAPE_OF_TEXT) + b"\x00"
    read(head_of(count) + b"\x00" + shape + payload)


@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_refused(data: bytes) -> None:
    with pytest.raises(FrameInvalid):
        frame.decode(data)
    with pytest.raises(FrameInvalid):
        frame.head(data)


def stored(data: bytes) -> bytes:
    """The same frame, its payload not deflated, so that changed bytes reach the columns."""
    at = _payload_at(data)
    return data[:at] + b"\x00" + zlib.decompress(data[at + 1 :], -15)


def _payload_at(data: bytes) -> int:
    head = frame.head(data)
    start = 4 + 8 + len(varint.unsigned(head.first)) + len(varint.unsigned(head.count)) + 32 + 1
    return start + 65 * len(head.points)


def every() -> bytes:
    """A frame with every kind of column, not deflated."""
    data = head_of(every_kind.COUNT) + every_kind.payload()
    return data if data[len(head_of(every_kind.COUNT))] == 0 else stored(data)


BIG = "x" * 16_000
MANY = MAX_COUNT
DEEP: Pieces = plain.constant(0)
for _ in range(40):
    DEEP = numbers.delta(0, DEEP)
GROWING: Pieces = plain.constant((1 << 63) - 1)
for _ in range(14):
    GROWING = numbers.scaled((1 << 64) - 1, 0, GROWING)

BOMBS: dict[str, Callable[[], bytes]] = {
    "half a gigabyte of one text": lambda: with_column(MANY, plain.constant(BIG)),
    "a text doubled in each column": lambda: with_column(MANY, _doubled(12)),
    "a long text beside a list": lambda: with_column(MANY, _two((1,), BIG)),
    "a long text beside a truth": lambda: with_column(MANY, _two(True, BIG)),
    "a long text beside a large number": lambda: with_column(MANY, _two(1 << 40, BIG)),
    "long bytes beside a large number": lambda: with_column(MANY, _two(1 << 40, bytes(16_000))),
    "a long constant before many numbers": lambda: _wide(plain.constant("x" * 16_380)),
    "many long constants": lambda: _wide(plain.constant("x" * 8_000), plain.constant("y" * 8_300)),
    "words of words": lambda: with_column(MANY, texts.words(BIG, plain.constant(60), plain.constant(BIG))),
    "fields of large words": lambda: with_column(
        MANY, texts.fields(BIG, plain.constant(64), [plain.constant(BIG)] * 64)
    ),
    "a table of two thousand million": lambda: with_column(
        2, plain.table(1 << 31, plain.constant(1), plain.constant(0))
    ),
    "runs without end": lambda: with_column(2, plain.runs(plain.constant(1), plain.constant(1), 1 << 60)),
    "lists of a million": lambda: with_column(MANY, plain.lists(plain.constant(1 << 20), plain.constant(1))),
    "columns forty deep": lambda: with_column(MANY, DEEP),
    "numbers of a thousand bits": lambda: with_column(MANY, GROWING),
    "contexts of contexts": lambda: with_column(MANY, _leaning(30)),
    "a wide fixed text": lambda: with_column(MANY, [bytes((50,)) + varint.unsigned(1 << 40)]),
    "an eighth of a gigabyte of zeros": lambda: _inflating(1 << 27),
    "a shape with a million leaves": lambda: (
        head_of(9) + b"\x00\x01\x00\x01\x00\x01\x01" + varint.unsigned(1 << 20)
    ),
    "verbatim changes of sixteen KiB": lambda: with_column(
        MANY, plain.constant(b"\x9f" * 16_000), Shape(Form.VERBATIM)
    ),
    "verbatim arrays in arrays": lambda: with_column(
        9, plain.constant(b"\x81" * 16_000), Shape(Form.VERBATIM)
    ),
}


def _two(one: object, other: object) -> Pieces:
    """A long column of the second of two values, and once the first."""
    places = numbers.planes([0, *[1] * (MANY - 1)], 0, 1)
    return plain.table(2, plain.verbatim([one, other]), places)  # type: ignore[list-item]  # any values


def _wide(*before: Pieces) -> bytes:
    """Columns, then one of numbers that are all different."""
    shape = Shape(Form.LEAVES, entity=1, groups=((1, len(before) + 1),))
    many = numbers.delta(0, plain.constant(1))
    return with_column(MANY, [piece for column in (*before, many) for piece in column], shape)


def _doubled(times: int) -> Pieces:
    column = plain.constant(BIG)
    for _ in range(times):
        column = texts.joined([column, column])
    return column


def _leaning(times: int) -> Pieces:
    column = plain.constant(0)
    for _ in range(times):
        column = predicted.last((SHAPE,) * 4, plain.constant(True), column)
    return column


def _inflating(length: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(length >> 20)) + packer.flush()
    return head_of(1) + b"\x01" + packed[: (1 << 20) - 100]


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_is_refused_at_once_and_in_little_memory(what: str) -> None:
    data = BOMBS[what]()
    tracemalloc.start()
    began = time.perf_counter()
    try:
        with pytest.raises(FrameInvalid):
            frame.decode(data)
        spent, peak = time.perf_counter() - began, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 128 << 20
    assert spent < 10


def test_the_count_of_the_outside_is_bounded() -> None:
    for count in (0, MAX_COUNT + 1, 1 << 62):
        with pytest.raises(FrameInvalid):
            frame.head(head_of(count))
    with pytest.raises(FrameInvalid):
        frame.head(frame.MAGIC + bytes(8) + varint.unsigned((1 << 63) - 1) + varint.unsigned(2) + bytes(33))


def test_another_version_is_refused() -> None:
    with pytest.raises(FrameInvalid):
        frame.head(b"BLF\x02" + GOOD[4:])


def test_a_text_outside_of_nfc_is_refused() -> None:
    read(with_column(1, plain.constant("é")))
    for text in ("e\u0301", "\u2126"):
        with pytest.raises(FrameInvalid):
            frame.decode(with_column(1, plain.constant(text)))
    joined = texts.joined([plain.constant("e"), plain.constant("\u0301")])
    with pytest.raises(FrameInvalid):
        frame.decode(with_column(1, joined))


@pytest.mark.parametrize("author", [b"short", 5, "text", True])
def test_a_leaf_of_the_wrong_type_is_refused(author: object) -> None:
    shape = Shape(Form.LEAVES, entity=1)
    start = varint.unsigned(1) + shapes.written(shape) + b"\x00"
    column = b"".join([*plain.constant(author), *plain.constant(0)])  # type: ignore[arg-type]  # of any type
    with pytest.raises(FrameInvalid):
        frame.decode(head_of(1) + b"\x00" + start + column)


def test_made_up_frames_are_good_where_they_should_be() -> None:
    assert frame.decode(with_column(2, plain.constant("a"))).changes[0] is not None
    assert frame.decode(every()).changes == every_kind.changes()
    assert frame.decode(stored(GOOD)).frame == frame.decode(GOOD).frame
    assert frame.head(GOOD).log == made.LOG
