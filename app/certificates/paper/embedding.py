"""Embeds the glyphs of a typeface that are used, as a PDF font whose codes are glyph numbers."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from app.certificates.paper.pdf import Document
from app.certificates.paper.subset import subset
from app.certificates.paper.typeface import Typeface

_SYMBOLIC, _ITALIC = 4, 64


def embed(document: Document, face: Typeface, glyphs: Mapping[int, str]) -> int:
    """Appends the font with these glyphs (each with the text it stands for); gives its object number."""
    used = dict(sorted(glyphs.items()))
    name = _name(face, used)
    program = subset(face.tables, used)
    file = document.add_stream(b"/Length1 %d" % len(program), program)
    descriptor = document.add(_descriptor(face, name, file))
    widths = b" ".join(b"%d[%d]" % (glyph, face.width(glyph)) for glyph in used)
    descendant = document.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity/W[%b]>>" % (name, descriptor, widths)
    )
    meaning = document.add_stream(b"", _meaning(used))
    return document.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[%d 0 R]"
        b"/ToUnicode %d 0 R>>" % (name, descendant, meaning)
    )


def _name(face: Typeface, used: Mapping[int, str]) -> bytes:
    """The subset's name: six capitals that depend on the glyphs alone."""
    digest = sha256(repr(list(used)).encode()).digest()
    tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
    return f"{tag}+{face.name}".encode("ascii")


def _descriptor(face: Typeface, name: bytes, file: int) -> bytes:
    m = face.measures()
    flags = _SYMBOLIC | (_ITALIC if m.italic_angle else 0)
    box = b" ".join(b"%d" % side for side in m.box)
    return (
        b"<</Type/FontDescriptor/FontName/%b/Flags %d/FontBBox[%b]/ItalicAngle %.1f/Ascent %d/Descent %d"
        b"/CapHeight %d/StemV 80/FontFile2 %d 0 R>>"
        % (name, flags, box, m.italic_angle, m.ascent, m.descent, m.cap_height, file)
    )


def _meaning(used: Mapping[int, str]) -> bytes:
    """The ToUnicode map, so that text can be searched, copied and read aloud."""
    lines = [f"<{glyph:04X}> <{text.encode('utf-16-be').hex()}>" for glyph, text in used.items()]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    body = "\n".join("\n".join([f"{len(b)} beginbfchar", *b, "endbfchar"]) for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "/CMapName /Balai def /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")
