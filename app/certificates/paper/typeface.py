"""A typeface of ours: sets a line of text into glyphs with kerning and ligatures, and knows its measures."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from app.certificates.paper import opentype, subset
from app.certificates.paper.opentype import View
from app.errors import Refused

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "fonts"
_LONGEST_LIGATURE = 3
DOT_BELOW = "\u0323"
"""Of Arabic names in Latin letters (`Muḥammad`): set under the letter where a face has no such glyph."""
_STAND_INS = {"\u02bc": "’", "\u02be": "’", "\u02bb": "‘", "\u02bf": "‘"}
"""Letters for hamzah and `ain, which look like these marks of punctuation."""


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: the operand of PDF's TJ, its width at 1 pt, the glyphs and what each stands for."""

    operand: bytes
    width: float
    letters: int
    glyphs: dict[int, str]


@dataclass(frozen=True, slots=True)
class Measures:
    """What a PDF font descriptor wants to know; thousandths of the em."""

    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]
    italic_angle: float


@dataclass(slots=True)
class Typeface:
    """One font file. The em is 1000 units in all of ours."""

    name: str
    tables: dict[str, bytes]
    _map: dict[int, int]
    _widths: Sequence[int]
    _kerning: opentype.Kerning
    _ligatures: dict[tuple[int, ...], int]
    _begins: frozenset[int] = frozenset()
    _pairs: dict[tuple[int, int], int] = field(default_factory=dict)
    _lines: dict[tuple[str, bool], Line] = field(default_factory=dict)

    def width(self, glyph: int) -> int:
        """A glyph's advance, in thousandths of the em."""
        return self._widths[glyph]

    def glyphs(self, text: str) -> dict[int, str]:
        """The glyphs that the letters of `text` and their ligatures need, and what each stands for."""
        found = {self._glyph(letter): letter for letter in text}
        for sequence, glyph in self._ligatures.items():
            if found.keys() >= set(sequence):
                found.setdefault(glyph, "".join(found[g] for g in sequence))
        return found

    def line(self, text: str, *, loose: bool = False) -> Line:
        """The set line; `loose` (letter-spaced) lines take no ligatures.

        Raises Refused("certificate-letter-missing") for a letter the typeface does not have.
        """
        key = (text, loose)
        line = self._lines.get(key)
        if line is None:
            if len(self._lines) > _LINES_KEPT:
                self._lines.clear()
            line = self._lines[key] = self._set(text, loose)
        return line

    def measures(self) -> Measures:
        """Ascent, descent, height of capitals, bounding box, slant."""
        head, hhea, os2, post = (View(self.tables[t]) for t in ("head", "hhea", "OS/2", "post"))
        box = (head.i16(36), head.i16(38), head.i16(40), head.i16(42))
        cap_height = os2.i16(88) if os2.u16(0) > 1 else hhea.i16(4)
        return Measures(hhea.i16(4), hhea.i16(6), cap_height, box, post.i16(4) + post.u16(6) / 65536)

    def _glyph(self, letter: str) -> int:
        glyph = self._map.get(ord(letter))
        if glyph is None:
            raise Refused("certificate-letter-missing", letter=letter)
        return glyph

    def _set(self, text: str, loose: bool) -> Line:
        named = self._named(text)
        if not loose:
            named = self._joined(named)
        units: list[tuple[int, int | None]] = []
        for glyph, letter in named:
            if letter == DOT_BELOW and units:
                units[-1] = (units[-1][0], glyph)
            else:
                units.append((glyph, None))
        pairs = self._pairs
        kerns = [
            pairs[left, right] if (left, right) in pairs else self._kern(left, right)
            for (left, _), (right, _) in pairwise(units)
        ]
        parts: list[str] = []
        for (glyph, mark), kern in zip(units, [*kerns, 0], strict=True):
            parts.append(f"{glyph:04X}" if mark is None else self._marked(glyph, mark))
            if kern:
                parts.append(f">{-kern}<")
        widths = self._widths
        width = sum([widths[glyph] for glyph, _ in units]) + sum(kerns)
        operand = f"[<{''.join(parts)}>]".encode("ascii")
        return Line(operand, width / 1000, len(named), dict(named))

    def _marked(self, glyph: int, mark: int) -> str:
        """A letter with a mark set under its middle; the mark takes no room."""
        back = round(self.width(glyph) / 2 + subset.middle(self.tables, mark))
        return f"{glyph:04X}>{back}<{mark:04X}>{self.width(mark) - back}<"

    def _named(self, text: str) -> list[tuple[int, str]]:
        """The glyph of each letter, and what it stands for; of some letters that are missing, their parts."""
        found: list[tuple[int, str]] = []
        for letter in text:
            if ord(letter) in self._map:
                found.append((self._map[ord(letter)], letter))
                continue
            parts = _STAND_INS.get(letter) or unicodedata.normalize("NFD", letter)
            if set(parts[1:]) - {DOT_BELOW} or not all(ord(part) in self._map for part in parts):
                raise Refused("certificate-letter-missing", letter=letter)
            found += [(self._map[ord(part)], part) for part in parts]
        return found

    def _kern(self, left: int, right: int) -> int:
        kern = self._pairs.get((left, right))
        if kern is None:
            kern = self._pairs[left, right] = self._kerning.between(left, right)
        return kern

    def _joined(self, named: list[tuple[int, str]]) -> list[tuple[int, str]]:
        begins = self._begins
        if not any(glyph in begins for glyph, _ in named):
            return named
        found: list[tuple[int, str]] = []
        at = 0
        while at < len(named):
            if named[at][0] not in begins:
                found.append(named[at])
                at += 1
                continue
            for length in range(_LONGEST_LIGATURE, 1, -1):
                piece = named[at : at + length]
                glyph = self._ligatures.get(tuple(g for g, _ in piece)) if len(piece) == length else None
                if glyph is not None:
                    found.append((glyph, "".join(letters for _, letters in piece)))
                    at += length
                    break
            else:
                found.append(named[at])
                at += 1
        return found


_LINES_KEPT = 4_000


@cache
def load(name: str) -> Typeface:
    """The typeface of this file name without `.ttf`, read once."""
    tables = opentype.tables((FOLDER / f"{name}.ttf").read_bytes())
    count = View(tables["hhea"]).u16(34)
    metrics = View(tables["hmtx"]).words(0, 2 * count)
    # Glyphs beyond the table are as wide as its last.
    beyond = View(tables["maxp"]).u16(4) - count
    ligatures = opentype.ligatures(tables["GSUB"])
    return Typeface(
        name,
        tables,
        opentype.character_map(tables["cmap"]),
        [*metrics[::2], *[metrics[-2]] * beyond],
        opentype.Kerning(tables["GPOS"]),
        ligatures,
        frozenset(sequence[0] for sequence in ligatures),
    )
