"""A sheet as PDF: A4 landscape, letterhead on the first page, signatures on the last, page x of y."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.domain import calendar
from app.reports import faces
from app.reports import grid as tables
from app.reports.grid import Grid, Zig
from app.reports.layout import rows_by_page, wrap
from app.reports.rows import Signatory
from app.reports.sheet import Sheet
from app.reports.words import word

PAGE = landscape(A4)
SIDE, TOP, BOTTOM = 13 * mm, 10 * mm, 13 * mm
WIDTH, HEIGHT = PAGE[0] - 2 * SIDE, PAGE[1]
_LATER_HEAD = 22.0
_FACT, _LEGEND, _SIGN = 12.0, 10.0, 84.0


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything measured: which grid and which rows stand on each page, in order."""

    pages: tuple[tuple[Grid, range], ...]
    down: int
    heights: tuple[float, ...]
    head_height: float
    foot_height: float


def write(sheet: Sheet, file: BinaryIO) -> None:
    """Write the PDF. The same sheet gives the same bytes."""
    faces.register()
    plan = _best_plan(sheet)
    canvas = Canvas(file, pagesize=PAGE, invariant=1, lang=sheet.head.language)
    canvas.setTitle(f"{sheet.title}, {sheet.head.class_code}")
    canvas.setAuthor(sheet.head.centre)
    canvas.setSubject(sheet.head.programme)
    canvas.setCreator("Balai")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for number, (grid, rows) in enumerate(plan.pages, 1):
        _draw_page(canvas, sheet, plan, number, grid, rows)
        canvas.showPage()
    canvas.save()


def _best_plan(sheet: Sheet) -> _Plan:
    """Rows of the usual height, or lower ones where these save all pages but one."""
    usual, least = sheet.heights
    plan = _plan(sheet, usual * mm)
    if plan.down > 1 and (dense := _plan(sheet, least * mm)).down == 1:
        return dense
    return plan


def _plan(sheet: Sheet, least: float) -> _Plan:
    """Measure, then deal out rows to pages down and columns to pages across, a strip of rows at a time."""
    across = tables.grids(sheet, WIDTH)
    heights = tuple(max(tables.row_height(grid, row, least) for grid in across) for row in sheet.rows)
    head = max(tables.head_height(grid) for grid in across)
    free = HEIGHT - TOP - BOTTOM - head
    down = rows_by_page(heights, free - _first_head(sheet), free - _LATER_HEAD, _end(sheet, least))
    pages = tuple((grid, rows) for rows in down for grid in across)
    return _Plan(pages, len(down), heights, head, least)


def _draw_page(canvas: Canvas, sheet: Sheet, plan: _Plan, number: int, grid: Grid, rows: range) -> None:
    y = _draw_top(canvas, sheet) if number == 1 else _draw_later_top(canvas, sheet)
    head = y
    y -= plan.head_height
    for place in rows:
        tables.draw_row(canvas, grid, sheet.rows[place], SIDE, y, plan.heights[place], _zig(rows, place))
        y -= plan.heights[place]
    tables.draw_head(canvas, grid, SIDE, head, plan.head_height)  # over the tints of the first row
    if rows.stop == len(sheet.rows):
        y = _draw_under(canvas, sheet, grid, y, plan.foot_height)
    if number == len(plan.pages):
        _draw_signatures(canvas, sheet, y)
    _draw_bottom(canvas, sheet, number, len(plan.pages))


def _zig(rows: range, place: int) -> Zig:
    """Odd rows at the left, joined with the even one below where that stands on the same page."""
    left = place % 2 == 0
    return Zig(left=left, joined=left and place + 1 < rows.stop)


def _first_head(sheet: Sheet) -> float:
    letterhead = len(sheet.head.letterhead) * 12 + 20 if sheet.head.letterhead else 0
    return letterhead + 26 + -(-len(sheet.facts) // 2) * _FACT + 8


def _end(sheet: Sheet, foot_height: float) -> float:
    foot = foot_height if sheet.foot else 0
    return foot + len(_legend(sheet)) * _LEGEND + 8 + (_SIGN if sheet.head.signatories else 0)


def _legend(sheet: Sheet) -> list[str]:
    text = " ".join(sheet.legend)
    return wrap(text, faces.measure(faces.REGULAR, 7.5), WIDTH) if text else []


def _draw_top(canvas: Canvas, sheet: Sheet) -> float:
    """Letterhead, title and facts of the class; returns where the table begins."""
    y = HEIGHT - TOP
    for place, line in enumerate(sheet.head.letterhead):
        last = place == len(sheet.head.letterhead) - 1
        y -= 14 if last else 12
        canvas.setFont(faces.BOLD if last else faces.MEDIUM, 11 if last else 9)
        canvas.setFillColor(faces.INDIGO if last else faces.INK)
        canvas.drawCentredString(PAGE[0] / 2, y, line)
    if sheet.head.letterhead:
        y -= 8
        canvas.setStrokeColor(faces.INDIGO)
        for width, drop in ((1.4, 0.0), (0.5, 2.2)):
            canvas.setLineWidth(width)
            canvas.line(SIDE, y - drop, SIDE + WIDTH, y - drop)
        y -= 10
    y -= 14
    canvas.setFont(faces.BOLD, 14)
    canvas.setFillColor(faces.INK)
    canvas.drawString(SIDE, y, sheet.title)
    y -= 12
    return _draw_facts(canvas, sheet, y) - 8


def _draw_facts(canvas: Canvas, sheet: Sheet, y: float) -> float:
    """Label and value, two columns of them read downwards."""
    half = -(-len(sheet.facts) // 2)
    canvas.setFillColor(faces.INK2)
    measure = faces.measure(faces.REGULAR, 8.5)
    gap = max((measure(label) for label, _ in sheet.facts), default=0) + 10
    for place, (label, value) in enumerate(sheet.facts):
        x = SIDE + (WIDTH * 0.56 if place >= half else 0)
        line = y - (place % half + 1) * _FACT + 3
        canvas.setFont(faces.REGULAR, 8.5)
        canvas.setFillColor(faces.INK2)
        canvas.drawString(x, line, label)
        canvas.setFont(faces.MEDIUM, 8.5)
        canvas.setFillColor(faces.INK)
        canvas.drawString(x + gap, line, value)
    return float(y - half * _FACT)


def _draw_later_top(canvas: Canvas, sheet: Sheet) -> float:
    y = HEIGHT - TOP - 10
    canvas.setFont(faces.BOLD, 10)
    canvas.setFillColor(faces.INK)
    canvas.drawString(SIDE, y, sheet.title)
    canvas.setFont(faces.REGULAR, 8.5)
    canvas.setFillColor(faces.INK2)
    canvas.drawRightString(SIDE + WIDTH, y, f"{sheet.head.programme}, {sheet.head.class_code}")
    return float(HEIGHT - TOP - _LATER_HEAD)


def _draw_under(canvas: Canvas, sheet: Sheet, grid: Grid, y: float, foot_height: float) -> float:
    """What follows the last row of each page across: the sums, the legend, or that nobody is there."""
    if not sheet.rows:
        y -= 22
        canvas.setFont(faces.REGULAR, 9)
        canvas.setFillColor(faces.INK2)
        canvas.drawString(SIDE + tables.PAD, y + 7, word("report-empty", sheet.head.language))
    elif sheet.foot is not None:
        tables.draw_foot(canvas, grid, sheet.foot, SIDE, y, foot_height)
        y -= foot_height
    canvas.setFont(faces.REGULAR, 7.5)
    canvas.setFillColor(faces.INK2)
    y -= 2
    for line in _legend(sheet):
        y -= _LEGEND
        canvas.drawString(SIDE, y, line)
    return y


def _draw_signatures(canvas: Canvas, sheet: Sheet, y: float) -> None:
    """Place and date above the last of them, room to sign, names underlined."""
    people = sheet.head.signatories
    day = calendar.long_date(sheet.head.printed_on, sheet.head.language)
    for place, person in enumerate(people):
        x = _sign_at(place, len(people))
        canvas.setFillColor(faces.INK)
        canvas.setFont(faces.REGULAR, 9)
        if place == len(people) - 1:
            canvas.drawString(x, y - 16, f"{sheet.head.place}, {day}")
        canvas.drawString(x, y - 28, f"{person.role},")
        _draw_name(canvas, person, x, y - 70)


def _sign_at(place: int, count: int) -> float:
    """The left edge of a signature: one stands at the right, more are spread from edge to edge."""
    first, last = SIDE + 4 * mm, SIDE + WIDTH - 66 * mm
    return float(last if count == 1 else first + (last - first) * place / (count - 1))


def _draw_name(canvas: Canvas, person: Signatory, x: float, y: float) -> None:
    canvas.setFont(faces.SEMIBOLD, 9)
    canvas.drawString(x, y, person.name)
    canvas.setStrokeColor(faces.INK)
    canvas.setLineWidth(0.6)
    canvas.line(x, y - 2.5, x + 62 * mm, y - 2.5)
    if person.nip:
        canvas.setFont(faces.REGULAR, 8)
        canvas.drawString(x, y - 12, f"NIP {person.nip}")


def _draw_bottom(canvas: Canvas, sheet: Sheet, number: int, pages: int) -> None:
    language = sheet.head.language
    day = calendar.long_date(sheet.head.printed_on, language)
    canvas.setFont(faces.REGULAR, 7.5)
    canvas.setFillColor(faces.INK3)
    canvas.drawString(SIDE, 8 * mm, f"{sheet.head.centre}. {word('report-printed', language, day=day)}")
    page = word("report-page", language, page=number, pages=pages)
    canvas.drawRightString(SIDE + WIDTH, 8 * mm, page)
