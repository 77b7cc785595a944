"""The ornament as PDF path operators, vector fills only: kawung band, teeth, rosettes, watermark, crest.

Lengths are millimetres from the top left corner of an A4 sheet in landscape; `Pen` turns them over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, pi, sin

POINT = 72 / 25.4
WIDTH, HEIGHT = 297.0, 210.0
BAND_FROM, BAND_TO, TILES_ACROSS, TILES_DOWN = 10.4, 20.4, 32, 21
_MIDDLE = (BAND_FROM + BAND_TO) / 2
Colour = tuple[float, float, float]
Place = tuple[float, float]


def colour(rgb: str) -> Colour:
    """The parts, 0 to 1, of a colour written as six hexadecimal digits."""
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


@dataclass(slots=True)
class Pen:
    """Collects path operators; places in mm with y down."""

    operators: list[str] = field(default_factory=list)

    def fill(self, rgb: Colour) -> None:
        """The colour of what is filled from here on."""
        self.operators.append("{:.3f} {:.3f} {:.3f} rg".format(*rgb))

    def polygon(self, corners: Sequence[Place]) -> None:
        """A filled polygon."""
        first, *rest = (self._at(place) for place in corners)
        self.operators.append(" ".join([f"{first} m", *(f"{place} l" for place in rest), "f"]))

    def curve(self, start: Place, pieces: Iterable[tuple[Place, Place, Place]]) -> None:
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
        top, bottom = y - thickness / 2, y + thickness / 2
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)])

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        """A filled rectangle."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)])

    def diamond(self, x: float, y: float, radius: float) -> None:
        """A square on its corner."""
        self.polygon([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)])

    def leaf(self, centre: Place, angle: float, span: tuple[float, float], width: float, tip: float) -> None:
        """A leaf from `span[0]` to `span[1]` mm off the centre; `tip` 0: pointed outer end, 1: round."""
        near, far = span
        reach, half = far - near, width * 2 / 3
        blunt = half * tip
        spots = [
            (near, 0.0),
            (near + reach * 0.28, half),
            (far - reach * 0.28 * (1 - tip), half if tip == 0 else half + blunt * 0.1),
            (far, 0.0 if tip == 0 else blunt * 0.55),
        ]
        self._leaf(centre, angle, spots, far)

    def _leaf(self, centre: Place, angle: float, spots: Sequence[Place], far: float) -> None:
        def turned(along: float, aside: float) -> Place:
            return (
                centre[0] + along * cos(angle) - aside * sin(angle),
                centre[1] + along * sin(angle) + aside * cos(angle),
            )

        start, one, two, end = spots
        pieces = [(turned(*one), turned(*two), turned(*end))]
        if end[1]:
            bulge = far + end[1] * 0.6
            pieces.append((turned(bulge, end[1]), turned(bulge, -end[1]), turned(end[0], -end[1])))
        pieces.append((turned(two[0], -two[1]), turned(one[0], -one[1]), turned(start[0], -start[1])))
        self.curve(turned(*start), pieces)

    def _outline(self, start: Place, pieces: Iterable[tuple[Place, Place, Place]]) -> str:
        curves = (f"{self._at(a)} {self._at(b)} {self._at(c)} c" for a, b, c in pieces)
        return " ".join([f"{self._at(start)} m", *curves])

    @staticmethod
    def _at(place: Place) -> str:
        return f"{place[0] * POINT:.2f} {(HEIGHT - place[1]) * POINT:.2f}"


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
    diagonals = [pi / 4 + quarter * pi / 2 for quarter in range(4)]
    pen.fill(palette.indigo)
    for centre in centres:
        for angle in diagonals:
            petal(pen, centre, angle)
    pen.fill(WHITE)
    for centre in centres:
        for angle in diagonals:
            pen.leaf(centre, angle, (1.75, 4.1), 0.8, 0.0)
    pen.fill(palette.bronze)
    for x, y in centres:
        pen.diamond(x, y, 0.55)


def petal(pen: Pen, centre: Place, angle: float) -> None:
    """One petal of the kawung: narrow towards the centre, round outside."""
    pen.leaf(centre, angle, (0.6, 4.9), 2.6, 1.0)


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
    half = 4.6
    for x in (_MIDDLE, WIDTH - _MIDDLE):
        for y in (_MIDDLE, HEIGHT - _MIDDLE):
            pen.fill(palette.indigo)
            pen.box(x - half, y - half, x + half, y + half)
            pen.fill(palette.bronze)
            for eighth in range(8):
                pen.leaf((x, y), eighth * pi / 4, (1.0, 4.35), 2.35, 0.0)
            pen.fill(palette.indigo)
            for eighth in range(8):
                pen.leaf((x, y), (eighth + 0.5) * pi / 4, (0.7, 2.2), 0.5, 0.0)
            pen.fill(palette.bronze)
            pen.leaf((x - 0.5, y), 0.0, (0.0, 1.0), 1.0, 0.0)


def watermark(pen: Pen, palette: Palette, centre: Place) -> None:
    """A lotus in two rings, so pale that text stands on it."""
    pen.fill(palette.paper)
    for twelfth in range(12):
        pen.leaf(centre, twelfth * pi / 6, (13.0, 66.0), 15.0, 0.0)
    pen.fill(palette.tint)
    for twelfth in range(12):
        pen.leaf(centre, (twelfth + 0.5) * pi / 6, (4.0, 33.0), 10.0, 0.0)


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
        pen.leaf((x, y - 0.9), pi / 4 + quarter * pi / 2, (0.5, 4.4), 2.3, 1.0)
    pen.fill(WHITE)
    pen.diamond(x, y - 0.9, 0.45)
