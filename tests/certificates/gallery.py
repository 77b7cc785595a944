"""The gallery of certificates: the cases a design must survive, drawn to be looked at.

`python -m tests.certificates.gallery [FOLDER]` writes front and back of each as a picture.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PIL import Image

from app.certificates.paper import printing
from app.certificates.paper.content import PageContent, Signatory
from tests.certificates import samples

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots" / "certificates"
DPI = 110
_COLOURS = 128
LONG_NAME = "Muhammad Abdurrahman Wahid Kusumaningrat Tjokroaminoto Djojo"
LONG_TITLE = (
    "Kewirausahaan Berbasis Pengolahan Hasil Laut dan Perikanan bagi Usaha Mikro dan Kecil di Kepulauan"
)


def shortest() -> PageContent:
    """A name of three letters, a letterhead of one line, nobody beside the head signs."""
    return samples.page(
        name="Sri",
        letterhead=("BALAI PELATIHAN VOKASI DAN PRODUKTIVITAS TERNATE",),
        programme="Barista",
        instructor=None,
        sample=False,
    )


def longest() -> PageContent:
    """Names, titles and offices as long as they come."""
    office = Signatory(
        "Plt. Kepala Balai Pelatihan Vokasi dan Produktivitas Ternate",
        "Dr. Ir. H. Muhammad Zulkifli Abdurrahman Tuanakotta, S.T., M.M., M.Si.",
        "NIP 19700101 199503 1 000",
    )
    return samples.page(name=LONG_NAME, programme=LONG_TITLE, signatory=office)


def bare() -> PageContent:
    """Whose NIK and place of birth are not known, in a class without intake or grades."""
    return samples.page(
        birth_place=None, nik_digits=None, intake=None, grade=None, scale=(), attendance=None, sample=False
    )


CASES: dict[str, Callable[[], PageContent]] = {
    "nama-terpendek": shortest,
    "nama-terpanjang": longest,
    "satu-modul": lambda: samples.page(1, name="Ni Luh Putu Ayu Widyastuti"),
    "enam-puluh-modul": lambda: samples.page(60, name="Çağla d’Ørsted-Müller"),
    "tanpa-nik": bare,
    "pengganti": lambda: samples.page(replaces=100090000398, sample=False),
    "salinan": lambda: printing.copy(samples.page(), 1),
    "dwibahasa": lambda: samples.page(design="kelulusan-dwibahasa-1"),
}


def pictures(page: PageContent) -> list[Image.Image]:
    """Front, first and last back page, in few colours so that they weigh little."""
    document = pypdfium2.PdfDocument(printing.render_one(page))
    try:
        shown = sorted({0, 1, len(document) - 1})
        drawn = [document[i].render(scale=DPI / 72).to_pil().copy() for i in shown]
    finally:
        document.close()
    return [picture.quantize(_COLOURS, dither=Image.Dither.NONE) for picture in drawn]


def main(folder: Path = FOLDER) -> None:
    """Writes the gallery."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, case in CASES.items():
        for number, picture in enumerate(pictures(case()), 1):
            picture.save(folder / f"{name}-{number}.png", optimize=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
