"""How a tray is corrected: offsets in half millimetres, and the sheets that show what they must be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.certificates.paper import embedding, typeface
from app.certificates.paper.ornament import HEIGHT, POINT, WIDTH, Pen
from app.certificates.paper.pdf import Document
from app.certificates.paper.typeface import Typeface
from app.errors import Refused

MOST = 20
"""Half millimetres: a tray that is off by more wants its paper guides set, not a correction."""

_INK = (0.0, 0.0, 0.0)
_LINE = 0.15
_ARM = MOST // 2 + 2
_INSET = 20.0
_MARK = 5.0
_FACE = "BalaiSans-Regular"
_PACKED = re.compile(r"(-?\d{1,2}) (-?\d{1,2}) (-?\d{1,2}) (-?\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Offset:
    """Moves a side to the right and down, in half millimetres; raises Refused("print-offset-invalid")."""

    right: int = 0
    down: int = 0

    def __post_init__(self) -> None:
        """Within 10 mm each way."""
        if max(abs(self.right), abs(self.down)) > MOST:
            raise Refused("print-offset-invalid", field="offset", most=MOST // 2)

    @property
    def mm(self) -> tuple[float, float]:
        """The same in millimetres."""
        return self.right / 2, self.down / 2


@dataclass(frozen=True, slots=True)
class Offsets:
    """The corrections of one tray: of a sheet's front and of its back."""

    front: Offset = Offset()
    back: Offset = Offset()

    def pack(self) -> str:
        """As a setting of this laptop keeps it: four numbers."""
        return f"{self.front.right} {self.front.down} {self.back.right} {self.back.down}"

    @classmethod
    def read(cls, packed: str) -> Offsets:
        """What `pack` gave; raises Refused("print-offset-invalid")."""
        found = _PACKED.fullmatch(packed)
        if found is None:
            raise Refused("print-offset-invalid", field="offset", most=MOST // 2)
        a, b, c, d = (int(number) for number in found.groups())
        return cls(Offset(a, b), Offset(c, d))


STRAIGHT = Offsets()


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on the sheets: title, instructions, and how a side is named (`{sheet}` is its number)."""

    title: str
    lines: Sequence[str]
    front: str
    back: str
    language: str = "id-ID"


def sheets(words: Words, offsets: Offsets = STRAIGHT, count: int = 2) -> bytes:
    """Test sheets with both sides, numbered, drawn with the offsets given.

    The paper folded edge to edge has its crease where the printed scales say how far the side must be moved:
    numbers grow to the right and down. The sheets' numbers show whether backs meet their fronts.
    """
    document = Document()
    texts = [
        _side(words, name, number) for number in range(1, count + 1) for name in (words.front, words.back)
    ]
    face = typeface.load(_FACE)
    used = "".join(text for lines in texts for _, _, _, text in lines) + _SCALE_LETTERS
    font = embedding.embed(document, face, face.glyphs(used))
    resources = b"<</Font<</f %d 0 R>>>>" % font
    for place, lines in enumerate(texts):
        offset = offsets.back if place % 2 else offsets.front
        document.add_page(resources, _content(face, lines, offset))
    return document.finish((WIDTH * POINT, HEIGHT * POINT), words.title, words.language)


Text = tuple[float, float, float, str]
"""Middle and baseline (mm), size (points), text."""

_SCALE_LETTERS = "-0123456789"


def _side(words: Words, name: str, number: int) -> list[Text]:
    middle = WIDTH / 2
    lines = [(middle, 40.0, 14.0, words.title), (middle, 48.0, 20.0, name.format(sheet=number))]
    return [*lines, *((middle, 150.0 + 6 * i, 11.0, line) for i, line in enumerate(words.lines))]


def _content(face: Typeface, lines: Sequence[Text], offset: Offset) -> bytes:
    pen = Pen()
    pen.fill(_INK)
    _scales(pen)
    for x in (_INSET, WIDTH - _INSET):
        for y in (_INSET, HEIGHT - _INSET):
            pen.rule(x - _MARK, x + _MARK, y, _LINE)
            pen.box(x - _LINE / 2, y - _MARK, x + _LINE / 2, y + _MARK)
    right, down = offset.mm
    moved = b"1 0 0 1 %.2f %.2f cm\n" % (right * POINT, 0.0 - down * POINT)
    return moved + pen.drawing() + _text(face, [*lines, *_numbers()])


def _scales(pen: Pen) -> None:
    """A cross in the middle with a tick every half millimetre, longer at whole and at five."""
    x, y = WIDTH / 2, HEIGHT / 2
    pen.rule(x - _ARM, x + _ARM, y, _LINE)
    pen.box(x - _LINE / 2, y - _ARM, x + _LINE / 2, y + _ARM)
    for half in range(-MOST, MOST + 1):
        long = 2.6 if half % 10 == 0 else 1.6 if half % 2 == 0 else 0.9
        along = half / 2
        pen.box(x + along - _LINE / 2, y - long, x + along + _LINE / 2, y + long)
        pen.rule(x - long, x + long, y + along, _LINE)


def _numbers() -> list[Text]:
    """The numbers at the scales' ends and fives, millimetres."""
    x, y = WIDTH / 2, HEIGHT / 2
    found: list[Text] = []
    for mm in (-10, -5, 5, 10):
        found += [(x + mm, y - 3.4, 7.0, str(mm)), (x + 5.0, y + mm + 0.9, 7.0, str(mm))]
    return found


def _text(face: Typeface, lines: Sequence[Text]) -> bytes:
    parts = [b"BT"]
    for x, y, size, text in lines:
        line = face.line(text)
        left = x * POINT - line.width * size / 2
        parts.append(
            b"/f %.2f Tf 1 0 0 1 %.2f %.2f Tm %b TJ" % (size, left, (HEIGHT - y) * POINT, line.operand)
        )
    return b"\n".join([*parts, b"ET\n"])
