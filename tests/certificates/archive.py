"""What PDF/A-2b (ISO 19005-2) asks that can be checked from outside; gives what is wrong, in words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import ImageCms

from app.certificates.paper import opentype
from app.certificates.paper.opentype import View

_FORBIDDEN = {
    "/SMask",
    "/JS",
    "/JavaScript",
    "/AA",
    "/OpenAction",
    "/Launch",
    "/EmbeddedFiles",
    "/OPI",
    "/PS",
}
_OTHER_COLOURS = {"k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "gs", "ri", "BI"}
_MEANING = re.compile(rb"<([0-9A-F]{4})> <([0-9a-f]+)>")


def faults(raw: bytes) -> list[str]:
    """Everything that is wrong with the file as an archive's file."""
    with pikepdf.open(io.BytesIO(raw)) as document:
        return [
            *_outside(raw, document),
            *_intent(document),
            *_metadata(document),
            *_objects(document),
            *_pages(document),
        ]


def _outside(raw: bytes, document: pikepdf.Pdf) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", raw):
        yield "header"
    if not raw.endswith(b"%%EOF\n") or raw.count(b"%%EOF") != 1:
        yield "end of file"
    if document.is_encrypted or "/ID" not in document.trailer:
        yield "encrypted, or without an ID"
    if "/Lang" not in document.Root:
        yield "no language"
    yield from document.check_pdf_syntax()


def _intent(document: pikepdf.Pdf) -> Iterator[str]:
    intents: list[Any] = list(document.Root.get("/OutputIntents", []))
    if len(intents) != 1 or intents[0].S != "/GTS_PDFA1":
        yield "output intent"
        return
    profile = intents[0].DestOutputProfile
    opened = ImageCms.ImageCmsProfile(io.BytesIO(profile.read_bytes())).profile
    if int(profile.N) != 3 or opened.xcolor_space.strip() != "RGB" or opened.version > 4.2:
        yield "colour profile"


def _metadata(document: pikepdf.Pdf) -> Iterator[str]:
    if "/Filter" in document.Root.Metadata:
        yield "metadata compressed"
    with document.open_metadata() as found:
        if (found.pdfa_status, found.get("pdfaid:part")) != ("2B", "2"):
            yield "not marked as PDF/A-2b"
        pairs = (("dc:title", "/Title"), ("pdf:Producer", "/Producer"))
        if any(found.get(xmp) != str(document.docinfo[key]) for xmp, key in pairs):
            yield "metadata and information differ"


def _objects(document: pikepdf.Pdf) -> Iterator[str]:
    for item in document.objects:
        if not isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
            continue
        here = set(item.keys())
        yield from (f"forbidden {key}" for key in sorted(here & _FORBIDDEN))
        if "/Group" in here or item.get("/Interpolate") or item.get("/BM") or "/LZWDecode" in repr(item):
            yield "transparency, interpolation or LZW"
        if item.get("/Type") == "/Font" and item.Subtype == "/Type0":
            yield from _font(item)


def _font(font: Any) -> Iterator[str]:
    """Embedded, with the widths of its program, and every glyph with a meaning."""
    descendant = font.DescendantFonts[0]
    name = str(font.BaseFont)
    if "/FontFile2" not in descendant.FontDescriptor or descendant.CIDToGIDMap != "/Identity":
        yield f"{name} not embedded"
        return
    tables = opentype.tables(descendant.FontDescriptor.FontFile2.read_bytes())
    widths = View(tables["hmtx"]).words(0, 2 * View(tables["hhea"]).u16(34))[::2]
    said = _widths(descendant)
    if any(widths[glyph] != width for glyph, width in said.items()):
        yield f"{name} has other widths"
    if said.keys() != _meanings(font).keys():
        yield f"{name} has glyphs without a meaning"


def _widths(descendant: Any) -> dict[int, int]:
    listed = list(descendant.W)
    return {int(glyph): int(widths[0]) for glyph, widths in zip(listed[::2], listed[1::2], strict=True)}


def _meanings(font: Any) -> dict[int, str]:
    found = _MEANING.findall(font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in found}


def _pages(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages):
        for stream, resources in _streams(page):
            yield from (f"page {number}: {fault}" for fault in _content(stream, resources))


def _streams(page: pikepdf.Page) -> Iterator[tuple[Any, Any]]:
    yield page.obj, page.resources
    for item in page.resources.XObject.values():
        if item.Subtype == "/Form":
            yield item, item.Resources


def _content(stream: Any, resources: Any) -> Iterator[str]:
    """Device colours only, and no glyph that its font does not explain."""
    known: set[int] = set()
    depth = 0
    for instruction in pikepdf.parse_content_stream(stream):
        operands, what = instruction.operands, str(instruction.operator)
        if what in _OTHER_COLOURS:
            yield f"operator {what}"
        depth += {"q": 1, "Q": -1}.get(what, 0)
        if what == "Tf":
            known = set(_widths(resources.Font[str(operands[0])].DescendantFonts[0]))
        if what == "TJ" and _shown(operands[0]) - known:
            yield "a glyph that is not in the font"
    if depth:
        yield "q without Q"


def _shown(parts: Any) -> set[int]:
    strings = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
    return {int.from_bytes(s[i : i + 2], "big") for s in strings for i in range(0, len(s), 2)}
