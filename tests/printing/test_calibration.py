"""Corrections of a tray: half millimetres, kept as a setting, and sheets on which they can be read."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.errors import Refused
from app.printing import calibration
from app.printing.calibration import MOST, Offset, Offsets, Words

WORDS = Words("Lembar uji", ["Lipat kertas.", "Angka di lipatan."], "DEPAN {sheet}", "BELAKANG {sheet}")
HALVES = st.integers(-MOST, MOST)
OFFSETS = st.builds(Offsets, st.builds(Offset, HALVES, HALVES), st.builds(Offset, HALVES, HALVES))


@given(OFFSETS)
def test_offsets_are_kept_as_text_and_come_back(offsets: Offsets) -> None:
    assert Offsets.read(offsets.pack()) == offsets


@pytest.mark.parametrize("packed", ["", "1 2 3", "1 2 3 4 5", "99 0 0 0", "a b c d", "1,0,0,0", "١ 0 0 0"])
def test_other_text_is_no_offset(packed: str) -> None:
    with pytest.raises(Refused, match="print-offset-invalid"):
        Offsets.read(packed)


def drawn(pdf: bytes, page: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[page].render(scale=4, grayscale=True).to_pil().copy()
    document.close()
    return picture


def dark(picture: Image.Image, x: float, y: float) -> bool:
    level = picture.getpixel((round(x), round(y)))
    return isinstance(level, int) and level < 60


def test_the_cross_lies_where_a_fold_meets_it_and_moves_with_the_correction() -> None:
    straight = drawn(calibration.sheets(WORDS, count=1), 0)
    moved = drawn(calibration.sheets(WORDS, Offsets(Offset(4, -6)), 1), 0)
    assert dark(straight, straight.width / 2, straight.height / 2)
    mm = 4 * 72 / 25.4
    right, down = moved.width / 2 + 2 * mm, moved.height / 2 - 3 * mm
    assert dark(moved, right, down)
    assert not dark(moved, right + 13 * mm, down)
    assert not dark(straight, straight.width / 2 + 13 * mm, straight.height / 2)


def test_each_sheet_says_which_it_is_on_both_sides() -> None:
    pdf = calibration.sheets(WORDS, count=2)
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    for text, name in zip(texts, ["DEPAN 1", "BELAKANG 1", "DEPAN 2", "BELAKANG 2"], strict=True):
        assert name in text
        assert "Lipat kertas." in text
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []
    assert calibration.sheets(WORDS, count=2) == pdf
