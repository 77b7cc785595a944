"""Picks the kind of a column of any values, leaning on earlier columns where that helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from typing import Any

from sync.protocol.choosing.book import SAMPLE, Book, Lean, lightest
from sync.protocol.choosing.numbers import of_numbers, of_truths
from sync.protocol.choosing.texts import of_bytes, of_texts, tabled
from sync.protocol.columns import plain, predicted
from sync.protocol.columns.kinds import Pieces
from sync.protocol.context import Context, Rows

_FEW = 16
_MISSED = 0.04


def of_values(values: Sequence[Any], rows: Rows, book: Book) -> Pieces:
    """A column of a shape's leaf: its values, the changes they stand in, and what is known."""
    kinds = set(map(type, values))
    if len(kinds) == 1:
        return _of_one_type(kinds.pop(), values, rows, book)
    if type(None) in kinds:
        return _with_nulls(values, rows, book)
    return plain.verbatim(values)


def _of_one_type(kind: type, values: Sequence[Any], rows: Rows, book: Book) -> Pieces:
    distinct = set(values)
    if len(distinct) == 1 and kind is not tuple:
        return plain.constant(values[0])
    if len(distinct) <= _FEW and len(values) > SAMPLE // 8:
        leant = _leaning(values, rows, book)
        if leant is not None:
            return leant
    if kind is str:
        return of_texts(values, book, rows)
    if kind is bytes and _FEW < len(distinct) <= len(values) // 2:
        return tabled(values, of_bytes, lambda places: of_places(places, rows, book))
    return _WRITERS[kind](values)


def _of_lists(values: Sequence[tuple[Any, ...]]) -> Pieces:
    flat = [part for value in values for part in value]
    kinds = set(map(type, flat))
    inner = _WRITERS[kinds.pop()] if len(kinds) == 1 else plain.verbatim
    return plain.lists(of_numbers(list(map(len, values))), inner(flat) if flat else [])


def _of_nulls(values: Sequence[None]) -> Pieces:
    return plain.constant(None)


_WRITERS: dict[type, Callable[[Any], Pieces]] = {
    int: of_numbers,
    str: of_texts,
    bytes: of_bytes,
    bool: of_truths,
    tuple: _of_lists,
    type(None): _of_nulls,
}


def _with_nulls(values: Sequence[Any], rows: Rows, book: Book) -> Pieces:
    """Nulls foretold; or a column for every value of another column that tells which are null."""
    for ref in book.leans(rows, lambda lean: lean.kinds == {str} and 1 < lean.distinct <= _FEW):
        keys = book.earlier.keys((ref,), len(values), rows)
        null = {key for key, value in zip(keys, values, strict=True) if value is None}
        if not any(key in null for key, value in zip(keys, values, strict=True) if value is not None):
            return of_split((ref,), keys, values, rows, book)
    missed = [value is not None for value in values]
    some = list(compress(values, missed))
    return predicted.common(None, of_truths(missed), of_values(some, list(compress(rows, missed)), book))


def of_split(
    context: Context, keys: Sequence[object], values: Sequence[Any], rows: Rows, book: Book
) -> Pieces:
    """SPLIT, each part by its own best kind."""
    parts = plain.parted(keys).values()
    columns = [of_values([values[at] for at in part], [rows[at] for at in part], book) for part in parts]
    return plain.split(context, columns)


def _leaning(values: Sequence[Any], rows: Rows, book: Book) -> Pieces | None:
    """LAST on the earlier column that foretells nearly all, if there is one."""
    part, many = rows[:SAMPLE], len(rows[:SAMPLE])
    best, fewest = None, _MISSED * many
    for ref in book.leans(rows, lambda lean: 1 < lean.distinct <= SAMPLE):
        missed = sum(predicted.not_last(values[:SAMPLE], book.earlier.keys((ref,), many, part)))
        if missed < fewest:
            best, fewest = (ref,), missed
    if best is None:
        return None
    misses = predicted.not_last(values, book.earlier.keys(best, len(values), rows))
    others = list(compress(values, misses))
    inner = of_values(others, list(compress(rows, misses)), book) if others else []
    return predicted.last(best, of_truths(misses), inner)


def of_places(places: list[int], rows: Rows, book: Book) -> Pieces:
    """Places in a table of ids: what followed the last time, in the context that foretells most."""
    best, fewest = None, len(places) // 3
    contexts: list[Context] = [(), *((ref,) for ref in book.leans(rows[-1:], _context))]
    for context in contexts:
        missed = sum(predicted.not_followed(places, book.earlier.keys(context, len(places), rows)))
        if missed < fewest:
            best, fewest = context, missed
    if best is None:
        return of_numbers(places)
    misses = predicted.not_followed(places, book.earlier.keys(best, len(places), rows))
    others = of_numbers(list(compress(places, misses)))
    return lightest([of_numbers(places), predicted.follow(best, of_truths(misses), others)])


def _context(lean: Lean) -> bool:
    return 1 < lean.distinct <= SAMPLE and lean.kinds <= {str, int}
