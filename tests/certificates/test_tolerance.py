"""How much a paper may suffer until its symbols are no longer read; docs/formats/certificate.md, section 7.

Single harms to the front are in test_reading.py. Here: the smaller symbol on the back, and harms together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from PIL import Image, ImageDraw

from app.certificates import qr, reading
from app.certificates.paper import printing, sheet
from app.certificates.paper.content import PageContent
from tests.certificates import samples
from tests.certificates.test_reading import blurred, photocopied, png, rendered, squeezed, turned

FRONT, BACK = 0, 1
STAIN = 0.08
Harm = Callable[[Image.Image, int], Image.Image]


def together(*harms: Harm) -> Harm:
    def every(picture: Image.Image, dpi: int) -> Image.Image:
        for harm in harms:
            picture = harm(picture, dpi)
        return picture

    return every


COPY_TURNED_AND_SQUEEZED = together(photocopied, turned, squeezed)
SOFT_TURNED_AND_SQUEEZED = together(blurred, turned, squeezed)
TWO_COPIES = together(photocopied, photocopied)


@cache
def _printed(lines: int) -> tuple[PageContent, bytes]:
    page = samples.page(lines)
    return page, printing.render_one(page)


def is_read(lines: int, side: int, dpi: int, harm: Harm) -> bool:
    page, pdf = _printed(lines)
    wanted = qr.text(page.back if side else page.credential, page.host)
    return wanted in reading.codes_in(png(harm(rendered(pdf, side, dpi), dpi)))


def stained(lines: int) -> Harm:
    """A round stain over 8 % of the symbol on the back, off its three corners."""
    page, _ = _printed(lines)
    stamp = sheet._stamp(qr.text(page.back, page.host), sheet.BACK_QR)

    def harm(picture: Image.Image, dpi: int) -> Image.Image:
        side, left, bottom = (mm * dpi / 25.4 for mm in (stamp.width, stamp.slot.left, stamp.bottom))
        radius = (STAIN / 3.14159) ** 0.5 * side
        x, y = left + 0.55 * side, bottom - 0.48 * side
        made = picture.copy()
        ImageDraw.Draw(made).ellipse([x - radius, y - radius, x + radius, y + radius], fill=70)
        return made

    return harm


@pytest.mark.parametrize("lines", [1, 12, 13, 30])
@pytest.mark.parametrize("side", [FRONT, BACK])
def test_a_photocopy_sent_askew_as_a_poor_jpeg_at_150_dpi_is_read(lines: int, side: int) -> None:
    assert is_read(lines, side, 150, COPY_TURNED_AND_SQUEEZED)


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("lines", [1, 12, 30])
def test_the_back_is_read_under_a_stain(lines: int, dpi: int) -> None:
    assert is_read(lines, BACK, dpi, stained(lines))


@pytest.mark.parametrize(
    ("lines", "dpi"), [(12, 150), pytest.param(30, 200, id="more than twelve modules from 200 dpi")]
)
@pytest.mark.parametrize("harm", [SOFT_TURNED_AND_SQUEEZED, TWO_COPIES], ids=["soft", "copy of a copy"])
def test_worse_than_that_is_read_where_the_page_says_so(lines: int, dpi: int, harm: Harm) -> None:
    assert is_read(lines, BACK, dpi, harm)
    assert is_read(lines, FRONT, dpi, harm)


def test_no_module_is_printed_smaller_than_the_format_says() -> None:
    for lines in (1, 6, 12, 13, 30, 60):
        page, _ = _printed(lines)
        for text, slot, least in (
            (qr.text(page.credential, page.host), sheet.FRONT_QR, 0.36),
            (qr.text(page.back, page.host), sheet.BACK_QR, 0.32),
        ):
            stamp = sheet._stamp(text, slot)
            assert stamp.width / stamp.symbol.size >= least - 1e-9
