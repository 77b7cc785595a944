"""The frame: a run of one log's changes, self-contained, as it travels by network and by stick.

docs/formats/frame.md says every byte. A frame means nothing to the journal: anyone may cut or merge
frames (sync.protocol.runs); what counts is the chain of hashes and the owner's signed points.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from struct import error as struct_error

from app.journal.alike import Alike
from app.journal.chain import Entry, Point
from app.journal.change import INT_LIMIT, LOG_ID_BYTES, Change
from sync.protocol import collector, deflate, reading, varint, writing
from sync.protocol.limits import MAX_COUNT, MAX_FRAME, MAX_POINTS, FrameInvalid
from sync.protocol.reading import Changes, Table

MAGIC = b"BLF\x01"
"""Three letters and the version of the frame format."""
HASH_BYTES = 32
SIGNATURE_BYTES = 64
_UNHEARD_OF = (KeyError, TypeError, ValueError, OverflowError, struct_error)


@dataclass(frozen=True, slots=True)
class Frame:
    """`entries` from number `first` on; `previous` is the chain hash before them (32 bytes).

    `points` are the owner's signatures on numbers within the run, ascending.
    """

    log: bytes
    first: int
    previous: bytes
    entries: tuple[Entry, ...]
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameHead:
    """What a frame says of itself without being unpacked."""

    log: bytes
    first: int
    count: int
    previous: bytes
    points: tuple[Point, ...]


@dataclass(frozen=True)
class DecodedFrame:
    """A frame read back. `tables` are its changes by shape, as columns, for whoever needs no rows."""

    frame: Frame
    tables: Sequence[Table]

    @cached_property
    def lazily(self) -> Changes:
        """The changes in the log's order, None for the erased; made when they are asked for."""
        return Changes(len(self.frame.entries), self.tables)

    @property
    def changes(self) -> list[Change | None]:
        """All of them, made now."""
        return self.lazily[:]

    @property
    def alike(self) -> list[Alike]:
        """Those that replace nothing, as columns."""
        return reading.alike(self.tables)


@collector.paused()
def encode(frame: Frame) -> bytes:
    """The frame's bytes, rebuilt once to see that every change comes back as it was.

    Raises FrameInvalid when the run cannot be one frame: too many or too long changes, points
    outside of it, or bytes that are no change at all.
    """
    head = _head_bytes(frame)
    packed = _checked(frame.entries)
    data = head + packed
    if len(data) > MAX_FRAME:
        raise FrameInvalid(why="too-long")
    return data


@collector.paused()
def decode(data: bytes) -> DecodedFrame:
    """The frame in these bytes; raises FrameInvalid, whatever they are."""
    head, at = _read_head(data)
    payload = reading.read(deflate.unpacked(data[at:]), head.count)
    entries = tuple(payload.entries())
    return DecodedFrame(Frame(head.log, head.first, head.previous, entries, head.points), payload.tables)


def head(data: bytes) -> FrameHead:
    """What the frame says of itself; raises FrameInvalid. The changes are not looked at."""
    return _read_head(data)[0]


def _checked(entries: Sequence[Entry]) -> bytes:
    """The packed payload that was seen to give all changes back: more and more of them verbatim."""
    verbatim: set[int] = set()
    for _ in range(2):
        packed = _packed(entries, verbatim)
        changed = _changed(packed, entries)
        if packed is not None and not changed:
            return packed
        verbatim |= changed
    packed = _packed(entries, range(len(entries)))
    if packed is not None and not _changed(packed, entries):
        return packed
    raise FrameInvalid(why="not-rebuilt")


def _packed(entries: Sequence[Entry], verbatim: Collection[int]) -> bytes | None:
    """The packed payload; None when the changes hold what no column can, and so are no changes."""
    try:
        return deflate.packed(writing.written(entries, verbatim))
    except _UNHEARD_OF:
        return None


def _changed(packed: bytes | None, entries: Sequence[Entry]) -> set[int]:
    """The places of the changes that do not come back byte for byte; all if nothing comes back."""
    try:
        found = reading.read(deflate.unpacked(packed or b""), len(entries))
    except FrameInvalid:
        return set(range(len(entries)))
    salts, bodies, inners = zip(*entries, strict=True)
    if bodies == tuple(found.bodies) and salts == tuple(found.salts) and not found.inners:
        return set()
    rebuilt = zip(found.salts, found.bodies, strict=True)
    return {
        row
        for row, (salt, body) in enumerate(rebuilt)
        if (salts[row], bodies[row]) != (salt, body) or (body is None and inners[row] != found.inners[row])
    }


def _head_bytes(frame: Frame) -> bytes:
    last = frame.first + len(frame.entries) - 1
    if not 1 <= len(frame.entries) <= MAX_COUNT:
        raise FrameInvalid(why="count")
    if len(frame.log) != LOG_ID_BYTES or len(frame.previous) != HASH_BYTES or last >= INT_LIMIT:
        raise FrameInvalid(why="head")
    _check_points(frame.points, frame.first, last)
    points = b"".join(varint.unsigned(last - point.seq) + point.signature for point in frame.points)
    numbers = varint.unsigned(frame.first) + varint.unsigned(len(frame.entries))
    return MAGIC + frame.log + numbers + frame.previous + varint.unsigned(len(frame.points)) + points


def _check_points(points: Sequence[Point], first: int, last: int) -> None:
    numbers = [point.seq for point in points]
    if len(points) > MAX_POINTS or numbers != sorted(set(numbers)):
        raise FrameInvalid(why="points")
    if numbers and not first <= numbers[0] <= numbers[-1] <= last:
        raise FrameInvalid(why="points")
    if any(len(point.signature) != SIGNATURE_BYTES for point in points):
        raise FrameInvalid(why="points")


def _read_head(data: bytes) -> tuple[FrameHead, int]:
    if len(data) > MAX_FRAME:
        raise FrameInvalid(why="too-long")
    if not data.startswith(MAGIC):
        raise FrameInvalid(why="magic")
    log, at = _cut(data, len(MAGIC), LOG_ID_BYTES)
    first, at = varint.read(data, at)
    count, at = varint.read(data, at)
    if not 1 <= count <= MAX_COUNT or first + count > INT_LIMIT:
        raise FrameInvalid(why="count")
    previous, at = _cut(data, at, HASH_BYTES)
    points, at = _read_points(data, at, first, first + count - 1)
    return FrameHead(log, first, count, previous, points), at


def _read_points(data: bytes, at: int, first: int, last: int) -> tuple[tuple[Point, ...], int]:
    number, at = varint.read(data, at)
    if number > MAX_POINTS:
        raise FrameInvalid(why="points")
    points = []
    for _ in range(number):
        back, at = varint.read(data, at)
        signature, at = _cut(data, at, SIGNATURE_BYTES)
        points.append(Point(last - back, signature))
    _check_points(points, first, last)
    return tuple(points), at


def _cut(data: bytes, at: int, length: int) -> tuple[bytes, int]:
    end = at + length
    if end > len(data):
        raise FrameInvalid(why="short")
    return data[at:end], end
