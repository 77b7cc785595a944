"""Picks the kind of a column of whole numbers, or of truths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import compress, islice
from math import gcd
from operator import ne, sub
from typing import TypeVar

from sync.protocol.choosing.book import SAMPLE, TINY, lightest, weight
from sync.protocol.columns import numbers as write
from sync.protocol.columns import plain, predicted, truths
from sync.protocol.columns.kinds import Pieces

_FAR = 1 << 62
_FEW_RUNS = 6
_COMMON = 0.75
_RARE = 12
_PART = 200

T = TypeVar("T")
Way = Callable[[Sequence[int]], Pieces]


def of_truths(values: Sequence[bool]) -> Pieces:
    """A column of true and false."""
    if len(values) == 0:
        return []
    ones = sum(values)
    if ones in (0, len(values)):
        return plain.constant(values[0])
    rare = 2 * ones <= len(values)
    found = truths.distances(values, rare)
    gaps = truths.gaps(rare, found, of_numbers(found))
    return gaps if len(found) * _RARE < len(values) else lightest([gaps, truths.bits(values)])


def of_numbers(values: Sequence[int]) -> Pieces:
    """A column of whole numbers that leans on no other."""
    return _picked(values, of_numbers, (_planes, _delta, _table))


def of_places(values: Sequence[int]) -> Pieces:
    """The same for places in a table, between which there is no distance."""
    return _picked(values, of_places, (_planes,))


def _picked(values: Sequence[int], again: Callable[[Sequence[int]], Pieces], ways: Sequence[Way]) -> Pieces:
    if len(values) == 0:
        return []
    low, high = min(values), max(values)
    if low == high:
        return plain.constant(low)
    if low < -_FAR or high > _FAR:
        return _planes(values)  # differences would not fit
    if len(values) <= TINY:
        return min(_tiny(values), key=lambda pieces: sum(map(len, pieces)))
    starts = run_starts(values)
    if starts:
        return of_runs(values, starts, again)
    common = _most_common(values)
    if common is not None:
        missed = [value != common for value in values]
        return predicted.common(common, of_truths(missed), again(list(compress(values, missed))))
    return _sampled(values, ways)


def _most_common(values: Sequence[int]) -> int | None:
    """The value that nearly all have; a part tells whether counting them all is worth it."""
    for part in (values[:: max(1, len(values) // _PART)], values):
        common, times = Counter(part).most_common(1)[0]
        if times <= _COMMON * len(part):
            return None
    return common


def run_starts(values: Sequence[object]) -> list[int] | None:
    """Where runs of like values begin; None unless there are few, fewer than exceptions to one value."""
    turns = list(map(ne, values, islice(values, 1, None)))
    number = sum(turns) + 1
    if number * _FEW_RUNS > len(values):
        return None
    starts = [0, *compress(range(1, len(values)), turns)]
    often: dict[object, int] = {}
    for at, length in zip(starts, map(sub, [*starts[1:], len(values)], starts), strict=True):
        often[values[at]] = often.get(values[at], 0) + length
    return starts if number <= len(values) - max(often.values()) else None


def _sampled(values: Sequence[int], ways: Sequence[Way]) -> Pieces:
    """The way that packs a part of the values best, used on them all."""
    if len(ways) == 1:
        return ways[0](values)
    start = max(0, (len(values) - SAMPLE) // 2)
    part = values[start : start + SAMPLE]
    way = min(ways, key=lambda candidate: weight(candidate(part)))
    return way(values)


def of_runs(values: Sequence[T], starts: Sequence[int], inner: Callable[[list[T]], Pieces]) -> Pieces:
    """RUNS that begin at these places; `inner` writes the values there."""
    lengths = list(map(sub, [*starts[1:], len(values)], starts))
    return plain.runs(of_numbers(lengths), inner([values[at] for at in starts]), len(starts))


def _tiny(values: Sequence[int]) -> list[Pieces]:
    ways = [_varints(values), _planes(values), _stepped(values, _varints), _stepped(values, _planes)]
    starts = run_starts(values)
    if starts:
        ways.append(of_runs(values, starts, _shorter))
    return ways


def _varints(values: Sequence[int]) -> Pieces:
    return write.varints(values)


def _shorter(values: Sequence[int]) -> Pieces:
    return min((_varints(values), _planes(values)), key=lambda pieces: sum(map(len, pieces)))


def _planes(values: Sequence[int]) -> Pieces:
    """PLANES, of multiples of the greatest common divisor when there is one."""
    low, high = min(values), max(values)
    scale = _scale(values, low) if high - low > 255 else 1
    if scale > 1:
        return write.scaled(scale, low, _planes([(value - low) // scale for value in values]))
    if low >= 0 and (len(values) <= TINY or write.width_of(high) == write.width_of(high - low)):
        low = 0
    return write.planes(values, low, write.width_of(high - low))


def _scale(values: Sequence[int], low: int) -> int:
    """The greatest common divisor of what the values are above the lowest; mostly a few tell that it is 1."""
    some = gcd(*[value - low for value in values[:TINY]])
    return some if some == 1 else gcd(some, *[value - low for value in set(values)])


def _delta(values: Sequence[int]) -> Pieces:
    return _stepped(values, _planes)


def _stepped(values: Sequence[int], inner: Callable[[list[int]], Pieces]) -> Pieces:
    """DELTA; the start is such that the first step is like another."""
    steps = list(map(sub, values[1:], values))
    first = min(steps, key=abs)
    return write.delta(values[0] - first, inner([first, *steps]))


def _table(values: Sequence[int]) -> Pieces:
    distinct = sorted(set(values))
    if len(distinct) > 256 or len(distinct) * 3 > len(values) or max(distinct) - min(distinct) < 256:
        return _planes(values)
    place = {value: at for at, value in enumerate(distinct)}
    return plain.table(len(distinct), of_numbers(distinct), _planes([place[value] for value in values]))
