"""Columns most of whose values are foretold: by a constant, by another column, by what was before.

Each is written as the truths "this one was not foretold", then a column of those that were not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from app.journal.change import Value
from sync.protocol import scalars
from sync.protocol.columns.kinds import Kind, Pieces
from sync.protocol.context import SMALL, Context, Ref, Rows, chosen, written
from sync.protocol.limits import FrameInvalid
from sync.protocol.source import Column, Source

_EPOCH = date(1970, 1, 1)
_DAYS = range(-25_567, 47_482)  # 1900-01-01 to 2099-12-31


def common(value: Value, misses: Pieces, others: Pieces) -> Pieces:
    """All values but some are this one (EXCEPT)."""
    return [bytes((Kind.EXCEPT,)) + scalars.dump(value), *misses, *others]


def equal(ref: Ref, misses: Pieces, others: Pieces) -> Pieces:
    """All values but some are another column's in the same change."""
    return [bytes((Kind.EQUAL,)) + ref.written(), *misses, *others]


def last(context: Context, misses: Pieces, others: Pieces) -> Pieces:
    """All values but some are the value before in the same context."""
    return [bytes((Kind.LAST,)) + written(context), *misses, *others]


def follow(context: Context, misses: Pieces, others: Pieces) -> Pieces:
    """All numbers but some are those that came after the context's previous number the last time."""
    return [bytes((Kind.FOLLOW,)) + written(context), *misses, *others]


def birth(ref: Ref, shift: Pieces, misses: Pieces, others: Pieces) -> Pieces:
    """All texts but some are the date of another column, `shift` added to the day of the month."""
    return [bytes((Kind.BIRTH,)) + ref.written(), *shift, *misses, *others]


def _misses(source: Source, length: int, rows: Rows | None) -> tuple[list[bool], Column]:
    missed = source.truths(length, rows)
    number = sum(missed)
    return missed, source.column(number, chosen(rows, missed, number))


def _filled(source: Source, length: int, rows: Rows | None, foretold: Sequence[Value]) -> Column:
    missed, others = _misses(source, length, rows)
    if not others:
        return list(foretold)
    rest = iter(others)
    return [next(rest) if miss else value for miss, value in zip(missed, foretold, strict=True)]


def read_except(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of EXCEPT."""
    return _filled(source, length, rows, [source.value()] * length)


def read_equal(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of EQUAL."""
    return _filled(source, length, rows, source.earlier.values(source.ref(), rows))


def read_birth(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of BIRTH."""
    days = source.earlier.values(source.ref(), rows)
    return _filled(source, length, rows, birth_digits(days, source.numbers(length, rows)))


def read_last(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of LAST; the first value of a context is foretold as null."""
    keys = source.keys(length, rows)
    missed, others = _misses(source, length, rows)
    rest = iter(others)
    before: dict[object, Value] = {}
    values: Column = []
    for key, miss in zip(keys, missed, strict=True):
        if miss:
            before[key] = next(rest)
        values.append(before.get(key))
    return values


def read_follow(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of FOLLOW.

    Foretold is what came after the context's previous number the last time it stood in this context; if
    it never did, one more; at a context's first, one more than the column's previous number; at first 0.
    """
    keys = source.keys(length, rows)
    missed, others = _misses(source, length, rows)
    if set(map(type, others)) - {int} or (others and not _small(others)):
        raise FrameInvalid(why="type")
    rest: Iterator[int] = iter(others)  # type: ignore[arg-type]  # checked by the line above
    memory = _Memory()
    here: object = memory
    value = -1
    values: Column = []
    for key, miss in zip(keys, missed, strict=True):
        if key != here:
            after, value = memory.turn(here, value, key)
            here = key
        before = value
        value = next(rest) if miss else after.get(before, before + 1)
        after[before] = value
        values.append(value)
    if not _small(values):
        raise FrameInvalid(why="type")
    return values


def _small(values: Sequence[Value]) -> bool:
    return min(values) >= 0 and max(values) <= SMALL  # type: ignore[operator,type-var]  # all are numbers


class _Memory:
    """What FOLLOW remembers: for each context what came after each number, and the number before."""

    def __init__(self) -> None:
        self._after: dict[object, dict[int, int]] = {}
        self._before: dict[object, int] = {}

    def turn(self, left: object, value: int, entered: object) -> tuple[dict[int, int], int]:
        """From the context left, with its last value, to another: what it knows and its number before."""
        self._before[left] = value
        return self._after.setdefault(entered, {}), self._before.get(entered, value)


def not_followed(values: Sequence[int], keys: Sequence[object]) -> list[bool]:
    """For each number whether FOLLOW does not foretell it."""
    memory = _Memory()
    here: object = memory
    before = -1
    missed = []
    for key, value in zip(keys, values, strict=True):
        if key != here:
            after, before = memory.turn(here, before, key)
            here = key
        missed.append(after.get(before, before + 1) != value)
        after[before] = before = value
    return missed


def not_last(values: Sequence[Value], keys: Sequence[object]) -> list[bool]:
    """For each value whether LAST does not foretell it; values of one type, or null."""
    before: dict[object, Value] = {}
    missed = []
    for key, value in zip(keys, values, strict=True):
        missed.append(before.get(key) != value)
        before[key] = value
    return missed


def birth_digits(days: Sequence[Value], shifts: Sequence[int]) -> list[Value]:
    """`ddmmyy` of each day (days since 1970), with the shift added to dd; null where it is no day.

    Women's NIK carries the day of birth plus 40 (Kemendagri); see DOMAIN, "Identifiers".
    """
    return [
        _digits(day, shift) if type(day) is int and day in _DAYS and 0 <= shift <= 68 else None
        for day, shift in zip(days, shifts, strict=True)
    ]


def _digits(day: int, shift: int) -> str:
    when = _EPOCH + timedelta(days=day)
    return f"{when.day + shift:02d}{when.month:02d}{when.year % 100:02d}"
