"""A frame's payload written: changes sorted by shape, laid out in columns, each in its best kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain as chained
from itertools import islice
from operator import itemgetter, sub
from typing import Any, NamedTuple

from app.journal.chain import Entry
from sync.protocol import layout, shapes, varint
from sync.protocol.choosing.book import TINY, Book
from sync.protocol.choosing.numbers import of_numbers
from sync.protocol.choosing.pooling import Pool, Role, pools
from sync.protocol.choosing.values import of_split, of_values
from sync.protocol.columns import numbers as write_numbers
from sync.protocol.columns.kinds import Pieces
from sync.protocol.context import SHAPE, Rows
from sync.protocol.dissecting import dissected
from sync.protocol.limits import MAX_SHAPES
from sync.protocol.shapes import Shape

_FAR = 1 << 62


class Sorted(NamedTuple):
    """The changes of one shape: their places in the frame, ascending, and a column for every leaf."""

    shape: Shape
    rows: list[int]
    leaves: list[Sequence[Any]]


def written(entries: Sequence[Entry], verbatim: Collection[int] = ()) -> Pieces:
    """The payload in pieces; the changes at the places in `verbatim` travel as their own bytes."""
    found = sorted_by_shape(entries, verbatim)
    known = [one.shape for one in found]
    shapes_of = [0] * len(entries)
    for number, one in enumerate(found):
        for row in one.rows:
            shapes_of[row] = number
    pooled = pools(known, [one.leaves for one in found])
    slots = slots_of(known, pooled)
    start = varint.unsigned(len(known)) + b"".join(map(shapes.written, known)) + layout.written(known, slots)
    pieces = [start, *(of_numbers(shapes_of) if len(known) > 1 else [])]
    plan = layout.Layout(shapes_of, slots)
    return [*pieces, *chained.from_iterable(columns(pooled, plan, shapes_of))]


def columns(pooled: Sequence[Pool], plan: layout.Layout, shapes_of: Sequence[int]) -> Iterator[Pieces]:
    """Every column in its turn, each in the kind that suits it."""
    book = Book(shapes_of)
    for pool, rows in zip(pooled, plan.columns(), strict=True):
        book.current = frozenset(leaf.shape for leaf in pool)
        values = pool[0].values if len(pool) == 1 else plan.merged({leaf.shape: leaf.values for leaf in pool})
        kinds = frozenset().union(*(leaf.kinds for leaf in pool))
        if pool[0].role is Role.WALL and _steppable(values):
            yield _walls(values, rows, book)
        else:
            yield of_values(values, rows, book, kinds)
        book.add(rows, values, kinds)


def _steppable(values: Sequence[int]) -> bool:
    return len(values) > TINY and -_FAR < min(values) <= max(values) < _FAR


def _walls(values: Sequence[int], rows: Rows, book: Book) -> Pieces:
    """Wall times: above the one before, apart for every shape."""
    steps = list(map(sub, islice(values, 1, None), values))
    steps.insert(0, steps[len(steps) // 2])
    if len(book.current) > 1:
        inner = of_split((SHAPE,), book.earlier.keys((SHAPE,), len(steps), rows), steps)
    else:
        inner = of_numbers(steps)
    return write_numbers.delta(values[0] - steps[0], inner)


def slots_of(known: Sequence[Shape], pooled: Sequence[Pool]) -> list[list[int]]:
    """The number of the column that each leaf of each shape reads from."""
    slots = [[0] * shape.leaves for shape in known]
    for number, pool in enumerate(pooled):
        for leaf in pool:
            slots[leaf.shape][leaf.at] = number
    return slots


def sorted_by_shape(entries: Sequence[Entry], verbatim: Collection[int] = ()) -> list[Sorted]:
    """The changes by shape, in the order in which the shapes first occur."""
    parts: dict[Shape, list[Sorted]] = {}
    salts, bodies, _ = zip(*entries, strict=True)
    fit = [row for row, body in enumerate(bodies) if body is not None and row not in verbatim]
    for salted in (False, True):
        rows = [row for row in fit if bool(salts[row]) is salted]
        for shape, places, leaves in dissected([bodies[row] for row in rows]):
            if not shapes.fits(shape):
                continue
            mine = [rows[place] for place in places]
            if salted:
                shape = shape._replace(salted=True)
                leaves = [*leaves, [salts[row] for row in mine]]
            parts.setdefault(shape, []).append(Sorted(shape, mine, leaves))
    found = sorted(map(_together, parts.values()), key=lambda one: len(one.rows), reverse=True)
    found = found[: MAX_SHAPES - 3]
    if sum(len(one.rows) for one in found) < len(entries):
        whole = set(range(len(entries))).difference(*(one.rows for one in found))
        found.extend(_whole(entries, sorted(whole)))
    return sorted(found, key=lambda one: one.rows[0])


def _together(parts: Sequence[Sorted]) -> Sorted:
    """Parts of one shape put together in the log's order."""
    if len(parts) == 1:
        return parts[0]
    rows = list(chained.from_iterable(part.rows for part in parts))
    order = itemgetter(*sorted(range(len(rows)), key=rows.__getitem__))
    columns = zip(*(part.leaves for part in parts), strict=True)
    leaves = [order(list(chained.from_iterable(column))) for column in columns]
    return Sorted(parts[0].shape, list(order(rows)), leaves)


def _whole(entries: Sequence[Entry], rows: Sequence[int]) -> Iterator[Sorted]:
    """The entries that travel as their own bytes, or as their inner hash."""
    erased = [row for row in rows if entries[row].body is None]
    if erased:
        yield Sorted(shapes.ERASED, erased, [[entries[row].inner for row in erased]])
    for shape, salted in ((shapes.VERBATIM, False), (shapes.VERBATIM_SALTED, True)):
        mine = [row for row in rows if entries[row].body is not None and bool(entries[row].salt) is salted]
        if mine:
            salts = [[entries[row].salt for row in mine]] if salted else []
            yield Sorted(shape, mine, [[entries[row].body for row in mine], *salts])
