"""A frame's payload written: changes sorted by shape, laid out in columns, each in its best kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from operator import sub
from typing import Any

import cbor2

from app.journal.chain import Entry
from sync.protocol import layout, scalars, shapes, varint
from sync.protocol.choosing.book import TINY, Book, lightest
from sync.protocol.choosing.numbers import of_numbers
from sync.protocol.choosing.pooling import Pool, Role, pools
from sync.protocol.choosing.values import of_split, of_values
from sync.protocol.columns import numbers as write_numbers
from sync.protocol.columns.kinds import Pieces
from sync.protocol.context import SHAPE, Rows
from sync.protocol.limits import MAX_SHAPES
from sync.protocol.shapes import Form, Shape

_FAR = 1 << 62
_NOT_A_CHANGE = (cbor2.CBORError, TypeError, IndexError, AttributeError, ValueError)


def written(entries: Sequence[Entry], verbatim: Collection[int] = ()) -> Pieces:
    """The payload in pieces; the changes at the places in `verbatim` travel as their own bytes."""
    found = _shaped(entries, verbatim)
    known = list(dict.fromkeys(shape for shape, _ in found))
    number = {shape: at for at, shape in enumerate(known)}
    shapes_of = [number[shape] for shape, _ in found]
    rows_of: list[list[list[Any]]] = [[] for _ in known]
    for at, (_, values) in zip(shapes_of, found, strict=True):
        rows_of[at].append(values)
    columns = [[_frozen(column) for column in zip(*rows, strict=True)] for rows in rows_of]
    pooled = pools(known, columns)
    slots = _slots(known, pooled)
    start = varint.unsigned(len(known)) + b"".join(map(shapes.written, known)) + layout.written(known, slots)
    pieces = [start, *(of_numbers(shapes_of) if len(known) > 1 else [])]
    return [*pieces, *_columns(pooled, layout.Layout(shapes_of, slots), shapes_of)]


def _columns(pooled: Sequence[Pool], plan: layout.Layout, shapes_of: Sequence[int]) -> Iterator[bytes]:
    book = Book(shapes_of)
    for pool, rows in zip(pooled, plan.columns(), strict=True):
        values = _merged(pool, rows, plan)
        yield from _column(pool[0].role, values, rows, book)
        book.add(rows, values)


def _column(role: Role, values: Sequence[Any], rows: Rows, book: Book) -> Pieces:
    if role is Role.WALL and len(values) > TINY and -_FAR < min(values) <= max(values) < _FAR:
        return _walls(values, rows, book)
    return of_values(values, rows, book)


def _walls(values: Sequence[int], rows: Rows, book: Book) -> Pieces:
    """Wall times: above the one before, or the one before in a context, apart for every shape."""
    steps = list(map(sub, islice(values, 1, None), values))
    first = min(steps, key=abs)
    steps.insert(0, first)
    keys = book.earlier.keys((SHAPE,), len(steps), rows)
    inner = lightest([of_numbers(steps), of_split((SHAPE,), keys, steps, rows, book)])
    return lightest([of_numbers(values), write_numbers.delta(values[0] - first, inner)])


def _merged(pool: Pool, rows: Rows, plan: layout.Layout) -> Sequence[Any]:
    """The values of all leaves of a pool, in the log's order."""
    if len(pool) == 1:
        return pool[0].values
    at: dict[int, Any] = {}
    for leaf in pool:
        at.update(zip(plan.shape_rows(leaf.shape), leaf.values, strict=True))
    return list(map(at.__getitem__, rows))


def _slots(known: Sequence[Shape], pooled: Sequence[Pool]) -> list[list[int]]:
    slots = [[0] * shape.leaves for shape in known]
    for number, pool in enumerate(pooled):
        for leaf in pool:
            slots[leaf.shape][leaf.at] = number
    return slots


def _frozen(column: Sequence[Any]) -> Sequence[Any]:
    """Lists as tuples."""
    if list in set(map(type, column)):
        return [tuple(value) if isinstance(value, list) else value for value in column]
    return column


def _shaped(entries: Sequence[Entry], verbatim: Collection[int]) -> list[tuple[Shape, list[Any]]]:
    """Every entry's shape and leaves, the salt included."""
    places = [at for at, entry in enumerate(entries) if entry.body is not None and at not in verbatim]
    parsed = _parsed([entries[at].body for at in places])  # type: ignore[misc]  # bodies that are None are left out
    found: list[tuple[Shape, list[Any]]] = list(map(_whole, entries))
    for at, leaves in zip(places, parsed, strict=False):
        found[at] = leaves if not entries[at].salt else _salted(*leaves, entries[at].salt)
    return _few(entries, found)


def _whole(entry: Entry) -> tuple[Shape, list[Any]]:
    """An entry as its own bytes."""
    if entry.body is None:
        return shapes.ERASED, [entry.inner]
    return (
        (shapes.VERBATIM_SALTED, [entry.body, entry.salt]) if entry.salt else (shapes.VERBATIM, [entry.body])
    )


def _salted(shape: Shape, leaves: list[Any], salt: bytes) -> tuple[Shape, list[Any]]:
    return shape._replace(salted=True), [*leaves, salt]


def _few(entries: Sequence[Entry], found: list[tuple[Shape, list[Any]]]) -> list[tuple[Shape, list[Any]]]:
    """The rarest shapes give way when there are too many, and those out of bounds always."""
    counted = Counter(shape for shape, _ in found)
    good = {shape for shape, _ in counted.most_common(MAX_SHAPES - 2) if shapes.fits(shape)}
    if len(good) == len(counted):
        return found
    return [item if item[0] in good else _whole(entry) for entry, item in zip(entries, found, strict=True)]


def _parsed(bodies: Sequence[bytes]) -> list[tuple[Shape, list[Any]]]:
    """The changes' shapes and leaves, parsed in one go; none when one of them is not a change.

    What is wrong about a change shows when the frame is rebuilt: nothing is checked here.
    """
    try:
        items = cbor2.loads(scalars.array_head(len(bodies)) + b"".join(bodies))
        if len(items) != len(bodies):
            return []
        return [(_shape(item), shapes.leaves(item)) for item in items]
    except _NOT_A_CHANGE:
        return []


def _shape(items: Sequence[Any]) -> Shape:
    groups = tuple((number, len(values)) for number, values in items[2].items())
    return Shape(Form.LEAVES, False, len(items) == 7, items[0], len(items[1]), groups, len(items[3]))
