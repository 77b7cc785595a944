"""Certificates as PDF: one file a person, or one for the class; the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from app.certificates.paper import content, embedding, form, setting, sheet, template
from app.certificates.paper.content import PageContent
from app.certificates.paper.form import Form
from app.certificates.paper.ornament import POINT
from app.certificates.paper.pdf import Document
from app.certificates.paper.setting import MICRO_FACE, Piece, Ready, ready
from app.certificates.paper.sheet import Drawn
from app.errors import Refused

Glyphs = tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
"""Glyphs beyond the usual ones, per face, in a form that can be a key."""

Shift = tuple[float, float]
"""To the right and down, mm."""

STRAIGHT: Shift = (0.0, 0.0)
_USUAL = "".join(map(chr, range(0x20, 0x7F)))
_KEPT = 16


@dataclass(frozen=True, slots=True)
class Base:
    """The beginning that all files of a template share: fonts and forms, and how pages refer to them."""

    document: Document
    fonts: bytes
    forms: dict[str, int]


def render_one(page: PageContent, *, shift: Shift = STRAIGHT, back_shift: Shift | None = None) -> bytes:
    """The PDF of one certificate; `shift` moves everything right and down by so many mm (printer offset).

    `back_shift` is that of the second side of each sheet, by default the same.
    """
    return render_class([page], shift=shift, back_shift=back_shift)


def render_each(pages: Iterable[PageContent], *, shift: Shift = STRAIGHT) -> Iterator[bytes]:
    """One PDF after the other, in order; the same bytes as `render_one` gives."""
    for page in pages:
        yield render_one(page, shift=shift)


def render_class(
    pages: Sequence[PageContent], *, shift: Shift = STRAIGHT, back_shift: Shift | None = None
) -> bytes:
    """One PDF of many certificates, all of one template, in order.

    Raises Refused with "certificate-template-missing", "certificate-template-changed",
    "certificate-templates-mixed", "certificate-nothing-to-print" or "certificate-letter-missing".
    """
    if not pages:
        raise Refused("certificate-nothing-to-print")
    name, digest = pages[0].template, pages[0].template_hash
    if any((page.template, page.template_hash) != (name, digest) for page in pages):
        raise Refused("certificate-templates-mixed")
    drawn = [side for page in pages for side in sheet.draw(_ready(name, digest), page)]
    return _written(pages, drawn, (shift, shift if back_shift is None else back_shift))


def render_sides(
    page: PageContent, numbers: Sequence[int | None], *, shift: Shift = STRAIGHT, back_shift: Shift = STRAIGHT
) -> bytes:
    """A PDF of these pages of one certificate (from 0, in this order); None is an empty page.

    For printers that print one side at a time. Raises as `render_class`.
    """
    every = list(sheet.draw(_ready(page.template, page.template_hash), page))
    return _written([page], [None if n is None else every[n] for n in numbers], (shift, back_shift))


def page_count(page: PageContent) -> int:
    """How many pages the certificate takes, the front included."""
    rows = _ready(page.template, page.template_hash).template.table.rows
    return 1 + -(-len(page.titles) // rows)


def _written(
    pages: Sequence[PageContent], drawn: Sequence[Drawn | None], shifts: tuple[Shift, Shift]
) -> bytes:
    """The file of these drawn pages; `shifts` are those of fronts and of backs."""
    name, digest = pages[0].template, pages[0].template_hash
    inked = [side for side in drawn if side is not None]
    base = _base(name, digest, _beyond(name, digest, inked))
    document = base.document.copy()
    common = _common_pieces(inked) if len(pages) > 1 else {}
    keys = {number: frozenset(piece.key for piece in pieces) for number, pieces in common.items()}
    shared = {
        number: document.add_stream(_form_entries(base.fonts), setting.content(pieces))
        for number, pieces in common.items()
    }
    for side in drawn:
        if side is None:
            document.add_page(b"<<>>", b"")
            continue
        moved = shifts[side.number % 2]
        _add(document, base, side, keys.get(side.number, frozenset()), shared.get(side.number), moved)
    design = _ready(name, digest)
    return document.finish(form.size(), _title(design, pages), design.template.language)


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


def _common_pieces(drawn: Sequence[Drawn]) -> dict[int, tuple[Piece, ...]]:
    """Per page of a certificate, the lines that all of the class have on it, in order."""
    found: dict[int, dict[bytes, Piece]] = {}
    for side in drawn:
        before = found.get(side.number)
        here = {piece.key: piece for piece in side.pieces}
        found[side.number] = here if before is None else {k: p for k, p in before.items() if k in here}
    return {number: tuple(pieces.values()) for number, pieces in found.items() if pieces}


def _add(
    document: Document,
    base: Base,
    side: Drawn,
    common: Set[bytes],
    shared: int | None,
    shift: Shift,
) -> None:
    """Appends a page: its symbol, and the lines that are not among the common ones."""
    objects, operators = b"/F %d 0 R" % base.forms[side.form], [b"/F Do\n", side.drawing]
    if any(shift):
        operators.insert(0, b"1 0 0 1 %.2f %.2f cm\n" % (shift[0] * POINT, 0.0 - shift[1] * POINT))
    if shared is not None:
        objects += b"/C %d 0 R" % shared
        operators.append(b"/C Do\n")
    operators.append(setting.content(piece for piece in side.pieces if piece.key not in common))
    if side.stamp is not None:
        symbol = side.stamp.symbol
        entries = b"/Subtype/Image/ImageMask true/Decode[1 0]/Width %d/Height %d" % (symbol.size, symbol.size)
        objects += b"/Q %d 0 R" % document.add_stream(entries, symbol.rows, deflate=False)
        operators.append(side.stamp.operators)
    document.add_page(b"<</Font %b/XObject<<%b>>>>" % (base.fonts, objects), b"".join(operators))


@cache
def _ready(name: str, digest: bytes) -> Ready:
    return ready(template.load(name, digest))


@cache
def _forms(name: str, digest: bytes) -> dict[str, Form]:
    design = _ready(name, digest)
    return {"front": form.front(design), "back": form.back(design)}


@cache
def _usual(name: str, digest: bytes) -> dict[str, dict[int, str]]:
    """The glyphs each file of a template embeds, per face: fixed words, and ASCII where fields are set."""
    design = _ready(name, digest)
    found = {alias: dict(design.faces[alias].glyphs(_USUAL)) for alias in sorted(_faces_of_fields(design))}
    for drawn in _forms(name, digest).values():
        for piece in drawn.pieces:
            found.setdefault(piece.alias, {}).update(piece.glyphs)
    return found


def _faces_of_fields(design: Ready) -> set[str]:
    t = design.template
    items = [item for item in [*t.front, *t.back, *t.side, *t.close] if not item.fixed]
    cells = [*t.table.columns, *design.totals.values()]
    return {item.face for item in [*items, *cells]} | {MICRO_FACE}


def _beyond(name: str, digest: bytes, drawn: Sequence[Drawn]) -> Glyphs:
    """The glyphs these pages need that the usual ones lack."""
    usual: Mapping[str, Mapping[int, str]] = _usual(name, digest)
    found: dict[str, dict[int, str]] = {}
    for piece in {piece.key: piece for side in drawn for piece in side.pieces}.values():
        if piece.glyphs.keys() <= usual[piece.alias].keys():
            continue
        for glyph in piece.glyphs.keys() - usual[piece.alias].keys():
            found.setdefault(piece.alias, {})[glyph] = piece.glyphs[glyph]
    return tuple((alias, tuple(sorted(glyphs.items()))) for alias, glyphs in sorted(found.items()))


@lru_cache(maxsize=_KEPT)
def _base(name: str, digest: bytes, beyond: Glyphs) -> Base:
    """Fonts and forms as the beginning of a file."""
    design = _ready(name, digest)
    document = Document()
    extra = dict(beyond)
    parts = []
    for alias, glyphs in _usual(name, digest).items():
        number = embedding.embed(document, design.faces[alias], {**glyphs, **dict(extra.get(alias, ()))})
        parts.append(b"/%b %d 0 R" % (alias.encode("ascii"), number))
    fonts = b"%d 0 R" % document.add(b"<<%b>>" % b"".join(parts))
    forms = {}
    for key, drawn in _forms(name, digest).items():
        pictures = b"".join(b"/P%d %d 0 R" % (i, p.embed(document)) for i, p in enumerate(drawn.pictures))
        forms[key] = document.add_stream(_form_entries(fonts, pictures), drawn.operators)
    return Base(document, fonts, forms)


def _form_entries(fonts: bytes, pictures: bytes = b"") -> bytes:
    box = b"/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources<</Font %b%b>>"
    objects = b"/XObject<<%b>>" % pictures if pictures else b""
    return box % (*form.size(), fonts, objects)
