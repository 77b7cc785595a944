"""Reads from an OpenType file what setting a line needs: tables, character map, kerning, ligatures."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_SINGLE, _EXTENSION_POS, _PAIR, _LIGATURE = 1, 9, 2, 4
_SCRIPT = b"latn"


@dataclass(frozen=True, slots=True)
class View:
    """A piece of a font file that is read by offset; all numbers big-endian."""

    data: bytes
    base: int = 0

    def u16(self, at: int) -> int:
        """The unsigned 16-bit number at an offset."""
        return int.from_bytes(self.data[self.base + at : self.base + at + 2], "big")

    def i16(self, at: int) -> int:
        """The signed 16-bit number at an offset."""
        return int.from_bytes(self.data[self.base + at : self.base + at + 2], "big", signed=True)

    def u32(self, at: int) -> int:
        """The unsigned 32-bit number at an offset."""
        return int.from_bytes(self.data[self.base + at : self.base + at + 4], "big")

    def words(self, at: int, count: int) -> tuple[int, ...]:
        """`count` unsigned 16-bit numbers from an offset."""
        return struct.unpack_from(f">{count}H", self.data, self.base + at)

    def sub(self, at: int) -> View:
        """The piece that begins where the 16-bit offset at `at` points."""
        return View(self.data, self.base + self.u16(at))


def tables(font: bytes) -> dict[str, bytes]:
    """The tables of a font file by tag."""
    head = View(font)
    found = {}
    for i in range(head.u16(4)):
        entry = 12 + 16 * i
        offset, length = head.u32(entry + 8), head.u32(entry + 12)
        found[font[entry : entry + 4].decode("ascii")] = font[offset : offset + length]
    return found


def character_map(cmap: bytes) -> dict[int, int]:
    """Code point to glyph number, from the table's format 4 (or 12) subtable for Unicode."""
    head = View(cmap)
    found: dict[int, int] = {}
    for i in range(head.u16(2)):
        sub = View(cmap, head.u32(8 + 8 * i))
        if sub.u16(0) == 4:
            found |= _segments(sub)
        elif sub.u16(0) == 12:
            for group in range(sub.u32(12)):
                first, last, glyph = (sub.u32(16 + 12 * group + 4 * j) for j in range(3))
                found |= {code: glyph + code - first for code in range(first, last + 1)}
    return found


def _segments(sub: View) -> dict[int, int]:
    count = sub.u16(6) // 2
    found = {}
    for i in range(count):
        last, first = sub.u16(14 + 2 * i), sub.u16(16 + 2 * count + 2 * i)
        delta, at = sub.u16(16 + 4 * count + 2 * i), 16 + 6 * count + 2 * i
        indirect = sub.u16(at)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = sub.u16(at + indirect + 2 * (code - first)) if indirect else code
            if glyph or not indirect:
                found[code] = (glyph + delta) & 0xFFFF
    return {code: glyph for code, glyph in found.items() if glyph}


def _coverage(view: View) -> dict[int, int]:
    count = view.u16(2)
    if view.u16(0) == 1:
        return {glyph: i for i, glyph in enumerate(view.words(4, count))}
    found: dict[int, int] = {}
    for i in range(count):
        first, last, index = view.words(4 + 6 * i, 3)
        found |= {glyph: index + glyph - first for glyph in range(first, last + 1)}
    return found


def _classes(view: View) -> dict[int, int]:
    if view.u16(0) == 1:
        first, count = view.u16(2), view.u16(4)
        return {first + i: number for i, number in enumerate(view.words(6, count))}
    found: dict[int, int] = {}
    for i in range(view.u16(2)):
        first, last, number = view.words(4 + 6 * i, 3)
        found |= dict.fromkeys(range(first, last + 1), number)
    return found


def _subtables(table: bytes, feature: bytes, kind: int) -> Iterator[list[View]]:
    """The subtables of each lookup of one feature of the Latin script, in order."""
    root = View(table)
    scripts, features, lookups = root.sub(4), root.sub(6), root.sub(8)
    wanted: set[int] = set()
    for i in range(scripts.u16(0)):
        if table[scripts.base + 2 + 6 * i : scripts.base + 6 + 6 * i] == _SCRIPT:
            language = scripts.sub(6 + 6 * i).sub(0)
            for number in language.words(6, language.u16(4)):
                entry = features.base + 2 + 6 * number
                if table[entry : entry + 4] == feature:
                    listed = features.sub(6 + 6 * number)
                    wanted |= set(listed.words(4, listed.u16(2)))
    for number in sorted(wanted):
        lookup = lookups.sub(2 + 2 * number)
        subs = [lookup.sub(6 + 2 * i) for i in range(lookup.u16(4))]
        if lookup.u16(0) == _EXTENSION_POS:
            subs = [View(s.data, s.base + s.u32(4)) for s in subs if s.u16(2) == kind]
        elif lookup.u16(0) != kind:
            continue
        yield subs


class Kerning:
    """The horizontal adjustment between two glyphs, in units of the em; looked up, never expanded."""

    def __init__(self, gpos: bytes) -> None:
        self._lookups = [
            [(_coverage(s.sub(2)), self._reader(s)) for s in subs]
            for subs in _subtables(gpos, b"kern", _PAIR)
        ]

    def between(self, left: int, right: int) -> int:
        """Units to add to the advance of `left` when `right` follows."""
        return sum(self._in_lookup(lookup, left, right) for lookup in self._lookups)

    @staticmethod
    def _in_lookup(lookup: list[tuple[dict[int, int], _Pairs | _Matrix]], left: int, right: int) -> int:
        for coverage, reader in lookup:
            if left in coverage:
                found = reader.find(coverage[left], left, right)
                if found is not None:
                    return found
        return 0

    @staticmethod
    def _reader(sub: View) -> _Pairs | _Matrix:
        return _Pairs(sub) if sub.u16(0) == 1 else _Matrix(sub)


class _Pairs:
    """GPOS 2.1: listed pairs."""

    def __init__(self, sub: View) -> None:
        self._sub = sub
        self._size = 2 + 2 * (sub.u16(4).bit_count() + sub.u16(6).bit_count())

    def find(self, index: int, left: int, right: int) -> int | None:
        pairs = self._sub.sub(10 + 2 * index)
        for i in range(pairs.u16(0)):
            if pairs.u16(2 + self._size * i) == right:
                return pairs.i16(4 + self._size * i)
        return None


class _Matrix:
    """GPOS 2.2: pairs of classes."""

    def __init__(self, sub: View) -> None:
        self._sub = sub
        self._left, self._right = _classes(sub.sub(8)), _classes(sub.sub(10))
        self._size = 2 * (sub.u16(4).bit_count() + sub.u16(6).bit_count())

    def find(self, index: int, left: int, right: int) -> int | None:
        row, column = self._left.get(left, 0), self._right.get(right, 0)
        return self._sub.i16(16 + self._size * (row * self._sub.u16(14) + column))


def ligatures(gsub: bytes) -> dict[tuple[int, ...], int]:
    """Sequences of glyphs that the font joins by default, and the glyph they become."""
    found: dict[tuple[int, ...], int] = {}
    for subs in _subtables(gsub, b"liga", _LIGATURE):
        for sub in subs:
            for first, index in _coverage(sub.sub(2)).items():
                family = sub.sub(6 + 2 * index)
                for i in range(family.u16(0)):
                    ligature = family.sub(2 + 2 * i)
                    rest = ligature.words(4, ligature.u16(2) - 1)
                    found[(first, *rest)] = ligature.u16(0)
    return found
