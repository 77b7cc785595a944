"""Pictures of the printed certificate, as people photograph and scan it."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pypdfium2
from PIL import Image, ImageFilter

from app.certificates.paper import printing
from tests.certificates import samples

FRONT, BACK = 0, 1
_MM = 300 / 25.4


@cache
def pdf() -> bytes:
    """The sample certificate, two pages."""
    return printing.render_one(samples.page())


@cache
def page(number: int, resolution: int = 200) -> Image.Image:
    """A page as a scanner sees it."""
    document = pypdfium2.PdfDocument(pdf())
    try:
        drawn: Image.Image = document[number].render(scale=resolution / 72).to_pil()
        return drawn.convert("RGB")
    finally:
        document.close()


def photograph(number: int) -> bytes:
    """The half of a page with its QR, held askew, a little out of focus, as a small JPEG."""
    whole = page(number)
    top = whole.height // (2 if number == FRONT else 4)
    half = whole.crop((0, top, whole.width, top + whole.height // 2))
    turned = half.rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    return jpeg(turned.filter(ImageFilter.GaussianBlur(0.7)), 40)


def jpeg(picture: Image.Image, quality: int) -> bytes:
    """The picture as a JPEG file."""
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=quality)
    return packed.getvalue()


def film(path: Path) -> None:
    """What a camera sees that is held over the front's QR: a film for Chromium's pretended camera."""
    whole = page(FRONT, 300)
    left, below, wide, high = 15 * _MM, 15 * _MM, 80 * _MM, 60 * _MM
    bottom = whole.height - below
    seen = whole.crop((int(left), int(bottom - high), int(left + wide), int(bottom))).resize((1280, 960))
    path.write_bytes(jpeg(seen, 70) * 10)
