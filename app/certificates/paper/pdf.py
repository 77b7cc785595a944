"""A PDF file put together from objects, as PDF/A-2b (ISO 19005-2) wants them kept for decades.

The same content gives the same bytes: no clock, no random.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from app.certificates.paper import profile

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_CATALOG, _PAGES, _INFO, _METADATA = 1, 2, 3, 4
_PRODUCER = "Balai"
_EFFORT = 6


@dataclass(slots=True)
class Document:
    """A PDF while it grows. Objects 1 to 4 (catalogue, page tree, information, metadata) come at the end."""

    parts: list[bytes] = field(default_factory=list)
    length: int = 0
    number: int = _METADATA + 1
    entries: list[bytes] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    _mark: Hash = field(default_factory=sha256)

    def __post_init__(self) -> None:
        """Every file begins with the header."""
        if not self.parts:
            self._append(_HEADER)

    def copy(self) -> Document:
        """Another document that begins with everything in this one."""
        return Document(
            [b"".join(self.parts)],
            self.length,
            self.number,
            [b"".join(self.entries)],
            list(self.pages),
            self._mark.copy(),
        )

    def add(self, body: bytes) -> int:
        """Appends an object and gives its number."""
        number = self.number
        self.number += 1
        self.entries.append(_entry(self.length))
        self._append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def add_stream(self, entries: bytes, data: bytes, *, deflate: bool = True) -> int:
        """Appends a stream object; `entries` are the dictionary's other entries."""
        if deflate:
            data = zlib.compress(data, _EFFORT)
            entries += b"/Filter/FlateDecode"
        return self.add(b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data))

    def add_page(self, resources: bytes, content: bytes) -> None:
        """Appends a page; its size is the document's."""
        stream = self.add_stream(b"", content)
        page = b"<</Type/Page/Parent 2 0 R/Resources %b/Contents %d 0 R>>"
        self.pages.append(self.add(page % (resources, stream)))

    def finish(self, size: tuple[float, float], title: str, language: str) -> bytes:
        """The whole file, all pages of `size` in points. `language` is a BCP 47 tag."""
        kids = b" ".join(b"%d 0 R" % number for number in self.pages)
        colours = self.add_stream(b"/N 3", profile.srgb())
        tail = [
            b"<</Type/Catalog/Pages 2 0 R/Lang(%b)/Metadata 4 0 R/ViewerPreferences<</DisplayDocTitle true>>"
            b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
            b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]>>" % (language.encode("ascii"), colours),
            b"<</Type/Pages/MediaBox[0 0 %.2f %.2f]/Count %d/Kids[%b]>>" % (*size, len(self.pages), kids),
            b"<</Title%b/Producer(%b)>>" % (_text(title), _PRODUCER.encode("ascii")),
            _metadata(title, language),
        ]
        first = []
        for number, body in enumerate(tail, _CATALOG):
            first.append(_entry(self.length))
            self._append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return self._closed(b"".join([b"0000000000 65535 f \n", *first, *self.entries]))

    def _closed(self, table: bytes) -> bytes:
        mark = self._mark.hexdigest()[:32].encode("ascii")
        trailer = b"trailer\n<</Size %d/Root 1 0 R/Info 3 0 R/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n"
        end = trailer % (self.number, mark, mark, self.length)
        return b"".join([*self.parts, b"xref\n0 %d\n" % self.number, table, end])

    def _append(self, piece: bytes) -> None:
        self.parts.append(piece)
        self.length += len(piece)
        self._mark.update(piece)


def _entry(offset: int) -> bytes:
    return b"%010d 00000 n \n" % offset


def _text(text: str) -> bytes:
    """A text string as UTF-16 with its mark, in hexadecimal, so that nothing needs escaping."""
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().encode("ascii")


def _metadata(title: str, language: str) -> bytes:
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
        'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
        f"<pdf:Producer>{_PRODUCER}</pdf:Producer>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()
    return b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%b\nendstream" % (len(packet), packet)
