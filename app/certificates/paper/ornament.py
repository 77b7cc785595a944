"""The ornament as PDF path operators, vector fills only: kawung band, teeth, rosettes, watermark, crest.

Lengths are millimetres from the top left corner of an A4 sheet in landscape; `Pen` turns them over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, pi, sin

POINT = 72 / 25.4
WIDTH, HEIGHT = 297.0, 210.0
BAND_FROM, BAND_TO, TILES_ACROSS, TILES_DOWN = 10.4, 20.4, 32, 21
_MIDDLE = (BAND_FROM + BAND_TO) / 2
Colour = tuple[float, float, float]
Place = tuple[float, float]
Piece = tuple[Place, Place, Place]
"""A Bézier piece: two control points and the end."""


def colour(rgb: str) -> Colour:
    """The parts, 0 to 1, of a colour written as six hexadecimal digits."""
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


@dataclass(slots=True)
class Pen:
    """Collects path operators; places in mm with y down."""

    operators: list[str] = field(default_factory=list)
    _origin: float = HEIGHT

    def drawing(self) -> bytes:
        """All operators so far, ending with a line end; empty if nothing was drawn."""
        return "".join(f"{operator}\n" for operator in self.operators).encode("ascii")

    def fill(self, rgb: Colour) -> None:
        """The colour of what is filled from here on."""
        self.operators.append("{:.3f} {:.3f} {:.3f} rg".format(*rgb))

    def polygon(self, corners: Sequence[Place]) -> None:
        """A filled polygon."""
        first, *rest = (self._at(place) for place in corners)
        self.operators.append(" ".join([f"{first} m", *(f"{place} l" for place in rest), "f"]))

    def curve(self, start: Place, pieces: Iterable[Piece]) -> None:
        """A filled shape of Bézier pieces, each (control, control, end); even-odd with what `hole` adds."""
        self.operators.append(f"{self._outline(start, pieces)} f")

    def ring(self, outer: Sequence[Place], inner: Sequence[Place]) -> None:
        """A filled polygon with a polygon cut out of it: lines are drawn this way too."""
        paths = []
        for corners in (outer, inner):
            first, *rest = (self._at(place) for place in corners)
            paths.append(" ".join([f"{first} m", *(f"{place} l" for place in rest), "h"]))
        self.operators.append(f"{paths[0]} {paths[1]} f*")

    def frame(self, inset: float, thickness: float) -> None:
        """A line all round, `inset` mm inside the sheet's edge."""
        self.ring(_corners(inset), _corners(inset + thickness))

    def rule(self, left: float, right: float, y: float, thickness: float) -> None:
        """A level line, `y` its middle."""
        self.box(left, y - thickness / 2, right, y + thickness / 2)

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        """A filled rectangle."""
        self.operators.append(_rectangle(self._origin, left, top, right, bottom))

    def diamond(self, x: float, y: float, radius: float) -> None:
        """A square on its corner."""
        self.polygon([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)])

    def leaf(self, centre: Place, angle: float, span: tuple[float, float], width: float) -> None:
        """A leaf pointed at both ends, from `span[0]` to `span[1]` mm off the centre."""
        near, far = span
        bend, half = (far - near) * 0.3, width * 2 / 3
        self._mirrored(centre, angle, (near, 0.0), [((near + bend, half), (far - bend, half), (far, 0.0))])

    def petal(self, centre: Place, angle: float, size: float = 1.0) -> None:
        """A petal of the kawung, 5.3 mm long at size 1: narrow towards the centre, round outside."""
        near, middle, far, half = 0.72 * size, 3.14 * size, 5.34 * size, 1.22 * size
        inner = ((near + 0.08 * size, half * 0.42), (middle - 1.25 * size, half), (middle, half))
        outer = ((middle + 1.22 * size, half), (far, half * 0.56), (far, 0.0))
        self._mirrored(centre, angle, (near, 0.0), [inner, outer])

    def dot(self, centre: Place, radius: float) -> None:
        """A filled circle."""
        bend = radius * 0.5523
        first = ((-radius, bend), (-bend, radius), (0.0, radius))
        second = ((bend, radius), (radius, bend), (radius, 0.0))
        self._mirrored(centre, 0.0, (-radius, 0.0), [first, second])

    def picture(self, number: int, corner: Place, size: tuple[float, float]) -> None:
        """The form's picture /P<number>, its lower left at `corner`, so many mm wide and high."""
        width, height = (f"{side * POINT:.3f}" for side in size)
        self.operators.append(f"q {width} 0 0 {height} {self._at(corner)} cm /P{number} Do Q")

    def _mirrored(self, centre: Place, angle: float, start: Place, half: Sequence[Piece]) -> None:
        """A shape symmetric to its axis: `half` runs along one side of it from `start` to the other end."""

        def turned(place: Place) -> Place:
            along, aside = place
            return (
                centre[0] + along * cos(angle) - aside * sin(angle),
                centre[1] + along * sin(angle) + aside * cos(angle),
            )

        ends = [start, *(piece[2] for piece in half)]
        back = [(_flipped(b), _flipped(a), _flipped(end)) for (a, b, _), end in zip(half, ends, strict=False)]
        pieces = [*half, *reversed(back)]
        self.curve(turned(start), [(turned(a), turned(b), turned(c)) for a, b, c in pieces])

    def _outline(self, start: Place, pieces: Iterable[Piece]) -> str:
        curves = (f"{self._at(a)} {self._at(b)} {self._at(c)} c" for a, b, c in pieces)
        return " ".join([f"{self._at(start)} m", *curves])

    @contextmanager
    def moved_to(self, place: Place) -> Iterator[None]:
        """Inside, places count from here: what is drawn alike in many places then deflates to little."""
        self.operators.append(f"q 1 0 0 1 {self._at(place)} cm")
        origin, self._origin = self._origin, 0.0
        yield
        self._origin = origin
        self.operators.append("Q")

    def _at(self, place: Place) -> str:
        return f"{place[0] * POINT:.2f} {(self._origin - place[1]) * POINT:.2f}"


def _flipped(place: Place) -> Place:
    return place[0], -place[1]


def _corners(inset: float) -> list[Place]:
    right, bottom = WIDTH - inset, HEIGHT - inset
    return [(inset, inset), (right, inset), (right, bottom), (inset, bottom)]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of the ornament."""

    indigo: Colour
    earth: Colour
    bronze: Colour
    paper: Colour
    tint: Colour


WHITE: Colour = (1.0, 1.0, 1.0)


def kawung(pen: Pen, palette: Palette, centres: Sequence[Place]) -> None:
    """Tiles of four petals with a white slit and a bronze diamond between them."""
    for centre in centres:
        with pen.moved_to(centre):
            _tile(pen, palette)


def _tile(pen: Pen, palette: Palette) -> None:
    diagonals = [pi / 4 + quarter * pi / 2 for quarter in range(4)]
    pen.fill(palette.indigo)
    for angle in diagonals:
        pen.petal((0.0, 0.0), angle)
    pen.fill(WHITE)
    for angle in diagonals:
        pen.leaf((0.0, 0.0), angle, (2.0, 4.25), 0.82)
    pen.fill(palette.bronze)
    pen.diamond(0.0, 0.0, 0.55)


def band_centres() -> list[Place]:
    """Where the tiles of the band round the front stand."""
    across = (WIDTH - 2 * BAND_TO) / TILES_ACROSS
    down = (HEIGHT - 2 * BAND_TO) / TILES_DOWN
    level = [BAND_TO + across * (i + 0.5) for i in range(TILES_ACROSS)]
    upright = [BAND_TO + down * (i + 0.5) for i in range(TILES_DOWN)]
    return [
        *((x, y) for x in level for y in (_MIDDLE, HEIGHT - _MIDDLE)),
        *((x, y) for y in upright for x in (_MIDDLE, WIDTH - _MIDDLE)),
    ]


def teeth(pen: Pen, palette: Palette) -> None:
    """Triangles between band and rule, pointing inwards, two to a tile."""
    pen.fill(palette.earth)
    half, near, far = 1.35, 19.85, 21.0
    for i in range(2 * TILES_ACROSS):
        x = BAND_TO + (WIDTH - 2 * BAND_TO) / (2 * TILES_ACROSS) * (i + 0.5)
        for base, tip in ((near, far), (HEIGHT - near, HEIGHT - far)):
            pen.polygon([(x - half, base), (x + half, base), (x, tip)])
    for i in range(2 * TILES_DOWN):
        y = BAND_TO + (HEIGHT - 2 * BAND_TO) / (2 * TILES_DOWN) * (i + 0.5)
        for base, tip in ((near, far), (WIDTH - near, WIDTH - far)):
            pen.polygon([(base, y - half), (base, y + half), (tip, y)])


def rosettes(pen: Pen, palette: Palette) -> None:
    """An eight-petalled flower in a square at each corner of the band."""
    for x in (_MIDDLE, WIDTH - _MIDDLE):
        for y in (_MIDDLE, HEIGHT - _MIDDLE):
            with pen.moved_to((x, y)):
                _rosette(pen, palette)


def _rosette(pen: Pen, palette: Palette) -> None:
    half, centre = 4.6, (0.0, 0.0)
    pen.fill(palette.indigo)
    pen.box(-half, -half, half, half)
    pen.fill(palette.bronze)
    for eighth in range(8):
        pen.leaf(centre, eighth * pi / 4, (0.95, 4.4), 2.0)
        pen.leaf(centre, (eighth + 0.5) * pi / 4, (1.7, 3.35), 1.2)
    pen.fill(palette.indigo)
    for eighth in range(8):
        pen.leaf(centre, (eighth + 0.5) * pi / 4, (0.6, 2.45), 0.36)
    pen.fill(palette.bronze)
    pen.dot(centre, 0.52)


def watermark(pen: Pen, palette: Palette, centre: Place) -> None:
    """A lotus in two rings, so pale that text stands on it."""
    pen.fill(palette.paper)
    for twelfth in range(12):
        pen.leaf(centre, twelfth * pi / 6, (13.0, 66.0), 15.0)
    pen.fill(palette.tint)
    for twelfth in range(12):
        pen.leaf(centre, (twelfth + 0.5) * pi / 6, (12.0, 36.0), 8.0)


def crest(pen: Pen, palette: Palette, centre: Place) -> None:
    """A shield with four petals: stands where a centre's own emblem goes."""
    x, y = centre
    pen.fill(palette.indigo)
    left, right, top = x - 5.6, x + 5.6, y - 6.8
    pen.curve(
        (left, top),
        [
            ((left, top), (right, top), (right, top)),
            ((right, y + 2.0), (right, y + 2.0), (right, y + 2.0)),
            ((right, y + 4.8), (x + 2.6, y + 6.2), (x, y + 6.9)),
            ((x - 2.6, y + 6.2), (left, y + 4.8), (left, y + 2.0)),
        ],
    )
    pen.fill(palette.bronze)
    for quarter in range(4):
        pen.petal((x, y - 0.9), pi / 4 + quarter * pi / 2, 0.82)
    pen.fill(WHITE)
    pen.diamond(x, y - 0.9, 0.45)


@lru_cache(maxsize=1_024)
def _rectangle(origin: float, left: float, top: float, right: float, bottom: float) -> str:
    """The same few stand on every sheet of a class."""
    pen = Pen(_origin=origin)
    pen.polygon([(left, top), (right, top), (right, bottom), (left, bottom)])
    return pen.operators[0]
