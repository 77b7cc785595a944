"""What is the same on every sheet, drawn once: frame, ornament and fixed words of front and back."""

from __future__ import annotations

from app.certificates.paper import ornament
from app.certificates.paper.ornament import BAND_FROM, BAND_TO, HEIGHT, WIDTH, Palette, Pen
from app.certificates.paper.setting import Ready, Setter

_MIDDLE = WIDTH / 2


def front(ready: Ready) -> Setter:
    """The frame and fixed words of the front, as operators."""
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
    ornament.crest(pen, palette, (_MIDDLE, 34.3))
    _name_rule(pen, palette)
    _result_diamonds(pen, palette)
    pen.fill(ready.colours["ink"])
    pen.rule(207.0, 263.0, 178.5, 0.18)
    return _with_words(ready, pen, "front")


def back(ready: Ready) -> Setter:
    """The frame, the table's head and the fixed words of a back page, as operators."""
    pen, palette, table = Pen(), _palette(ready), ready.template.table
    pen.fill(palette.bronze)
    pen.frame(8.9, 0.25)
    inner = 10.4
    tiles = 34
    step = (WIDTH - 2 * inner) / tiles
    middle = (BAND_FROM + BAND_TO) / 2
    ornament.kawung(pen, palette, [(inner + step * (i + 0.5), middle) for i in range(tiles)])
    pen.fill(palette.indigo)
    pen.frame(inner, 0.35)
    pen.rule(inner, WIDTH - inner, BAND_TO, 0.35)
    pen.box(table.left, table.top, table.right, table.top + table.head)
    setter = _with_words(ready, pen, "back")
    y = table.top + table.head / 2 + 1.2
    words = Setter(ready)
    for column in table.columns:
        words.write(column.like("sans-semibold", "white"), column.heading, y)
    setter.operators += [words.content()]
    for alias, glyphs in words.used.items():
        setter.used.setdefault(alias, {}).update(glyphs)
    return setter


def _palette(ready: Ready) -> Palette:
    c = ready.colours
    return Palette(c["indigo"], c["earth"], c["bronze"], c["paper"], c["tint"])


def _with_words(ready: Ready, pen: Pen, side: str) -> Setter:
    """A setter that holds the drawing, then the fixed words of one side in a text object."""
    words = Setter(ready)
    for item in ready.template.front if side == "front" else ready.template.back:
        if item.fixed:
            words.put(item, {})
    drawing = "\n".join(pen.operators).encode("ascii")
    return Setter(ready, [drawing, words.content()], words.used)


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


def size() -> tuple[float, float]:
    """A4 in landscape, in points."""
    return WIDTH * ornament.POINT, HEIGHT * ornament.POINT
