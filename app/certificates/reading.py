"""Finds the QR codes on a page that was rendered or photographed; believes nothing else in the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from app.certificates import qr
from app.errors import Refused

FILE_MAX = 64 << 20
PAGES_MAX = 2_400
PIXELS_MAX = 60_000_000
SIDE_MAX = 6_000
PAGE_MAX = 4_000
TEXT_MAX = 16_384
_RENDERINGS = (200, 300)
_POINTS = 72
_ENLARGED = 4_000
_HARD_PAGES = 8
_PICTURES = ("BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
_QR = zxingcpp.barcode_formats_from_str("QRCode")
_PASSWORD = re.compile("password", re.IGNORECASE)


def codes(path: Path) -> list[str]:
    """The texts of all QR codes in a PDF or picture, page by page, without repetition.

    Raises Refused with "certificate-file-missing" and what `codes_in` raises.
    """
    try:
        with path.open("rb") as file:
            return codes_in(file.read(FILE_MAX + 1))
    except (OSError, ValueError) as fault:
        raise Refused("certificate-file-missing") from fault


def codes_in(data: bytes) -> list[str]:
    """The same from the content of a file, or a camera's picture.

    Raises Refused with "certificate-file-too-big", "certificate-file-empty", "certificate-pdf-damaged",
    "certificate-pdf-locked", "certificate-pdf-too-long", "certificate-picture-damaged",
    "certificate-picture-too-big" or "certificate-no-qr".
    """
    if not data:
        raise Refused("certificate-file-empty")
    if len(data) > FILE_MAX:
        raise Refused("certificate-file-too-big", limit=FILE_MAX >> 20)
    found = _in_pdf(data) if b"%PDF-" in data[:1024] else _in_picture(data)
    texts = list(dict.fromkeys(found))
    if not texts:
        raise Refused("certificate-no-qr")
    return texts


def glance(grey: bytes, width: int, height: int, stride: int) -> str | None:
    """The text of a front's code in a camera's picture, without any patience: the next picture comes soon.

    `grey` holds a byte for each pixel, in lines of `stride` bytes.
    """
    picture = Image.frombytes("L", (width, height), grey, "raw", "L", stride)
    fronts = (text for text in _read(picture) if _ours(text) and not qr.carried(text).is_back)
    return next(fronts, None)


def _in_pdf(data: bytes) -> list[str]:
    """Plain renderings of all pages; where they hold nothing of ours it is a scan, and worth more effort."""
    document = _opened(data)
    try:
        if len(document) > PAGES_MAX:
            raise Refused("certificate-pdf-too-long", limit=PAGES_MAX)
        texts = [text for number in range(len(document)) for text in _on_page(document, number)]
        if not _any_ours(texts):
            for number in range(min(len(document), _HARD_PAGES)):
                texts += _patiently(_rendered(document, number, _RENDERINGS[-1]))
    finally:
        document.close()
    return texts


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        locked = _PASSWORD.search(str(fault))
        raise Refused("certificate-pdf-locked" if locked else "certificate-pdf-damaged") from fault


def _on_page(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    """The codes on one page, in the coarsest rendering in which there are any."""
    return next(
        (texts for dpi in _RENDERINGS if (texts := _read(_rendered(document, number, dpi)))),
        [],
    )


def _rendered(document: pypdfium2.PdfDocument, number: int, dpi: int) -> Image.Image:
    """The page in grey, never longer than 4,000 pixels, whatever size it claims."""
    try:
        page = document[number]
        try:
            scale = min(dpi / _POINTS, PAGE_MAX / max(*page.get_size(), 1.0))
            bitmap = page.render(scale=scale, grayscale=True)
            picture: Image.Image = bitmap.to_pil().copy()
            bitmap.close()
        finally:
            page.close()
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as fault:
        raise Refused("certificate-pdf-damaged") from fault
    return picture


def _in_picture(data: bytes) -> list[str]:
    picture = _decoded(data)
    texts = _read(picture)
    return texts if _any_ours(texts) else texts + _patiently(picture)


def _decoded(data: bytes) -> Image.Image:
    """The picture in grey, on white where it is transparent, at most 6,000 pixels long."""
    try:
        with Image.open(io.BytesIO(data), formats=_PICTURES) as opened:
            if opened.width * opened.height > PIXELS_MAX:
                raise Refused("certificate-picture-too-big", limit=PIXELS_MAX // 1_000_000)
            opened.draft("L", (SIDE_MAX, SIDE_MAX))
            whole = opened.convert("RGBA")
        ground = Image.new("RGBA", whole.size, "white")
        grey = Image.alpha_composite(ground, whole).convert("L")
        grey.thumbnail((SIDE_MAX, SIDE_MAX))
    except Image.DecompressionBombError as fault:
        raise Refused("certificate-picture-too-big", limit=PIXELS_MAX // 1_000_000) from fault
    except Refused:
        raise
    except Exception as fault:  # Pillow's readers raise a dozen kinds on a hostile file
        raise Refused("certificate-picture-damaged") from fault
    return grey


def _patiently(picture: Image.Image) -> list[str]:
    """What treated copies of the picture show, up to the first that shows something of ours."""
    texts: list[str] = []
    for treated in _treated(picture):
        texts += _read(treated)
        if _any_ours(texts):
            break
    return texts


def _treated(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture for hard cases: enlarged, smoothed against the grain of a copier, cleaned of specks."""
    factor = min(2.0, _ENLARGED / max(picture.size))
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    larger = picture.resize(size, Image.Resampling.BICUBIC)
    yield larger
    yield larger.filter(ImageFilter.GaussianBlur(1.2))
    yield larger.filter(ImageFilter.GaussianBlur(2.0))
    yield larger.filter(ImageFilter.UnsharpMask(radius=4, percent=200))
    if max(picture.size) > SIDE_MAX // 2:
        return
    # Of soft scans at 150 dpi this reads five times as many small symbols as all the others together.
    sharp = min(3.0, SIDE_MAX / max(picture.size))
    size = (max(1, round(picture.width * sharp)), max(1, round(picture.height * sharp)))
    widest = picture.resize(size, Image.Resampling.LANCZOS)
    yield widest.filter(ImageFilter.UnsharpMask(radius=5, percent=250))


def _any_ours(texts: Iterable[str]) -> bool:
    return any(_ours(text) for text in texts)


def _ours(text: str) -> bool:
    try:
        qr.carried(text)
    except Refused:
        return False
    return True


def _read(picture: Image.Image) -> list[str]:
    if min(picture.size) < 1:
        return []
    found = zxingcpp.read_barcodes(picture, formats=_QR)
    return [code.text for code in found if code.valid and len(code.text) <= TEXT_MAX]
