"""The letters and colours of papers: our own fonts, embedded, and the light tokens of the screen."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.reports.layout import Measure
from app.reports.sheet import Tone

_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"

REGULAR = "BalaiSans-Regular"
MEDIUM = "BalaiSans-Medium"
SEMIBOLD = "BalaiSans-SemiBold"
BOLD = "BalaiSans-Bold"

BLACK = HexColor("#000000")
"""For codes alone: what a reader reads best."""
INK = HexColor("#1B2030")
INK2 = HexColor("#4F5568")
INK3 = HexColor("#5F6473")
LINE = HexColor("#DAD7CE")
LINE2 = HexColor("#8A867B")
SUNKEN = HexColor("#EBE9E3")
INDIGO = HexColor("#1D2A4D")

LETTERS = {
    Tone.PLAIN: INK,
    Tone.STRONG: INK,
    Tone.QUIET: INK3,
    Tone.CLOSED: INK3,
    Tone.PRESENT: INK2,
    Tone.LATE: HexColor("#85520A"),
    Tone.EXCUSED: HexColor("#0B6272"),
    Tone.SICK: HexColor("#7A3283"),
    Tone.ABSENT: HexColor("#A8231C"),
}
"""H is plain, so that what is not H stands out."""
TINTS = {
    Tone.CLOSED: SUNKEN,
    Tone.LATE: HexColor("#FBEBCB"),
    Tone.EXCUSED: HexColor("#DBF0F3"),
    Tone.SICK: HexColor("#F5E5F7"),
    Tone.ABSENT: HexColor("#FBE3E0"),
}
FACES = {
    Tone.PLAIN: REGULAR,
    Tone.QUIET: REGULAR,
    Tone.CLOSED: REGULAR,
    Tone.PRESENT: REGULAR,
    Tone.STRONG: MEDIUM,
    Tone.LATE: BOLD,
    Tone.EXCUSED: BOLD,
    Tone.SICK: BOLD,
    Tone.ABSENT: BOLD,
}


@cache
def register() -> None:
    """Make the fonts known to reportlab, once."""
    for name in (REGULAR, MEDIUM, SEMIBOLD, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(_FONTS / f"{name}.ttf")))


def measure(font: str, size: float) -> Measure:
    """How wide a text is in this font, in points."""
    return lambda text: float(pdfmetrics.stringWidth(text, font, size))
