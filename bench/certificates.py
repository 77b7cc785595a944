"""How fast certificates are printed: ours beside other engines, in the same run on the same machine.

`python -m bench certificates [--participants N]`. Each engine and number runs in a fresh process, so that
start-up is paid once by each and peak memory is its own. The others are measured if they are installed
(reportlab is; fpdf2 and typst are no part of ours). reportlab is used as its guide teaches, with fonts
registered and everything drawn for each file. All set the same two pages with embedded typefaces, two QR
codes and a table of 12 modules; the others get their QR codes drawn by the same library, and the ornament
as ready operators (typst: plain frames), which favours them.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.certificates import backpage, credential, delegation, keys, qr
from app.certificates.backpage import Module, ModuleOutcome
from app.certificates.paper import form, printing, template, typeface
from app.certificates.paper.content import PageContent, Signatory
from app.certificates.paper.printing import render_class, render_one
from bench.people import words

DESIGN = "kelulusan-1"
FEW = 100
FLOOR = "reportlab, naive"
_TITLES = ("Produktivitas", "Konsep", "Motivasi", "Ide bisnis", "Model canvas", "Pembukuan") * 2
_FACES = {
    "F1": "BalaiSans-Regular",
    "F2": "BalaiSans-Bold",
    "F3": "BalaiSerif-Medium",
    "F4": "BalaiSerif-SemiBold",
}
_DAY = 20_776
_ELSEWHERE = ("Çağla Yıldız", "Łukasz Nowak", "Søren Ødegård", "Řehoř Dvořák", "Ñuño d’Ávila")
"""Every tenth name has letters outside ASCII: they need more glyphs than the usual ones."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement: certificates a second by the clock and by the processor's own time, kB a certificate,
    peak memory in MB. On a busy machine only the processor's time can be compared."""

    engine: str
    together: bool
    number: int
    per_second: float
    per_processor_second: float
    kilobytes: float
    memory: float


def pages(number: int) -> list[PageContent]:
    """Made-up certificates of one class."""
    authority, device = keys.from_seed(bytes(32)), keys.from_seed(bytes([1]) * 32)
    held = delegation.issue(authority, keys.public(device), 10009, 2, _DAY, _DAY + 365, 1, 9_999)
    return [_page(device, held, i) for i in range(1, number + 1)]


def _page(device: Ed25519PrivateKey, held: bytes, i: int) -> PageContent:
    women, second = words("women"), words("second")
    modules = [
        Module(f"KWU-{m + 1:02d}", 3, 7_000 + (i * 7 + m * 11) % 30 * 100, ModuleOutcome.PASSED)
        for m in range(12)
    ]
    back = backpage.build(i.to_bytes(16, "big"), modules)
    signed = credential.issue(
        device,
        held,
        serial=100090000000 + i,
        name=_ELSEWHERE[i // 10 % 5] if i % 10 == 0 else f"{women[i % len(women)]} {second[i % len(second)]}",
        birth_date=7_000 + i,
        programme="Kewirausahaan bagi Usaha Mikro dan Kecil",
        jp=36,
        first_day=_DAY,
        days=8,
        dated=_DAY + 9,
        signed=_DAY + 9,
        back=back,
    )
    return PageContent(
        template=DESIGN,
        template_hash=template.digest(DESIGN),
        host="sertifikat.example",
        credential=signed,
        back=back,
        number=f"{i:04d}/BPVP-TTE/KWU/XI/2026",
        birth_place="Tidore",
        nik_digits=f"{i % 10_000:04d}",
        intake="Angkatan VIII",
        place="Ternate",
        letterhead=("KEMENTERIAN KETENAGAKERJAAN", "DIREKTORAT JENDERAL BINALAVOTAS", "BALAI TERNATE"),
        signatory=Signatory("Kepala Balai", "Anwar Soleman", "NIP 19700101"),
        titles=_TITLES,
        average=8_500,
        grade="Memuaskan",
    )


def ours(sheets: Sequence[PageContent], together: bool) -> int:
    """Bytes written by our printing."""
    return len(render_class(sheets)) if together else sum(len(render_one(sheet)) for sheet in sheets)


def naive(sheets: Sequence[PageContent], together: bool) -> int:
    """Bytes written by reportlab as its guide teaches it."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    def one(batch: Sequence[PageContent]) -> int:
        out = io.BytesIO()
        canvas: Any = Canvas(out, pagesize=form.size())
        for alias, name in _FACES.items():
            pdfmetrics.registerFont(TTFont(alias, typeface.FOLDER / f"{name}.ttf"))
        for sheet in batch:
            for side, (symbol, x, y, width) in enumerate(_symbols(sheet)):
                canvas._code.append(_ornament(side))
                canvas.drawImage(ImageReader(_picture(symbol)), x, y, width, width)
                for alias, size, left, top, text in _lines(sheet, side):
                    canvas.setFont(alias, size)
                    canvas.drawString(left, top, text)
                canvas.showPage()
        canvas.save()
        return len(out.getvalue())

    return one(sheets) if together else sum(one([sheet]) for sheet in sheets)


def fpdf2(sheets: Sequence[PageContent], together: bool) -> int:
    """Bytes written by fpdf2."""
    library = importlib.import_module("fpdf")

    def one(batch: Sequence[PageContent]) -> int:
        pdf = library.FPDF(orientation="L", unit="pt", format="A4")
        for alias, name in _FACES.items():
            pdf.add_font(alias, fname=typeface.FOLDER / f"{name}.ttf")
        for sheet in batch:
            for side, (symbol, x, y, width) in enumerate(_symbols(sheet)):
                pdf.add_page()
                pdf._out(_ornament(side))
                pdf.image(_picture(symbol), x, 595 - y - width, width, width)
                for alias, size, left, top, text in _lines(sheet, side):
                    pdf.set_font(alias, size=size)
                    pdf.text(left, 595 - top, text)
        return len(pdf.output())

    return one(sheets) if together else sum(one([sheet]) for sheet in sheets)


def typst(sheets: Sequence[PageContent], together: bool) -> int:
    """Bytes written by typst."""
    engine = importlib.import_module("typst")
    compiler = engine.Compiler(font_paths=[str(typeface.FOLDER)])

    def one(batch: Sequence[PageContent]) -> int:
        parts = ['#set page(width: 842pt, height: 595pt, margin: 0pt)\n#set text(font: "Balai Sans")\n']
        for number, sheet in enumerate(batch):
            for side, (symbol, x, y, width) in enumerate(_symbols(sheet)):
                parts.append("#pagebreak()\n" if number or side else "")
                parts.append("#place(dx: 26pt, dy: 26pt, rect(width: 790pt, height: 543pt))\n")
                numbers = ",".join(str(byte) for byte in _picture(symbol).getvalue())
                place = f"dx: {x}pt, dy: {595 - y - width}pt"
                parts.append(f"#place({place}, image(bytes(({numbers})), width: {width}pt))\n")
                for _, size, left, top, text in _lines(sheet, side):
                    spot = f"dx: {left}pt, dy: {595 - top - size}pt"
                    parts.append(f'#place({spot}, text(size: {size}pt, "{text}"))\n')
        return len(compiler.compile(input="".join(parts).encode()))

    return one(sheets) if together else sum(one([sheet]) for sheet in sheets)


ENGINES: dict[str, Callable[[Sequence[PageContent], bool], int]] = {
    FLOOR: naive,
    "fpdf2": fpdf2,
    "typst": typst,
    "ours": ours,
}
_NEEDS = {FLOOR: "reportlab", "fpdf2": "fpdf", "typst": "typst", "ours": "app"}


def _symbols(sheet: PageContent) -> list[tuple[qr.Symbol, float, float, float]]:
    front, back = (qr.symbol(qr.text(raw, sheet.host)) for raw in (sheet.credential, sheet.back))
    return [(front, 88.0, 76.0, 90.7), (back, 611.0, 249.0, 51.0)]


def _picture(symbol: qr.Symbol) -> io.BytesIO:
    from PIL import Image

    out = io.BytesIO()
    bits = bytes(255 - byte for byte in symbol.rows)
    Image.frombytes("1", (symbol.size, symbol.size), bits).save(out, "PNG")
    out.seek(0)
    return out


def _ornament(side: int) -> str:
    drawn = printing._forms(DESIGN, template.digest(DESIGN))["back" if side else "front"]
    return drawn.operators.decode("ascii").partition("BT\n")[0]


def _lines(sheet: PageContent, side: int) -> list[tuple[str, float, float, float, str]]:
    signed = sheet.signed.content
    if side == 0:
        texts = [*sheet.letterhead, "SERTIFIKAT", sheet.number, signed.name, signed.programme, "LULUS"]
        texts += [sheet.signatory.name, sheet.signatory.line or "", sheet.place, sheet.host]
        return [
            (f"F{i % 4 + 1}", 10 + i % 3 * 6, 300.0, 500.0 - 30 * i, text) for i, text in enumerate(texts)
        ]
    found = [("F4", 24.0, 62.0, 496.0, "Daftar modul dan nilai"), ("F1", 9.5, 62.0, 470.0, signed.name)]
    for i, (module, title) in enumerate(zip(sheet.modules.modules, sheet.titles, strict=True)):
        cells = (str(i + 1), module.code, title, str(module.jp), str((module.score or 0) // 100), "Lulus")
        found += [("F1", 9.8, 62.0 + 80 * j, 430.0 - 25.5 * i, cell) for j, cell in enumerate(cells)]
    return found


def _measure(engine: str, together: bool, number: int) -> Figure:
    sheets = pages(number)
    start, busy = time.perf_counter(), time.process_time()
    size = ENGINES[engine](sheets, together)
    seconds, own = time.perf_counter() - start, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figure(engine, together, number, number / seconds, number / own, size / number / 1000, memory)


def figures(numbers: Sequence[int]) -> list[Figure]:
    """Everything that can be measured here; the others make files one by one only up to a hundred."""
    found = []
    fresh = multiprocessing.get_context("spawn")
    for engine in ENGINES:
        if importlib.util.find_spec(_NEEDS[engine]) is None:
            sys.stdout.write(f"{engine}: not installed, left out\n")
            continue
        for together in (False, True):
            for number in numbers:
                if engine != "ours" and number > FEW and not together:
                    continue
                with fresh.Pool(1) as pool:
                    found.append(pool.apply(_measure, (engine, together, number)))
    return found


def main(participants: int) -> None:
    """Measures 1, 100 and so many certificates, and prints a table."""
    measured = figures(sorted({1, FEW, participants}))
    floor = {(f.together, f.number): f.per_processor_second for f in measured if f.engine == FLOOR}
    heads = ("engine", "as", "n", "per s", "per cpu s", "x naive", "kB each", "MB")
    _line(heads)
    for f in measured:
        slow = floor.get((f.together, f.number))
        ratio = f"{f.per_processor_second / slow:.0f}" if slow else "-"
        speeds = f"{f.per_second:.1f}", f"{f.per_processor_second:.1f}"
        kind = "one file" if f.together else "files"
        _line((f.engine, kind, str(f.number), *speeds, ratio, f"{f.kilobytes:.1f}", f"{f.memory:.0f}"))


def _line(cells: Sequence[str]) -> None:
    first, *rest = (cell.rjust(width) for cell, width in zip(cells, (18, 10, 6, 9, 11, 9, 9, 7), strict=True))
    sys.stdout.write("".join([first.strip().ljust(18), *rest, "\n"]))


if __name__ == "__main__":
    main(1_000)
