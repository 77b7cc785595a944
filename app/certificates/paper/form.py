"""What is the same on every sheet, drawn once: frame, ornament and fixed words of front and back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.certificates.paper import crest, ornament, setting
from app.certificates.paper.crest import Picture
from app.certificates.paper.ornament import BAND_FROM, BAND_TO, HEIGHT, WIDTH, Palette, Pen
from app.certificates.paper.setting import Piece, Ready, Setter

_MIDDLE = WIDTH / 2
_BACK_INSET = 10.4
_BACK_TILES = 34


@dataclass(frozen=True, slots=True)
class Form:
    """A form drawn: its operators, the lines of text among them, and pictures, the nth painted as /Pn."""

    operators: bytes
    pieces: tuple[Piece, ...]
    pictures: tuple[Picture, ...] = ()


def front(ready: Ready) -> Form:
    """The frame and fixed words of the front."""
    pen, palette = Pen(), _palette(ready)
    ornament.watermark(pen, palette, (_MIDDLE, 105.0))
    pen.fill(palette.bronze)
    pen.frame(8.9, 0.25)
    ornament.kawung(pen, palette, ornament.band_centres())
    ornament.rosettes(pen, palette)
    ornament.teeth(pen, palette)
    pen.fill(palette.indigo)
    pen.frame(21.3, 0.32)
    pen.fill(palette.bronze)
    pen.frame(22.95, 0.12)
    pictures = _crests(pen, ready)
    if not pictures:
        ornament.crest(pen, palette, (_MIDDLE, 34.3))
    _name_rule(pen, palette)
    _result_diamonds(pen, palette)
    pen.fill(ready.colours["ink"])
    pen.rule(207.0, 263.0, 178.5, 0.18)
    words = Setter(ready)
    for item in ready.template.front:
        if item.fixed:
            words.put(item, {})
    return replace(_form(pen, words), pictures=pictures)


def back(ready: Ready) -> Form:
    """The frame, the table's head and the fixed words of a back page."""
    pen, palette, table = Pen(), _palette(ready), ready.template.table
    pen.fill(palette.bronze)
    pen.frame(8.9, 0.25)
    step = (WIDTH - 2 * _BACK_INSET) / _BACK_TILES
    middle = (BAND_FROM + BAND_TO) / 2
    ornament.kawung(pen, palette, [(_BACK_INSET + step * (i + 0.5), middle) for i in range(_BACK_TILES)])
    pen.fill(palette.indigo)
    pen.frame(_BACK_INSET, 0.35)
    pen.rule(_BACK_INSET, WIDTH - _BACK_INSET, BAND_TO, 0.35)
    pen.box(table.left, table.top, table.right, table.top + table.head)
    words = Setter(ready)
    for item in ready.template.back:
        if item.fixed:
            words.put(item, {})
    for head, column in zip(ready.heads, table.columns, strict=True):
        words.write(head, column.heading, table.top + table.head / 2 + 1.2)
    return _form(pen, words)


def size() -> tuple[float, float]:
    """A4 in landscape, in points."""
    return WIDTH * ornament.POINT, HEIGHT * ornament.POINT


def _palette(ready: Ready) -> Palette:
    c = ready.colours
    return Palette(c["indigo"], c["earth"], c["bronze"], c["paper"], c["tint"])


def _form(pen: Pen, words: Setter) -> Form:
    return Form(pen.drawing() + setting.content(words.pieces), tuple(words.pieces))


def _crests(pen: Pen, ready: Ready) -> tuple[Picture, ...]:
    """Paints the template's emblems, each in its own proportions."""
    found = []
    for number, placed in enumerate(ready.template.crests):
        shown = crest.picture(placed)
        width = placed.height * shown.width / shown.height
        pen.picture(number, (placed.x - width / 2, placed.y + placed.height / 2), (width, placed.height))
        found.append(shown)
    return tuple(found)


def _name_rule(pen: Pen, palette: Palette) -> None:
    """The line under the name, with diamonds in its middle."""
    y = 117.1
    pen.fill(palette.bronze)
    pen.rule(73.5, _MIDDLE - 3.6, y, 0.3)
    pen.rule(_MIDDLE + 3.6, 223.5, y, 0.3)
    pen.diamond(_MIDDLE, y, 1.3)
    for side in (-2.5, 2.5):
        pen.diamond(_MIDDLE + side, y, 0.5)


def _result_diamonds(pen: Pen, palette: Palette) -> None:
    """Three diamonds on either side of the result, growing towards it."""
    pen.fill(palette.bronze)
    for away, radius in ((27.0, 1.5), (30.2, 0.85), (32.3, 0.5)):
        for side in (-away, away):
            pen.diamond(_MIDDLE + side, 156.9, radius)
