"""Emblems that headquarters gives with a template: pictures named by their hash, made ready for a PDF."""

from __future__ import annotations

import io
import warnings
import zlib
from dataclasses import dataclass
from hashlib import sha256

from PIL import Image, UnidentifiedImageError

from app.certificates.paper import shelf, template
from app.certificates.paper.pdf import Document
from app.certificates.paper.template import Crest
from app.errors import NotFound, Refused

FILE_MAX = 1_048_576
SIDE_MAX = 1_600
"""Pixels: 600 dpi at 60 mm; larger pictures would only weigh."""

_KINDS = ("PNG", "JPEG")
_CLEAR = 128


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of red, green, blue; and of bits (1 = left out) where parts of it are clear."""

    width: int
    height: int
    colours: bytes
    clear: bytes | None

    def embed(self, document: Document) -> int:
        """Appends the picture and its stencil; gives its object number. No soft mask: some printers fail."""
        size = b"/Type/XObject/Subtype/Image/Width %d/Height %d" % (self.width, self.height)
        entries = size + b"/BitsPerComponent 8/ColorSpace/DeviceRGB"
        if self.clear is not None:
            entries += b"/Mask %d 0 R" % document.add_stream(size + b"/ImageMask true", self.clear)
        return document.add_stream(entries, self.colours)


def picture(crest: Crest) -> Picture:
    """The crest's picture.

    Raises NotFound("certificate-crest-missing") or Refused("certificate-crest-damaged") where the bytes are
    not those its name promises, are no PNG or JPEG, or are larger than 1 MiB or 1,600 pixels.
    """
    path, raw = template.FOLDER / crest.file, shelf.crest(crest.file)
    if raw is None and not path.is_file():
        raise NotFound("certificate-crest-missing", file=crest.file)
    raw = path.read_bytes() if raw is None else raw
    if len(raw) > FILE_MAX or sha256(raw).hexdigest() != path.stem:
        raise Refused("certificate-crest-damaged", file=crest.file)
    try:
        return _decoded(raw)
    except (UnidentifiedImageError, OSError, ValueError, zlib.error, Image.DecompressionBombError) as fault:
        raise Refused("certificate-crest-damaged", file=crest.file) from fault


def _decoded(raw: bytes) -> Picture:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(raw), formats=_KINDS) as opened:
            if max(opened.size) > SIDE_MAX:
                raise ValueError("too many pixels")
            drawn = opened.convert("RGBA")
    alpha = drawn.getchannel("A")
    white = Image.new("RGBA", drawn.size, "white")
    colours = Image.alpha_composite(white, drawn).convert("RGB").tobytes()
    clear = alpha.point([255 if level < _CLEAR else 0 for level in range(256)], "1")
    return Picture(*drawn.size, colours, clear.tobytes() if clear.getbbox() else None)
