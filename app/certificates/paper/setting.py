"""Sets lines of text into a page: finds the size that fits, breaks long lines, writes PDF operators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.certificates.paper import template, typeface
from app.certificates.paper.ornament import HEIGHT, POINT, Colour, colour
from app.certificates.paper.template import Item, Template

Fields = Mapping[str, str]
_SMALLEST = 0.55
_LEADING = 1.18


@dataclass(frozen=True, slots=True)
class Ready:
    """A template with its typefaces and colours looked up."""

    template: Template
    faces: dict[str, typeface.Typeface]
    colours: dict[str, Colour]


def ready(design: Template) -> Ready:
    """Loads what the template names."""
    return Ready(
        design,
        {alias: typeface.load(name) for alias, name in design.faces.items()},
        {name: colour(rgb) for name, rgb in design.colours.items()},
    )


@dataclass(slots=True)
class Setter:
    """Writes lines of text; `used` gathers the glyphs per face, `end` is where the last line ended (mm)."""

    ready: Ready
    operators: list[bytes] = field(default_factory=list)
    used: dict[str, dict[int, str]] = field(default_factory=dict)
    end: float = 0.0
    _state: tuple[str, float, str, float] | None = None

    def put(self, item: Item, fields: Fields, *, shift: float = 0.0) -> None:
        """Sets an item, `shift` mm to the right; does nothing if its fields are not there."""
        text = chosen(item, fields)
        if text is not None:
            self.write(item, text, item.y, shift=shift)

    def write(self, item: Item, text: str, y: float, *, shift: float = 0.0) -> None:
        """Sets this text as the item says, with its (last) baseline at `y` mm."""
        if not text:
            return
        size, parts = self._fitted(item, text)
        leading = item.leading * POINT if item.leading else size * _LEADING
        left = self.end + item.after if item.after is not None else item.x
        for place, part in enumerate(reversed(parts)):
            self._line(item, part, size, (left + shift) * POINT, (HEIGHT - y) * POINT + place * leading)

    def micro(self, text: str, span: tuple[float, float], y: float, size: float) -> None:
        """Repeats a short text over the span (mm), spread so that it ends exactly there."""
        alias, ink, (left, right) = "sans-semibold", "indigo", span
        face = self.ready.faces[alias]
        room = (right - left) * POINT
        one = face.line(text, loose=True)
        times = max(1, int(room / (one.width * size)))
        line = face.line(text * times, loose=True)
        spread = (room - line.width * size) / line.letters
        self._write(alias, line, size, ink, spread, left * POINT, (HEIGHT - y) * POINT)

    def content(self) -> bytes:
        """The operators of all lines, one text object."""
        return b"BT\n%b\nET\n" % b"\n".join(self.operators)

    def _line(self, item: Item, text: str, size: float, x: float, y: float) -> None:
        line = self.ready.faces[item.face].line(text, loose=item.tracking > 0)
        tracking = item.tracking * size / item.size
        width = line.width * size + tracking * (line.letters - 1)
        if item.align != "left":
            x -= width if item.align == "right" else width / 2
        self.end = (x + width) / POINT
        self._write(item.face, line, size, item.colour, tracking, x, y)

    def _write(
        self, alias: str, line: typeface.Line, size: float, ink: str, tracking: float, x: float, y: float
    ) -> None:
        face, at, shade, spread = self._state or ("", 0.0, "", 0.0)
        if (face, at) != (alias, size):
            self.operators.append(b"/%b %.2f Tf" % (alias.encode("ascii"), size))
        if shade != ink:
            self.operators.append(b"%.3f %.3f %.3f rg" % self.ready.colours[ink])
        if spread != tracking:
            self.operators.append(b"%.3f Tc" % tracking)
        self._state = (alias, size, ink, tracking)
        self.operators.append(b"1 0 0 1 %.2f %.2f Tm %b TJ" % (x, y, line.operand))
        self.used.setdefault(alias, {}).update(line.glyphs)

    def _fitted(self, item: Item, text: str) -> tuple[float, list[str]]:
        """The size in points and the lines in which the text fits."""
        if item.fit is None:
            return item.size, [text]
        size = min(item.size, self._largest(item, text))
        least = item.least if item.least is not None else item.size * _SMALLEST
        if size >= least or item.lines == 1:
            return size, [text]
        parts = self._broken(item, text)
        wrapped = item.wrapped if item.wrapped is not None else least
        return min(wrapped, *(self._largest(item, part) for part in parts)), parts

    def _largest(self, item: Item, text: str) -> float:
        """The size at which the text is exactly as wide as the item may be."""
        line = self.ready.faces[item.face].line(text, loose=item.tracking > 0)
        em = line.width + item.tracking / item.size * (line.letters - 1)
        return (item.fit or 0.0) * POINT / em if em else item.size

    def _broken(self, item: Item, text: str) -> list[str]:
        """The text in two lines, broken at the blank that leaves the shorter longest line."""
        breaks = [i for i, letter in enumerate(text) if letter == " "] or [len(text) // 2]
        ways = [[text[:i].strip(), text[i:].strip()] for i in breaks]
        face = self.ready.faces[item.face]
        return min(ways, key=lambda parts: max(face.line(part).width for part in parts))


def chosen(item: Item, fields: Fields) -> str | None:
    """The text of an item: its first pattern whose fields are all there."""
    if item.needs is not None and item.needs not in fields:
        return None
    for pattern in item.text:
        wanted = template.keys(pattern)
        if all(key in fields for key in wanted):
            return pattern.format_map(fields) if wanted else pattern
    return None
