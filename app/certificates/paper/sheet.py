"""Draws one certificate: the front, and as many back pages as its modules need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.certificates import qr
from app.certificates.paper import wording
from app.certificates.paper.content import LINES_OF_LETTERHEAD, PageContent
from app.certificates.paper.ornament import HEIGHT, POINT, Pen
from app.certificates.paper.setting import Fields, Piece, Ready, Setter

_BACK_QR_FLOOR = 132.0
_MICRO = (22.58, 187.97)
_MICRO_SPAN, _MICRO_SIZE = (23.1, 273.9), 2.1
_SIGNATURE = 56.0
_RISE = 1.6
"""How far (mm) a letterhead moves up for each line it lacks."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a symbol goes: left and bottom edge and usual width, all in mm; it grows to `most` where a
    module would come out smaller than `module`."""

    left: float
    bottom: float
    usual: float
    module: float
    most: float


FRONT_QR = Slot(31.0, 183.0, 32.0, 0.36, 40.0)
BACK_QR = Slot(215.0, 122.0, 20.0, 0.32, 38.0)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A QR symbol in its slot: bottom edge and width (mm)."""

    symbol: qr.Symbol
    slot: Slot
    bottom: float
    width: float

    @property
    def growth(self) -> float:
        """How much wider than usual it is (mm)."""
        return self.width - self.slot.usual

    @property
    def operators(self) -> bytes:
        """The operators that paint it as the image /Q."""
        x, y, side = self.slot.left * POINT, (HEIGHT - self.bottom) * POINT, self.width * POINT
        return b"q 0 g %.3f 0 0 %.3f %.3f %.3f cm /Q Do Q\n" % (side, side, x, y)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page drawn: which of its certificate it is (0 = front), the drawing, the lines, the symbol if any."""

    number: int
    drawing: bytes
    pieces: list[Piece]
    stamp: Stamp | None

    @property
    def form(self) -> str:
        """The form that lies behind it."""
        return "back" if self.number else "front"


def draw(ready: Ready, page: PageContent) -> Iterator[Drawn]:
    """The pages of one certificate, front first."""
    words, table = ready.template.words, ready.template.table
    fields = wording.fields(page, page.signed.content, ready.template)
    yield _front(ready, page, fields)
    modules = page.modules.modules
    lines = [
        wording.cells(place, module, title, words)
        for place, (module, title) in enumerate(zip(modules, page.titles, strict=True), 1)
    ]
    runs = [lines[i : i + table.rows] for i in range(0, len(lines), table.rows)]
    jp = str(sum(module.jp for module in modules))
    for number, run in enumerate(runs, 1):
        numbered = {**fields, "page": str(number + 1), "pages": str(len(runs) + 1), "total_jp": jp}
        yield _back(ready, page, numbered, run, number)


def _front(ready: Ready, page: PageContent, fields: Fields) -> Drawn:
    stamp = _stamp(qr.text(page.credential, page.host), FRONT_QR)
    setter = Setter(ready)
    rise = _RISE * (LINES_OF_LETTERHEAD - len(page.letterhead))
    for item in ready.front:
        along, up = item.anchor == "qr", item.anchor == "letterhead"
        setter.put(item, fields, shift=stamp.growth if along else 0.0, rise=rise if up else 0.0)
    micro = ready.template.words.micro.format_map(fields)
    for y in _MICRO:
        setter.micro(micro, _MICRO_SPAN, y, _MICRO_SIZE)
    return Drawn(0, b"", setter.pieces, stamp)


def _back(ready: Ready, page: PageContent, fields: Fields, lines: Sequence[Fields], number: int) -> Drawn:
    """A back page; the first carries scale and symbol, the last the total and the instructor's signature."""
    stamp = _stamp(qr.text(page.back, page.host), BACK_QR) if number == 1 else None
    setter, pen = Setter(ready), Pen()
    for item in ready.back:
        setter.put(item, fields)
    if stamp is not None:
        for item in ready.template.side:
            setter.put(item, fields, shift=stamp.growth if item.anchor else 0.0)
    foot = _rows(ready, setter, pen, lines)
    if fields["page"] == fields["pages"]:
        _total(ready, setter, pen, foot, fields)
        _close(ready, setter, pen, fields)
    else:
        setter.write(ready.continued, ready.template.table.continued, foot + 5.5)
    return Drawn(number, pen.drawing(), setter.pieces, stamp)


def _rows(ready: Ready, setter: Setter, pen: Pen, lines: Sequence[Fields]) -> float:
    """The lines of the table, every second one tinted; gives the lower edge of the last (mm)."""
    table = ready.template.table
    top = table.top + table.head
    pen.fill(ready.colours["tint"])
    for place in range(1, len(lines), 2):
        pen.box(table.left, top + place * table.row, table.right, top + (place + 1) * table.row)
    for place, cells in enumerate(lines):
        y = top + (place + 0.5) * table.row + 1.25
        for column in table.columns:
            setter.write(column, cells[column.field], y)
    return top + len(lines) * table.row


def _total(ready: Ready, setter: Setter, pen: Pen, top: float, fields: Fields) -> None:
    table = ready.template.table
    bottom = top + table.row - 0.6
    pen.fill(ready.colours["indigo"])
    for y in (top, bottom):
        pen.rule(table.left, table.right, y, 0.4)
    average = fields.get("average")
    cells = {
        "title": table.total if average else table.total_without_average,
        "jp": fields["total_jp"],
        "score": average or "",
        "outcome": fields["result"],
    }
    for name, text in cells.items():
        setter.write(ready.totals[name], text, (top + bottom) / 2 + 1.25)


def _close(ready: Ready, setter: Setter, pen: Pen, fields: Fields) -> None:
    """Place, date and signature of the instructor, if one signs."""
    if "instructor_name" not in fields:
        return
    items = ready.template.close
    for item in items:
        setter.put(item, fields)
    name = next(item for item in items if "{instructor_name}" in item.text)
    pen.fill(ready.colours["ink"])
    pen.rule(name.x, name.x + _SIGNATURE, name.y + 1.25, 0.18)


def _stamp(text: str, slot: Slot) -> Stamp:
    """The symbol at its usual width, larger where a module would come out too small to be read."""
    symbol = qr.symbol(text)
    width = min(slot.most, max(slot.usual, symbol.size * slot.module))
    bottom = slot.bottom
    if slot is BACK_QR:
        bottom = max(bottom, min(_BACK_QR_FLOOR, bottom - slot.usual + width))
    return Stamp(symbol, slot, bottom, width)
