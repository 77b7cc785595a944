"""Draws one certificate: the front, and as many back pages as its modules need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.certificates import qr
from app.certificates.backpage import Module
from app.certificates.paper import wording
from app.certificates.paper.content import PageContent
from app.certificates.paper.ornament import HEIGHT, POINT, Pen
from app.certificates.paper.setting import Fields, Ready, Setter
from app.certificates.paper.template import Table

FRONT_QR = (31.0, 183.0, 32.0, 0.36, 40.0)
BACK_QR = (215.5, 122.0, 18.0, 0.29, 38.0)
_BACK_QR_FLOOR = 132.0
_MICRO = (22.58, 187.97)
_SIGNATURE = 56.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """A QR symbol and where it stands: left and bottom edge, width (mm)."""

    symbol: qr.Symbol
    left: float
    bottom: float
    width: float

    @property
    def operators(self) -> bytes:
        """The operators that paint it as the image /Q."""
        x, y, side = self.left * POINT, (HEIGHT - self.bottom) * POINT, self.width * POINT
        return b"q 0 g %.3f 0 0 %.3f %.3f %.3f cm /Q Do Q\n" % (side, side, x, y)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page drawn: its operators, the form behind it, its symbol if any, and the glyphs it used per face."""

    content: bytes
    form: str
    stamp: Stamp | None
    used: dict[str, dict[int, str]]


def draw(ready: Ready, page: PageContent) -> Iterator[Drawn]:
    """The pages of one certificate, front first."""
    words = ready.template.words
    fields = wording.fields(page, page.signed.content, words)
    yield _front(ready, page, fields)
    modules = page.modules.modules
    table = ready.template.table
    lines = [
        wording.cells(place, module, title, words)
        for place, (module, title) in enumerate(zip(modules, page.titles, strict=True), 1)
    ]
    runs = [lines[i : i + table.rows] for i in range(0, len(lines), table.rows)]
    for number, run in enumerate(runs, 2):
        numbered = {**fields, "page": str(number), "pages": str(len(runs) + 1)}
        yield _back(ready, page, numbered, run, modules if number == len(runs) + 1 else None)


def _front(ready: Ready, page: PageContent, fields: Fields) -> Drawn:
    stamp = _stamp(qr.text(page.credential, page.host), FRONT_QR)
    setter = Setter(ready)
    for item in ready.template.front:
        if not item.fixed:
            setter.put(item, fields, shift=stamp.width - FRONT_QR[2] if item.anchor else 0.0)
    micro = ready.template.words.micro.format_map(fields)
    for y in _MICRO:
        setter.micro(micro, (23.1, 273.9), y, 2.1)
    return Drawn(setter.content() + stamp.operators, "front", stamp, setter.used)


def _back(
    ready: Ready,
    page: PageContent,
    fields: Fields,
    lines: Sequence[Fields],
    all_modules: Sequence[Module] | None,
) -> Drawn:
    """A back page; the first carries the symbol, the last (it is given `all_modules`) total and signature."""
    first = fields["page"] == "2"
    stamp = _stamp(qr.text(page.back, page.host), BACK_QR) if first else None
    setter, pen = Setter(ready), Pen()
    for item in ready.template.back:
        if not item.fixed:
            setter.put(item, fields)
    for item in ready.template.side if first else ():
        setter.put(item, fields, shift=stamp.width - BACK_QR[2] if item.anchor and stamp else 0.0)
    foot = _rows(ready, setter, pen, lines)
    if all_modules is None:
        _continued(ready.template.table, setter, foot)
    else:
        _total(ready, setter, pen, foot, fields, sum(m.jp for m in all_modules))
        _close(ready, setter, pen, fields)
    drawing = "\n".join(pen.operators).encode("ascii")
    content = b"%b\n%b%b" % (drawing, setter.content(), stamp.operators if stamp else b"")
    return Drawn(content, "back", stamp, setter.used)


def _rows(ready: Ready, setter: Setter, pen: Pen, lines: Sequence[Fields]) -> float:
    """The lines of the table, every second one tinted; gives the lower edge of the last (mm)."""
    table = ready.template.table
    top = table.top + table.head
    pen.fill(ready.colours["tint"])
    for place in range(1, len(lines), 2):
        pen.box(table.left, top + place * table.row, table.right, top + (place + 1) * table.row)
    for place, cells in enumerate(lines):
        y = top + place * table.row + table.row / 2 + 1.25
        for column in table.columns:
            setter.write(column, cells[column.field], y)
    return top + len(lines) * table.row


def _total(ready: Ready, setter: Setter, pen: Pen, top: float, fields: Fields, jp: int) -> None:
    table = ready.template.table
    bottom = top + table.row - 0.6
    pen.fill(ready.colours["indigo"])
    for y in (top, bottom):
        pen.rule(table.left, table.right, y, 0.4)
    average = fields.get("average")
    cells = {
        "title": table.total if average else table.total_without_average,
        "jp": str(jp),
        "score": average or "",
        "outcome": fields["result"],
    }
    for column in table.columns:
        if column.field in cells:
            colour = "indigo" if column.field == "outcome" else "ink"
            setter.write(column.like("sans-bold", colour), cells[column.field], (top + bottom) / 2 + 1.25)


def _continued(table: Table, setter: Setter, top: float) -> None:
    title = next(column for column in table.columns if column.field == "title")
    setter.write(title.like("sans", "ink2"), table.continued, top + 5.5)


def _close(ready: Ready, setter: Setter, pen: Pen, fields: Fields) -> None:
    """Place, date and signature of the instructor, if one signs."""
    if "instructor_name" not in fields:
        return
    items = ready.template.close
    for item in items:
        setter.put(item, fields)
    name = next(item for item in items if "instructor_name" in "".join(item.text))
    pen.fill(ready.colours["ink"])
    pen.rule(name.x, name.x + _SIGNATURE, name.y + 1.25, 0.18)


def _stamp(text: str, place: tuple[float, float, float, float, float]) -> Stamp:
    """The symbol at its usual width, larger where a module would come out too small to be read."""
    left, bottom, usual, module, most = place
    symbol = qr.symbol(text)
    width = min(most, max(usual, symbol.size * module))
    if place is BACK_QR:
        bottom = max(bottom, min(_BACK_QR_FLOOR, bottom - usual + width))
    return Stamp(symbol, left, bottom, width)
