"""Columns of text: whole, of fixed width, of digits, cut at blanks, or joined from other columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain, compress, islice

from sync.protocol import scalars, varint
from sync.protocol.columns.kinds import Kind, Pieces
from sync.protocol.context import Rows, chosen
from sync.protocol.limits import FrameInvalid
from sync.protocol.source import Column, Source

MOST_FIELDS = 64
_MOST_DIGITS = 18


def _short(text: str) -> bytes:
    data = text.encode()
    return varint.unsigned(len(data)) + data


def lines(lengths: Pieces, values: Sequence[str]) -> Pieces:
    """The length of each text in UTF-8 bytes, then all of them."""
    return [bytes((Kind.LINES,)), *lengths, "".join(values).encode()]


def read_lines(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of LINES."""
    return list(map(scalars.text, slices(source, source.numbers(length, rows))))


def slices(source: Source, lengths: Sequence[int]) -> list[bytes]:
    """The next bytes, cut to these lengths."""
    if min(lengths) < 0:
        raise FrameInvalid(why="length")
    data = source.take(sum(lengths))
    ends = accumulate(lengths)
    return [data[end - size : end] for end, size in zip(ends, lengths, strict=True)]


def ended(values: Sequence[str]) -> Pieces:
    """The texts, each ended by a line feed; none may hold one."""
    data = "".join([f"{value}\n" for value in values]).encode()
    return [bytes((Kind.ENDED,)) + varint.unsigned(len(data)), data]


def read_ended(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of ENDED."""
    values = source.text().split("\n")
    if len(values) != length + 1 or values.pop():
        raise FrameInvalid(why="lines")
    return values  # type: ignore[return-value]  # texts are values


def fixed(values: Sequence[str], width: int) -> Pieces:
    """ASCII texts of one width: the first character of all, then the second of all, and so on."""
    data = "".join(values)
    start = bytes((Kind.FIXED,)) + varint.unsigned(width)
    return [start, *(data[at::width].encode() for at in range(width))]


def read_fixed(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of FIXED."""
    data = bytes(turned(source, length))
    if not data.isascii():
        raise FrameInvalid(why="text")
    text, width = data.decode(), len(data) // length
    return [text[at : at + width] for at in range(0, len(text), width)]


def turned(source: Source, length: int) -> bytearray:
    """Planes of bytes laid back into rows."""
    width = source.varint()
    if width == 0:
        raise FrameInvalid(why="width")
    data = source.take(length * width)
    laid = bytearray(len(data))
    for at in range(width):
        laid[at::width] = data[at * length : (at + 1) * length]
    return laid


def digits(width: int, inner: Pieces) -> Pieces:
    """Decimal digits: numbers filled up with zeros to `width`, or not filled up when that is 0."""
    return [bytes((Kind.DIGITS, width)), *inner]


def read_digits(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of DIGITS."""
    width = source.byte()
    numbers = source.numbers(length, rows)
    if width > _MOST_DIGITS or min(numbers) < 0 or max(numbers) >= 10 ** (width or _MOST_DIGITS):
        raise FrameInvalid(why="digits")
    return [f"{number:0{width}d}" for number in numbers] if width else [str(number) for number in numbers]


def affix(before: str, after: str, inner: Pieces) -> Pieces:
    """Texts that all begin and end alike."""
    return [bytes((Kind.AFFIX,)) + _short(before) + _short(after), *inner]


def read_affix(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of AFFIX."""
    before, after = source.text(), source.text()
    inner = source.texts(length, rows)
    source.spend_joined(sum(map(len, inner)) + length * (len(before) + len(after)))
    return [f"{before}{text}{after}" for text in inner]


def words(blank: str, counts: Pieces, flat: Pieces) -> Pieces:
    """Texts cut at `blank`: how many words each has, and the words of all."""
    return [bytes((Kind.WORDS,)) + _short(blank), *counts, *flat]


def read_words(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of WORDS."""
    blank = source.text()
    counts = source.numbers(length, rows)
    if min(counts) < 1:
        raise FrameInvalid(why="words")
    flat = source.texts(sum(counts))
    source.spend_joined(sum(map(len, flat)) + len(flat) * len(blank))
    rest = iter(flat)
    return [blank.join(islice(rest, count)) for count in counts]


def fields(blank: str, counts: Pieces, columns: Sequence[Pieces]) -> Pieces:
    """Texts cut at `blank`: how many words each has, then the first words, then the second, and so on."""
    return [bytes((Kind.FIELDS,)) + _short(blank), *counts, *chain.from_iterable(columns)]


def read_fields(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of FIELDS."""
    blank = source.text()
    counts = source.numbers(length, rows)
    most = max(counts)
    if min(counts) < 1 or most > MOST_FIELDS:
        raise FrameInvalid(why="words")
    parts: list[list[str]] = [[] for _ in counts]
    for place in range(most):
        source.spend_cells(length)
        has = [count > place for count in counts]
        column = source.texts(sum(has), chosen(rows, has, sum(has)))
        source.spend_joined(sum(map(len, column)) + len(column) * len(blank))
        for words_so_far, word in zip(compress(parts, has), column, strict=True):
            words_so_far.append(word)
    return [blank.join(found) for found in parts]


def joined(columns: Sequence[Pieces]) -> Pieces:
    """Texts, or byte strings, put together from those of several columns."""
    return [bytes((Kind.JOINED,)) + varint.unsigned(len(columns)), *chain.from_iterable(columns)]


def read_joined(source: Source, length: int, rows: Rows | None) -> Column:
    """The values of JOINED."""
    number = source.varint()
    if not 1 <= number <= MOST_FIELDS:
        raise FrameInvalid(why="joined")
    columns = [source.column(length, rows) for _ in range(number)]
    kinds = set(map(type, chain.from_iterable(columns)))
    if kinds not in ({str}, {bytes}):
        raise FrameInvalid(why="type")
    source.spend_joined(sum(map(len, chain.from_iterable(columns))))  # type: ignore[arg-type]  # checked above
    empty = "" if kinds == {str} else b""
    return list(map(empty.join, zip(*columns, strict=True)))
