"""Columns that hold any values: one by one, all the same, from a table, in runs, as lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, chain, repeat
from typing import TypeVar

from app.journal.change import Value
from sync.protocol import scalars, varint
from sync.protocol.columns.kinds import Kind, Pieces
from sync.protocol.context import Context, Rows, Some, written
from sync.protocol.limits import MAX_CELLS, FrameInvalid
from sync.protocol.source import Column, Source

T = TypeVar("T")


def verbatim(values: Sequence[Value]) -> Pieces:
    """Every value as CBOR."""
    return [bytes((Kind.VERBATIM,)) + b"".join(map(scalars.dump, values))]


def read_verbatim(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of VERBATIM."""
    return [source.value() for _ in range(length)]


def constant(value: Value) -> Pieces:
    """The one value as CBOR."""
    return [bytes((Kind.CONSTANT,)) + scalars.dump(value)]


def read_constant(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of CONSTANT."""
    return [source.value()] * length


def table(size: int, entries: Pieces, places: Pieces) -> Pieces:
    """The distinct values, and for each value its place among them."""
    return [bytes((Kind.TABLE,)) + varint.unsigned(size), *entries, *places]


def read_table(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of TABLE."""
    size = source.varint()
    entries = source.column(size)
    places = source.numbers(length, rows)
    if min(places) < 0 or max(places) >= size:
        raise FrameInvalid(why="place")
    return list(map(entries.__getitem__, places))


def runs(lengths: Pieces, values: Pieces, size: int) -> Pieces:
    """How often each value stands in a row, and the values."""
    return [bytes((Kind.RUNS,)) + varint.unsigned(size), *lengths, *values]


def read_runs(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of RUNS."""
    size = source.varint()
    lengths = source.numbers(size)
    if sum(lengths) != length or min(lengths) < 1:
        raise FrameInvalid(why="runs")
    values = source.column(size, run_starts(rows, lengths))
    return list(chain.from_iterable(map(repeat, values, lengths)))


def run_starts(rows: Rows | None, lengths: Sequence[int]) -> Rows | None:
    """The rows in which runs of these lengths begin."""
    if rows is None:
        return None
    known = rows
    return Some(len(lengths), lambda: [known[at] for at in accumulate(lengths[:-1], initial=0)])


def lists(lengths: Pieces, parts: Pieces) -> Pieces:
    """The length of each list, and the parts of all."""
    return [bytes((Kind.LISTS,)), *lengths, *parts]


def read_lists(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of LISTS."""
    lengths = source.numbers(length, rows)
    if min(lengths) < 0 or sum(lengths) > MAX_CELLS:
        raise FrameInvalid(why="lists")
    parts = source.column(sum(lengths))
    if tuple in set(map(type, parts)):
        raise FrameInvalid(why="type")
    ends = list(accumulate(lengths))
    return [tuple(parts[end - size : end]) for end, size in zip(ends, lengths, strict=True)]  # type: ignore[arg-type]  # no tuple among the parts


def split(context: Context, columns: Sequence[Pieces]) -> Pieces:
    """A column for every context, in the order in which these first occur."""
    return [bytes((Kind.SPLIT,)) + written(context), *chain.from_iterable(columns)]


def read_split(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of SPLIT."""
    keys = source.keys(length, rows)
    columns = {
        key: iter(source.column(number, with_key(rows, keys, key, number)))
        for key, number in Counter(keys).items()
    }
    return [next(columns[key]) for key in keys]


def parted(keys: Sequence[object], values: Sequence[T]) -> dict[object, list[T]]:
    """The values of each key, in the order in which the keys first occur."""
    parts: dict[object, list[T]] = {key: [] for key in dict.fromkeys(keys)}
    for key, value in zip(keys, values, strict=True):
        parts[key].append(value)
    return parts


def with_key(rows: Rows | None, keys: Sequence[object], key: object, number: int) -> Rows | None:
    """The `number` rows that have this key."""
    if rows is None:
        return None
    known = rows
    return Some(number, lambda: [row for row, one in zip(known, keys, strict=True) if one == key])
