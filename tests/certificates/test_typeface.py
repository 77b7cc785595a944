"""Typefaces and lines: kerning, ligatures, figures, and text that is broken in two."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pypdfium2
import pytest

from app.certificates.paper import printing, setting, subset, template, typeface
from app.certificates.paper.opentype import tables
from app.certificates.paper.template import Item
from tests.certificates import samples


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


LETTERS = "éèêëáàâäãåāăñçşšžğíìîïīóòôöõōúùûüūýÿæœøłđḥḍṣṭẓḳʼʻʿʾ’‘-."


@pytest.mark.parametrize("letters", [LETTERS, LETTERS.upper()])
@pytest.mark.parametrize("face", sorted({f for f in template.load("kelulusan-1").faces.values()}))
def test_every_letter_of_our_names_can_be_set_in_every_face(face: str, letters: str) -> None:
    typeface.load(face).line(letters)
    typeface.load(face).line(letters, loose=True)


@pytest.mark.parametrize("name", ["Muḥammad Riḍwan Qāsim", "Nuʼaim bin ʿAbdullāh", "José Peña Çağlar Şahin"])
def test_a_name_in_arabic_or_european_spelling_comes_out_of_the_paper_as_it_was_typed(name: str) -> None:
    pdf = printing.render_one(samples.page(name=name))
    document = pypdfium2.PdfDocument(pdf)
    texts = [unicodedata.normalize("NFC", page.get_textpage().get_text_range()) for page in document]
    document.close()
    plain = name.replace("ʼ", "’").replace("ʿ", "‘")
    assert name in texts[0] or plain in texts[0]
    # The way back from under a letter looks like a blank to this reader of texts; there is none on paper.
    assert plain.replace(" ", "") in texts[1].replace(" ", "")


def test_a_dot_below_stands_under_the_middle_of_its_letter_and_takes_no_room() -> None:
    face = typeface.load("BalaiSans-SemiBold")
    assert face.line("ḥ").width == face.line("h").width
    assert face.line("aḥa").width == face.line("aha").width
    marked, pdf = "Muḥammad", printing.render_one(samples.page(name="Muḥammad"))
    document = pypdfium2.PdfDocument(pdf)
    page = document[1].get_textpage()
    found = page.get_text_range().index("Mu")
    letter, dot = (page.get_charbox(found + 2 + i) for i in range(2))
    document.close()
    assert len(unicodedata.normalize("NFD", marked)) == len(marked) + 1
    assert abs((letter[0] + letter[2]) / 2 - (dot[0] + dot[2]) / 2) < 0.6
    assert dot[3] < letter[1] + 0.5, "below the letter, points"
