"""Picks the kind of a column of any values, leaning on earlier columns where that helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from operator import ne
from typing import Any

from sync.protocol.choosing.book import EMPTY, SAMPLE, Book, Lean
from sync.protocol.choosing.numbers import of_numbers, of_runs, of_truths, run_starts
from sync.protocol.choosing.texts import of_bytes, of_texts, tabled
from sync.protocol.columns import plain, predicted
from sync.protocol.columns.kinds import Pieces
from sync.protocol.context import Context, Rows, Some

_FEW = 16
_MISSED = 0.04
_PART = 512


def of_values(values: Sequence[Any], rows: Rows, book: Book, kinds: frozenset[type] | None = None) -> Pieces:
    """A column of a shape's leaf: its values, the changes they stand in, and what is known.

    `kinds` are the values' types, where the caller knows them.
    """
    kinds = kinds or frozenset(map(type, values))
    if len(kinds) == 1:
        return _of_one_type(next(iter(kinds)), values, rows, book)
    if type(None) in kinds:
        return _with_nulls(values, rows, book)
    return plain.verbatim(values)


def _of_one_type(kind: type, values: Sequence[Any], rows: Rows, book: Book) -> Pieces:
    if kind is tuple:
        return _of_lists(values)
    distinct = set(values)
    if len(distinct) == 1:
        return plain.constant(values[0])
    if len(values) >= _PART:
        leant = _leaning(values, rows, book, len(distinct) <= _FEW)
        if leant is not None:
            return leant
        starts = run_starts(values) if kind is not int else None  # numbers look for themselves
        if starts:
            begun = Some(len(starts), lambda: [rows[at] for at in starts])
            return of_runs(values, starts, lambda first: of_values(first, begun, book))
    if kind is str:
        return of_texts(values, book, rows)
    if kind is bytes and _FEW < len(distinct) <= len(values) // 2:
        return tabled(values, of_bytes, lambda places: of_places(places, rows, book))
    return _WRITERS[kind](values)


def _of_lists(values: Sequence[tuple[Any, ...]]) -> Pieces:
    flat = [part for value in values for part in value]
    kinds = set(map(type, flat))
    inner = _WRITERS.get(kinds.pop(), plain.verbatim) if len(kinds) == 1 else plain.verbatim
    return plain.lists(of_numbers(list(map(len, values))), inner(flat) if flat else [])


def _of_nulls(values: Sequence[None]) -> Pieces:
    return plain.constant(None)


_WRITERS: dict[type, Callable[[Any], Pieces]] = {
    int: of_numbers,
    str: of_texts,
    bytes: of_bytes,
    bool: of_truths,
    type(None): _of_nulls,
}


def _with_nulls(values: Sequence[Any], rows: Rows, book: Book) -> Pieces:
    """Nulls foretold; or a column for every value of another column that tells which are null."""
    for ref in book.leans(lambda lean: lean.kinds == {str} and 1 < lean.distinct <= _FEW):
        keys = book.earlier.keys((ref,), len(values), rows)
        null = {key for key, value in zip(keys, values, strict=True) if value is None}
        if not any(key in null for key, value in zip(keys, values, strict=True) if value is not None):
            return of_split((ref,), keys, values)
    missed = [value is not None for value in values]
    return predicted.common(None, of_truths(missed), _others(values, missed, rows, book))


def of_split(context: Context, keys: Sequence[object], values: Sequence[Any]) -> Pieces:
    """SPLIT, each part by its own best kind."""
    return plain.split(context, [apart(part) for part in plain.parted(keys, values).values()])


def apart(values: Sequence[Any]) -> Pieces:
    """A column that leans on no other."""
    return of_values(values, range(len(values)), EMPTY)


def _leaning(values: Sequence[Any], rows: Rows, book: Book, few: bool) -> Pieces | None:
    """EQUAL or LAST on the earlier column that foretells nearly all, if there is one."""
    start = (len(values) - _PART) // 2
    part, of_part = values[start : start + _PART], rows[start : start + _PART]
    allowed = _MISSED * len(part)
    for ref in book.leans(lambda lean: lean.kinds == {type(values[0])} and lean.distinct > 1):
        if sum(map(ne, part, book.earlier.values(ref, of_part))) <= allowed:
            missed = list(map(ne, values, book.earlier.values(ref, rows)))
            return predicted.equal(ref, of_truths(missed), _others(values, missed, rows, book))
    best, fewest = None, allowed
    for ref in book.leans(lambda lean: few and 1 < lean.distinct <= SAMPLE):
        unlike = sum(predicted.not_last(part, book.earlier.keys((ref,), len(part), of_part)))
        if unlike < fewest:
            best, fewest = (ref,), unlike
    if best is None:
        return None
    missed = predicted.not_last(values, book.earlier.keys(best, len(values), rows))
    return predicted.last(best, of_truths(missed), _others(values, missed, rows, book))


def _others(values: Sequence[Any], missed: Sequence[bool], rows: Rows, book: Book) -> Pieces:
    """The values that were not foretold."""
    others = list(compress(values, missed))
    return apart(others) if others else []


def of_places(places: list[int], rows: Rows, book: Book) -> Pieces:
    """Places in a table of ids: what followed the last time, in the context that foretells most."""
    part, of_part = places[-SAMPLE:], rows[-SAMPLE:]
    best, fewest = None, len(part) // 3
    contexts: list[Context] = [(), *((ref,) for ref in book.touching(_context)[:2])]
    for context in contexts:
        missed = sum(predicted.not_followed(part, book.earlier.keys(context, len(part), of_part)))
        if missed < fewest:
            best, fewest = context, missed
    if best is None:
        return of_numbers(places)
    misses = predicted.not_followed(places, book.earlier.keys(best, len(places), rows))
    others = of_numbers(list(compress(places, misses)))
    return predicted.follow(best, of_truths(misses), others)


def _context(lean: Lean) -> bool:
    return 1 < lean.distinct <= SAMPLE and lean.kinds <= {str, int}
