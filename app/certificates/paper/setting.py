"""Sets lines of text into a page: finds the size that fits, breaks long lines, writes PDF operators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from app.certificates.paper import template, typeface
from app.certificates.paper.ornament import HEIGHT, POINT, Colour, colour
from app.certificates.paper.template import Item, Template
from app.certificates.paper.typeface import Line

Fields = Mapping[str, str]
Key = tuple[int, str, float, float]
"""What a set line depends on: the item (by identity), the text, its left edge and baseline."""

MICRO_FACE, MICRO_INK = "sans-semibold", "indigo"
_SMALLEST = 0.55
_LEADING = 1.18
_KEPT = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A set line: its state (font, colour, tracking), operators, glyphs, and right edge (mm).

    `key` is state and operators as one: pieces are looked up by the hundred per sheet, and bytes remember
    their hash.
    """

    state: tuple[bytes, bytes, bytes]
    operators: bytes
    alias: str
    glyphs: Mapping[int, str]
    end: float
    key: bytes


@dataclass(slots=True, eq=False)
class Ready:
    """A template with its typefaces and colours looked up, and the lines set lately.

    `front` and `back` are the lines that differ from sheet to sheet.
    In a class most lines are the same on every certificate, so keeping them is most of the speed.
    """

    template: Template
    faces: dict[str, typeface.Typeface]
    colours: dict[str, Colour]
    heads: list[Item]
    totals: dict[str, Item]
    continued: Item
    front: list[Item]
    back: list[Item]
    kept: dict[Key, tuple[Item, tuple[Piece, ...], float]] = field(default_factory=dict)


def ready(design: Template) -> Ready:
    """Loads what the template names."""
    columns = design.table.columns
    replace = msgspec.structs.replace
    return Ready(
        design,
        {alias: typeface.load(name) for alias, name in design.faces.items()},
        {name: colour(rgb) for name, rgb in design.colours.items()},
        [replace(column, face="sans-semibold", colour="white") for column in columns],
        {
            column.field: replace(
                column, face="sans-bold", colour="indigo" if column.field == "outcome" else "ink"
            )
            for column in columns
        },
        next(
            replace(c, face="serif-italic", colour="ink2", size=12.0) for c in columns if c.field == "title"
        ),
        [item for item in design.front if not item.fixed],
        [item for item in design.back if not item.fixed],
    )


@dataclass(slots=True)
class Setter:
    """Gathers the set lines of a page; `end` is where the last item ended (mm)."""

    ready: Ready
    pieces: list[Piece] = field(default_factory=list)
    end: float = 0.0

    def put(self, item: Item, fields: Fields, *, shift: float = 0.0, rise: float = 0.0) -> None:
        """Sets an item, `shift` mm to the right and `rise` up; does nothing if its fields are not there."""
        text = chosen(item, fields)
        if text is not None:
            self.write(item, text, item.y - rise, shift=shift)

    def write(self, item: Item, text: str, y: float, *, shift: float = 0.0) -> None:
        """Sets this text as the item says, with its (last) baseline at `y` mm."""
        if not text:
            return
        x = (item.x if item.after is None else self.end + item.after) + shift
        key = (id(item), text, x, y)
        kept = self.ready.kept
        found = kept.get(key)
        if found is None:
            if len(kept) > _KEPT:
                kept.clear()
            # The item stays with its lines, so that its identity is not given to another meanwhile.
            pieces = _set(self.ready, item, text, x, y)
            found = kept[key] = (item, pieces, max(piece.end for piece in pieces))
        self.pieces += found[1]
        self.end = found[2]

    def micro(self, text: str, span: tuple[float, float], y: float, size: float) -> None:
        """Repeats a short text over the span (mm), spread so that it ends exactly there."""
        left, right = span
        one = self.ready.faces[MICRO_FACE].line(text, loose=True)
        room = (right - left) * POINT
        times = max(1, int(room / (one.width * size)))
        line = Line(b"[%b]" % (one.operand[1:-1] * times), one.width * times, one.letters * times, one.glyphs)
        spread = (room - line.width * size) / line.letters
        place = (left * POINT, (HEIGHT - y) * POINT)
        self.pieces.append(_piece(self.ready, (MICRO_FACE, size, MICRO_INK, spread), line, place))


def content(pieces: Iterable[Piece]) -> bytes:
    """The operators of these lines as one text object."""
    parts = [b"BT"]
    state: tuple[bytes, ...] = (b"", b"", b"")
    for piece in pieces:
        if piece.state is not state:
            parts += [now for now, before in zip(piece.state, state, strict=True) if now != before]
            state = piece.state
        parts.append(piece.operators)
    parts.append(b"ET\n")
    return b"\n".join(parts)


def chosen(item: Item, fields: Fields) -> str | None:
    """The text of an item: its first pattern whose fields are all there."""
    if item.needs is not None and item.needs not in fields:
        return None
    for pattern in item.text:
        wanted = template.keys(pattern)
        if all(key in fields for key in wanted):
            return pattern.format_map(fields) if wanted else pattern
    return None


def _set(ready: Ready, item: Item, text: str, x: float, y: float) -> tuple[Piece, ...]:
    size, parts = _fitted(ready, item, text)
    leading = item.leading * POINT if item.leading else size * _LEADING
    base = (HEIGHT - y - (item.drop if len(parts) > 1 else 0.0)) * POINT + leading * (len(parts) - 1)
    base += item.lift * (item.size - size) if len(parts) == 1 else 0.0
    tracking = item.tracking * size / item.size
    found = []
    for place, part in enumerate(parts):
        line = _line(ready, item, part)
        width = line.width * size + tracking * (line.letters - 1)
        left = x * POINT - (0.0 if item.align == "left" else width if item.align == "right" else width / 2)
        spot = (left, base - place * leading)
        found.append(_piece(ready, (item.face, size, item.colour, tracking), line, spot))
    return tuple(found)


def _piece(
    ready: Ready, manner: tuple[str, float, str, float], line: Line, place: tuple[float, float]
) -> Piece:
    """A line set in a manner (face, size, colour, tracking) with its left end at a place (points)."""
    alias, size, ink, tracking = manner
    state = (
        b"/%b %.2f Tf" % (alias.encode("ascii"), size),
        b"%.3f %.3f %.3f rg" % ready.colours[ink],
        b"%.3f Tc" % tracking,
    )
    width = line.width * size + tracking * (line.letters - 1)
    operators = b"1 0 0 1 %.2f %.2f Tm %b TJ" % (*place, line.operand)
    key = b" ".join((*state, operators))
    return Piece(state, operators, alias, line.glyphs, (place[0] + width) / POINT, key)


def _line(ready: Ready, item: Item, text: str) -> Line:
    return ready.faces[item.face].line(text, loose=item.tracking > 0)


def _fitted(ready: Ready, item: Item, text: str) -> tuple[float, list[str]]:
    """The size in points and the lines in which the text fits."""
    if item.fit is None:
        return item.size, [text]
    size = min(item.size, _largest(ready, item, text))
    least = item.least if item.least is not None else item.size * _SMALLEST
    if size >= least or item.lines == 1:
        return size, [text]
    parts = _broken(ready, item, text)
    wrapped = item.wrapped if item.wrapped is not None else least
    return min(wrapped, *(_largest(ready, item, part) for part in parts)), parts


def _largest(ready: Ready, item: Item, text: str) -> float:
    """The size at which the text is exactly as wide as the item may be."""
    line = _line(ready, item, text)
    em = line.width + item.tracking / item.size * (line.letters - 1)
    return (item.fit or 0.0) * POINT / em if em else item.size


def _broken(ready: Ready, item: Item, text: str) -> list[str]:
    """The text in two lines, broken at the blank that leaves the shorter longest line."""
    breaks = [i for i, letter in enumerate(text) if letter == " "] or [len(text) // 2]
    ways = [[text[:i].strip(), text[i:].strip()] for i in breaks]
    return min(ways, key=lambda parts: max(_line(ready, item, part).width for part in parts))
