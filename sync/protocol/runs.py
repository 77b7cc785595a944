"""Cutting, joining and portioning runs of a log: frames mean nothing to the journal."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from app.errors import Refused
from app.journal import chain
from app.journal.chain import Point
from sync.protocol.frame import Frame, encode
from sync.protocol.limits import MAX_COUNT, MAX_REBUILT, FrameInvalid

Signer = Callable[[int, bytes], Point]
"""Signs a point of the own log: its number and the chain hash there."""

_FEWEST_BYTES = 4
"""Bytes a change takes in a frame before anything was measured: few, so that a guess is cut, not grown."""
_CLOSE = 0.95
_ENOUGH = 0.6


def end(frame: Frame) -> int:
    """The number after the frame's last change."""
    return frame.first + len(frame.entries)


def head_hash(frame: Frame) -> bytes:
    """The chain hash after the frame's last change."""
    return chain.walk(frame.previous, frame.entries)[-1]


def cut(frame: Frame, start: int, stop: int) -> Frame:
    """The changes with numbers from `start` up to before `stop`, which the frame must have.

    Points outside are dropped. Raises Refused('frame-cut') for numbers outside of the frame.
    """
    if not frame.first <= start < stop <= end(frame):
        raise Refused("frame-cut")
    before = frame.entries[: start - frame.first]
    previous = chain.walk(frame.previous, before)[-1] if before else frame.previous
    entries = frame.entries[start - frame.first : stop - frame.first]
    points = tuple(point for point in frame.points if start <= point.seq < stop)
    return Frame(frame.log, start, previous, entries, points)


def merge(earlier: Frame, later: Frame) -> Frame:
    """One frame of two that meet: same log, the second beginning where the first ends.

    Raises Refused('frame-merge') when they do not meet, in number and in hash.
    """
    meets = earlier.log == later.log and end(earlier) == later.first
    if not meets or head_hash(earlier) != later.previous:
        raise Refused("frame-merge")
    return replace(earlier, entries=earlier.entries + later.entries, points=earlier.points + later.points)


def split(frame: Frame, target: int, sign: Signer | None = None) -> Iterator[tuple[Frame, bytes]]:
    """Frames of at most `target` bytes (2 to 256 KiB make sense), with what they are encoded to.

    Each carries one point, at its end: a receiver needs no other.
    With `sign` the frames are cut anywhere and each ends at a point that is signed then. Without, they
    end at the points there are; what lies after the last point is left out, for nobody could take it.
    A frame is larger than `target` only when a single change, or the way from one point to the next, is.
    """
    stops = range(frame.first + 1, end(frame) + 1) if sign else [point.seq + 1 for point in frame.points]
    guess = target // _FEWEST_BYTES
    while stops:
        frame = cut(frame, frame.first, stops[-1])
        part, data = _portion(frame, stops, guess, target, sign)
        yield part, data
        stops = stops[bisect_right(stops, end(part)) :]
        if stops:
            frame = cut(frame, end(part), end(frame))
            guess = max(1, int(len(part.entries) * target * _CLOSE / len(data)))


def _portion(
    frame: Frame, stops: Sequence[int], count: int, target: int, sign: Signer | None
) -> tuple[Frame, bytes]:
    """A beginning of the frame that fits and is not much too small.

    A first guess is mended by what it came to, then the search halves: `low` fits, `high` does not.
    """
    found: tuple[Frame, bytes] | None = None
    low, high = 0, len(stops) + 1
    place = _place(frame, stops, count)
    while low + 1 < high:
        part = _up_to(frame, stops[place - 1], sign)
        data = _tried(part)
        if data is not None and (len(data) <= target or place == 1):
            found, low = (part, data), place
            if len(data) >= _ENOUGH * target or place == len(stops):
                break
        else:
            high = place
        mended = int(len(part.entries) * target * _CLOSE / len(data)) if data and not low else 0
        place = _place(frame, stops, mended) if mended else (low + high) // 2
        place = max(low + 1, min(place, high - 1))
    return found or _alone(frame, stops[0], sign)


def _alone(frame: Frame, stop: int, sign: Signer | None) -> tuple[Frame, bytes]:
    """The way to the first stop, which no frame can hold; raises FrameInvalid."""
    part = _up_to(frame, stop, sign)
    return part, encode(part)


def _place(frame: Frame, stops: Sequence[int], count: int) -> int:
    """How many stops there are within so many changes, or as many as a frame may hold; at least one."""
    return max(1, bisect_right(stops, frame.first + _within_bounds(frame, count)))


def _up_to(frame: Frame, stop: int, sign: Signer | None) -> Frame:
    """The beginning up to before `stop`, with the point there and no other."""
    part = cut(frame, frame.first, stop)
    point = sign(stop - 1, head_hash(part)) if sign else part.points[-1]
    return replace(part, points=(point,))


def _within_bounds(frame: Frame, count: int) -> int:
    """So many changes, or as many as a frame may hold."""
    sizes = accumulate(len(entry.body or b"") for entry in frame.entries[: min(count, MAX_COUNT)])
    return max(1, sum(size <= MAX_REBUILT for size in sizes))


def _tried(part: Frame) -> bytes | None:
    try:
        return encode(part)
    except FrameInvalid:
        return None
