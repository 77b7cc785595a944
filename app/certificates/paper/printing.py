"""Certificates as PDF: one file a person, or one for the class; the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from app.certificates.paper import content, embedding, form, sheet, template
from app.certificates.paper.content import PageContent
from app.certificates.paper.ornament import POINT
from app.certificates.paper.pdf import Document
from app.certificates.paper.setting import Ready, ready
from app.certificates.paper.sheet import Drawn
from app.errors import Refused

Glyphs = tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
"""Glyphs beyond the usual ones, per face, in a form that can be a key."""

_USUAL = "".join(map(chr, range(0x20, 0x7F)))
_KEPT = 16


@dataclass(frozen=True, slots=True)
class Base:
    """The beginning that all files of a template share: fonts and forms, and how pages refer to them."""

    document: Document
    fonts: bytes
    forms: dict[str, int]


def render_one(page: PageContent, *, shift: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """The PDF of one certificate; `shift` moves everything right and down by so many mm (printer offset)."""
    return render_class([page], shift=shift)


def render_each(pages: Sequence[PageContent], *, shift: tuple[float, float] = (0.0, 0.0)) -> Iterator[bytes]:
    """One PDF after the other, in order; the same bytes as `render_one` gives."""
    for page in pages:
        yield render_one(page, shift=shift)


def render_class(pages: Sequence[PageContent], *, shift: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """One PDF of many certificates, all of one template, in order.

    Raises Refused with "certificate-template-missing", "certificate-template-changed",
    "certificate-templates-mixed", "certificate-nothing-to-print" or "certificate-letter-missing".
    """
    if not pages:
        raise Refused("certificate-nothing-to-print")
    name, digest = pages[0].template, pages[0].template_hash
    if any((page.template, page.template_hash) != (name, digest) for page in pages):
        raise Refused("certificate-templates-mixed")
    design = _ready(name, digest)
    drawn = [side for page in pages for side in sheet.draw(design, page)]
    base = _base(name, digest, _beyond(name, digest, drawn))
    document = base.document.copy()
    for side in drawn:
        _add(document, base, side, shift)
    return document.finish(_title(design, pages), design.template.language)


def copy(page: PageContent, number: int) -> PageContent:
    """The page for lost paper: the same certificate and QR, marked SALINAN ke-`number` (from 1)."""
    return content.read(content.pack(replace(page, copy=number)))


def _title(design: Ready, pages: Sequence[PageContent]) -> str:
    first = pages[0].signed.content
    if len(pages) == 1:
        return design.template.title.format(
            programme=first.programme, name=first.name, number=pages[0].number
        )
    return design.template.batch_title.format(count=len(pages), programme=first.programme)


def _add(document: Document, base: Base, side: Drawn, shift: tuple[float, float]) -> None:
    objects = b"/F %d 0 R" % base.forms[side.form]
    if side.stamp is not None:
        symbol = side.stamp.symbol
        image = document.add_stream(
            b"/Type/XObject/Subtype/Image/ImageMask true/BitsPerComponent 1/Decode[1 0]/Width %d/Height %d"
            % (symbol.size, symbol.size),
            symbol.rows,
            deflate=False,
        )
        objects += b"/Q %d 0 R" % image
    moved = b"1 0 0 1 %.2f %.2f cm\n" % (shift[0] * POINT, -shift[1] * POINT) if any(shift) else b""
    resources = b"<</Font %b/XObject<<%b>>>>" % (base.fonts, objects)
    document.add_page(form.size(), resources, b"%b/F Do\n%b" % (moved, side.content))


@cache
def _ready(name: str, digest: bytes) -> Ready:
    return ready(template.load(name, digest))


@cache
def _forms(name: str, digest: bytes) -> dict[str, tuple[bytes, Mapping[str, Mapping[int, str]]]]:
    """Operators and glyphs of the two forms."""
    design = _ready(name, digest)
    made = {"front": form.front(design), "back": form.back(design)}
    return {key: (b"\n".join(setter.operators), setter.used) for key, setter in made.items()}


@cache
def _common(name: str, digest: bytes) -> dict[str, dict[int, str]]:
    """The glyphs each file of a template embeds, per face: fixed words, and ASCII where fields are set."""
    design = _ready(name, digest)
    found: dict[str, dict[int, str]] = {}
    for _, used in _forms(name, digest).values():
        for alias, glyphs in used.items():
            found.setdefault(alias, {}).update(glyphs)
    for alias in _faces_of_fields(design):
        found.setdefault(alias, {}).update(design.faces[alias].glyphs(_USUAL))
    return found


def _faces_of_fields(design: Ready) -> set[str]:
    t = design.template
    items = [*t.front, *t.back, *t.side, *t.close]
    cells = {column.face for column in t.table.columns}
    return {item.face for item in items if not item.fixed} | cells | {"sans-semibold", "sans-bold"}


def _beyond(name: str, digest: bytes, drawn: Sequence[Drawn]) -> Glyphs:
    """The glyphs these pages need that the common ones lack."""
    common = _common(name, digest)
    found: dict[str, dict[int, str]] = {}
    for side in drawn:
        for alias, glyphs in side.used.items():
            for glyph in glyphs.keys() - common.get(alias, {}).keys():
                found.setdefault(alias, {})[glyph] = glyphs[glyph]
    return tuple((alias, tuple(sorted(glyphs.items()))) for alias, glyphs in sorted(found.items()))


@lru_cache(maxsize=_KEPT)
def _base(name: str, digest: bytes, beyond: Glyphs) -> Base:
    """Fonts and forms as the beginning of a file."""
    design = _ready(name, digest)
    document = Document()
    extra = dict(beyond)
    parts = []
    for alias, glyphs in _common(name, digest).items():
        number = embedding.embed(document, design.faces[alias], {**glyphs, **dict(extra.get(alias, ()))})
        parts.append(b"/%b %d 0 R" % (alias.encode("ascii"), number))
    fonts = document.add(b"<<%b>>" % b"".join(parts))
    box = b"/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources<</Font %d 0 R>>" % (*form.size(), fonts)
    forms = {key: document.add_stream(box, operators) for key, (operators, _) in _forms(name, digest).items()}
    return Base(document, b"%d 0 R" % fonts, forms)
