"""Picks the kind of a column of text or of byte strings."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import compress

from sync.protocol.choosing.book import EMPTY, TINY, Book, lightest, weight
from sync.protocol.choosing.numbers import of_numbers, of_places, of_truths
from sync.protocol.columns import plain, predicted, strings
from sync.protocol.columns import texts as write
from sync.protocol.columns.kinds import Pieces
from sync.protocol.context import Rows

_MOST_DIGITS = 18
_NIK_DIGITS = 16
_ID_BYTES = 16
_HALF = 8
_MANY = 256
_PART = 250
"""So many texts stand for a longer column when ways are weighed."""
_PER_LETTER = 0.55
"""Bytes that deflate needs for a letter of short words: measured on names and places."""


def of_texts(values: Sequence[str], book: Book = EMPTY, rows: Rows | None = None) -> Pieces:
    """A column of texts."""
    if len(values) == 0:
        return []
    distinct = set(values)
    if len(distinct) == 1:
        return plain.constant(values[0])
    if len(values) > 4 and 2 * len(distinct) <= len(values):
        return tabled(values, of_texts, of_places)
    return _unlike(values, book, rows)


def tabled(
    values: Sequence[str] | Sequence[bytes],
    entries: Callable[[list], Pieces],  # type: ignore[type-arg]  # of the values' own type
    places: Callable[[list[int]], Pieces],
) -> Pieces:
    """TABLE: entries by first occurrence, the most frequent first once a place needs two bytes."""
    known = list(dict.fromkeys(values))
    if len(known) > _MANY:
        known = [value for value, _ in Counter(values).most_common()]
    place = {value: at for at, value in enumerate(known)}
    return plain.table(len(known), entries(known), places(list(map(place.__getitem__, values))))


def _unlike(values: Sequence[str], book: Book, rows: Rows | None) -> Pieces:
    """Texts that hardly repeat: as numbers, cut into words, or as they are."""
    numerals = _numerals(values, _common_beginning(values), book, rows)
    if numerals is not None:
        return numerals
    part = values[:: max(1, len(values) // _PART)]
    ways = [_whole(part, values)]
    if len(part) > TINY:
        ways.extend(_cut_ways(part, max(value.count(" ") for value in values)))
    return min(ways, key=lambda way: way[0])[1](values)


Way = tuple[float, Callable[[Sequence[str]], Pieces]]
"""About how many bytes a way of writing takes, and the way."""


def _whole(part: Sequence[str], values: Sequence[str]) -> Way:
    width = len(values[0])
    if "\n" in "".join(values):
        return float(weight(_lines(part))), _lines
    if set(map(len, values)) == {width} and width and "".join(values).isascii():
        return float(weight(write.fixed(part, width))), lambda found: write.fixed(found, width)
    return float(weight(write.ended(part))), write.ended


def _lines(values: Sequence[str]) -> Pieces:
    return write.lines(of_numbers([len(value.encode()) for value in values]), values)


def _cut_ways(values: Sequence[str], blanks: int) -> Iterator[Way]:
    """FIELDS at commas, FIELDS and WORDS at blanks, with about what they would take.

    `blanks` are at most in any text, those that are not here included.
    """
    for blank in (", ", " "):
        cut = [value.split(blank) for value in values]
        most = max(map(len, cut))
        if 2 * sum(map(len, cut)) < 3 * len(cut):
            continue
        if blanks < write.MOST_FIELDS:
            columns = _columns(cut, most)
            taken = sum(_tabled_bytes(column, blank == ", ") for column in columns) + len(cut) / 8
            yield taken, partial(_fields, blank)
        flat = [word for words in cut for word in words]
        yield _tabled_bytes(flat, False) + len(cut) / 4, partial(_words, blank)


def _tabled_bytes(values: Sequence[str], divisible: bool) -> float:
    """About the bytes of a table: the entropy of its places and five bits a letter for its entries."""
    counts = Counter(values)
    many = len(values)
    places = many * math.log2(many) - sum(times * math.log2(times) for times in counts.values())
    if 2 * len(counts) > many:
        places = 0.0  # no table: one after another
    taken = places / 8 + sum(len(value) + 1 for value in counts) * _PER_LETTER
    if divisible and many > TINY:
        taken = min([taken, *(way[0] for way in _cut_ways(values, 0))])
    return taken


def _columns(cut: Sequence[Sequence[str]], most: int) -> list[list[str]]:
    return [[words[at] for words in cut if len(words) > at] for at in range(most)]


def _fields(blank: str, values: Sequence[str]) -> Pieces:
    cut = [value.split(blank) for value in values]
    columns = _columns(cut, max(map(len, cut)))
    return write.fields(blank, of_numbers(list(map(len, cut))), list(map(of_texts, columns)))


def _words(blank: str, values: Sequence[str]) -> Pieces:
    cut = [value.split(blank) for value in values]
    flat = [word for words in cut for word in words]
    return write.words(blank, of_numbers(list(map(len, cut))), of_texts(flat))


def _common_beginning(values: Sequence[str]) -> str:
    """What all begin with: what the first and the last in order begin with."""
    first, last = min(values), max(values)
    length = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:length]


def _numerals(values: Sequence[str], prefix: str, book: Book, rows: Rows | None) -> Pieces | None:
    """The column as numbers, when every text is decimal digits after a common beginning."""
    rests = [value[len(prefix) :] for value in values]
    if not all(rest.isascii() and rest.isdigit() for rest in rests):
        rests, prefix = list(values), ""
        if not all(rest.isascii() and rest.isdigit() for rest in rests):
            return None
    if all(len(value) == _NIK_DIGITS and value.isdigit() for value in values) and len(values) > TINY:
        return _nik(values, book, rows)
    if prefix and any(rest[0] == "0" for rest in rests) and len(set(map(len, rests))) > 1:
        rests, prefix = list(values), ""
    inner = _digits(rests)
    return write.affix(prefix, "", inner) if prefix and inner is not None else inner


def _digits(values: Sequence[str]) -> Pieces | None:
    widths = set(map(len, values))
    if max(widths) > _MOST_DIGITS:
        return None
    leading = any(value[0] == "0" and len(value) > 1 for value in values)
    if leading and len(widths) > 1:
        return None
    width = widths.pop() if leading else 0
    return write.digits(width, of_numbers(list(map(int, values))))


def _nik(values: Sequence[str], book: Book, rows: Rows | None) -> Pieces:
    """District, birth date and serial apart; the date from a column of days where one agrees."""
    districts, dates, serials = ([value[a:b] for value in values] for a, b in ((0, 6), (6, 12), (12, 16)))
    parts = [of_texts(districts), _birth_dates(dates, book, rows), of_texts(serials)]
    return write.joined(parts)


def _birth_dates(dates: Sequence[str], book: Book, rows: Rows | None) -> Pieces:
    if rows is None:
        return of_texts(dates)
    shifts = [40 if date[0] in "4567" else 0 for date in dates]
    for ref in book.leans(lambda lean: lean.kinds == {int} and lean.distinct > 1):
        foretold = predicted.birth_digits(book.earlier.values(ref, rows), shifts)
        missed = [date != told for date, told in zip(dates, foretold, strict=True)]
        if 4 * sum(missed) < len(dates):
            others = of_texts(list(compress(dates, missed)))
            return predicted.birth(ref, of_numbers(shifts), of_truths(missed), others)
    return of_texts(dates)


def of_bytes(values: Sequence[bytes]) -> Pieces:
    """A column of byte strings."""
    if len(values) == 0:
        return []
    distinct = set(values)
    if len(distinct) == 1:
        return plain.constant(values[0])
    if 2 * len(distinct) <= len(values):
        return tabled(values, of_bytes, of_places)
    widths = set(map(len, values))
    if len(widths) > 1 or widths == {0}:
        return strings.chunks(of_numbers(list(map(len, values))), values)
    width = widths.pop()
    ways = [strings.raw(values, width)]
    if width == _ID_BYTES and 2 * len({value[:_HALF] for value in values}) <= len(values):
        heads = of_bytes([value[:_HALF] for value in values])
        ways.append(write.joined([heads, of_bytes([value[_HALF:] for value in values])]))
    elif len(values) > TINY and weight(ways[0]) < len(values) * width:
        ways.append(strings.turn(values, width))
    return lightest(ways)
