"""Typefaces and lines: kerning, ligatures, figures, and text that is broken in two."""

from __future__ import annotations

from itertools import pairwise

from app.certificates.paper import printing, setting, subset, template, typeface
from app.certificates.paper.opentype import tables
from app.certificates.paper.template import Item


def test_kerning_and_ligatures_come_from_the_typeface() -> None:
    serif = typeface.load("BalaiSerif-Medium")
    apart = serif.line("W").width + serif.line("a").width
    assert serif.line("Wa").width < apart - 0.05
    joined = serif.line("fi")
    assert joined.letters == 1
    assert set(joined.glyphs.values()) == {"fi"}
    assert serif.line("fi", loose=True).letters == 2


def test_figures_are_equally_wide() -> None:
    for name in ("BalaiSans-Regular", "BalaiSans-Medium", "BalaiSans-Bold"):
        face = typeface.load(name)
        assert len({face.width(glyph) for glyph in face.glyphs("0123456789")}) == 1


def test_wrapped_lines_stand_one_below_the_other_inside_their_width() -> None:
    design = printing._ready("kelulusan-1", template.digest("kelulusan-1"))
    item = Item(
        text=["{a}"], x=10, y=50, face="sans", size=10, fit=40, least=9, lines=2, wrapped=9, leading=4
    )
    setter = setting.Setter(design)
    setter.put(item, {"a": "kata yang panjang sekali untuk satu baris"})
    assert len(setter.pieces) == 2
    heights = [float(piece.operators.split()[5]) for piece in setter.pieces]
    assert all(abs(a - b - 4 * 72 / 25.4) < 0.02 for a, b in pairwise(heights))
    assert all(piece.end <= 50.01 for piece in setter.pieces)


def test_a_subset_keeps_the_numbers_and_shapes_of_its_glyphs_and_empties_the_rest() -> None:
    face = typeface.load("BalaiSerif-Medium")
    wanted = face.glyphs("Åé")
    made = tables(subset.subset(face.tables, wanted))
    whole, part = (subset._offsets(t) for t in (face.tables, made))
    assert len(whole) == len(part)
    kept = subset._with_parts(face.tables["glyf"], whole, {0, *wanted})
    assert len(kept) > len(wanted) + 1, "composed letters bring their parts"
    for glyph in range(len(whole) - 1):
        shape = made["glyf"][part[glyph] : part[glyph + 1]]
        if glyph in kept:
            assert shape.startswith(face.tables["glyf"][whole[glyph] : whole[glyph + 1]])
        else:
            assert shape == b""
