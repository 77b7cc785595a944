"""The table on paper: measured once for all pages, then drawn head by head and row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.reports import faces
from app.reports.layout import blocks, measure_columns, wrap
from app.reports.sheet import Cell, Column, Part, Sheet, shown

SIZE, LEADING, PAD, PAD_UP = 8.5, 10.2, 3.0, 2.2
HEAD_SIZE, BELOW_SIZE, HEAD_LEADING = 7.5, 6.3, 8.6
UPRIGHT_LONGEST = 34 * mm
"""Points; PAD is left and right of each cell, PAD_UP above and below, UPRIGHT_LONGEST the greatest
height of a turned head."""


@dataclass(frozen=True, slots=True)
class Zig:
    """How a row of a zig-zag stands: its signatures at the left, and joined with the row below it."""

    left: bool
    joined: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of one page across, with their widths in points."""

    sheet: Sheet
    places: tuple[int, ...]
    widths: tuple[float, ...]

    @property
    def columns(self) -> list[Column]:
        """The columns themselves."""
        return [self.sheet.columns[place] for place in self.places]

    def cells(self, row: Sequence[Cell]) -> list[Cell]:
        """Of a whole row, the cells that stand here."""
        return [row[place] for place in self.places]


def grids(sheet: Sheet, width: float) -> tuple[Grid, ...]:
    """One grid for each page across."""
    across = blocks(sheet.columns, width)
    return tuple(
        Grid(sheet, places, measure_columns([sheet.columns[place] for place in places], width))
        for places in across
    )


def row_height(grid: Grid, row: Sequence[Cell], least: float) -> float:
    """The height this row needs, in points; `least` is the lowest wanted."""
    most = max(len(_lines(grid, n, cell)) for n, cell in enumerate(grid.cells(row)))
    return max(least, most * LEADING + 2 * PAD_UP)


def head_height(grid: Grid) -> float:
    """The height of the table's head, in points."""
    return max(_head_space(column, width) for column, width in zip(grid.columns, grid.widths, strict=True))


def draw_head(canvas: Canvas, grid: Grid, left: float, top: float, height: float) -> None:
    """The head, its upper edge at `top`."""
    full = sum(grid.widths)
    canvas.setFillColor(faces.SUNKEN)
    canvas.rect(left, top - height, full, height, stroke=0, fill=1)
    x = left
    for column, width in zip(grid.columns, grid.widths, strict=True):
        draw = _draw_upright if column.upright else _draw_level
        draw(canvas, column, x, top, width, height)
        x += width
    canvas.setStrokeColor(faces.INDIGO)
    canvas.setLineWidth(1.2)
    canvas.line(left, top, left + full, top)
    canvas.setLineWidth(0.7)
    canvas.line(left, top - height, left + full, top - height)


def draw_row(
    canvas: Canvas, grid: Grid, row: Sequence[Cell], left: float, top: float, height: float, zig: Zig
) -> None:
    """A row, its upper edge at `top`, with the lines right of and below its cells."""
    x = left
    for n, (cell, width) in enumerate(zip(grid.cells(row), grid.widths, strict=True)):
        halved = grid.sheet.zigzag and grid.columns[n].part is Part.BODY
        if tint := faces.TINTS.get(cell.tone):
            canvas.setFillColor(tint)
            canvas.rect(x, top - height, width, height, stroke=0, fill=1)
        if halved and isinstance(cell.value, str) and cell.value.endswith("."):
            _draw_half(canvas, cell.value, x, top, width, height, zig.left)
        else:
            _draw_cell(canvas, grid, n, cell, x, top, height)
        _rule(canvas, x + width, top, x + width, top - height)
        if not (halved and zig.joined):
            _rule(canvas, x, top - height, x + width, top - height)
        x += width
    _rule(canvas, left, top, left, top - height)


def draw_foot(
    canvas: Canvas, grid: Grid, row: Sequence[Cell], left: float, top: float, height: float
) -> None:
    """The row of sums, between stronger lines."""
    canvas.setFillColor(faces.SUNKEN)
    canvas.rect(left, top - height, sum(grid.widths), height, stroke=0, fill=1)
    x = left
    for n, (cell, width) in enumerate(zip(grid.cells(row), grid.widths, strict=True)):
        _draw_cell(canvas, grid, n, cell, x, top, height, faces.SEMIBOLD)
        x += width
    canvas.setStrokeColor(faces.INDIGO)
    canvas.setLineWidth(0.7)
    for y in (top, top - height):
        canvas.line(left, y, left + sum(grid.widths), y)


def _draw_cell(
    canvas: Canvas, grid: Grid, n: int, cell: Cell, x: float, top: float, height: float, face: str = ""
) -> None:
    column, width = grid.columns[n], grid.widths[n]
    lines = _lines(grid, n, cell)
    canvas.setFont(face or faces.FACES[cell.tone], SIZE)
    canvas.setFillColor(faces.LETTERS[cell.tone])
    y = top - (height - len(lines) * LEADING) / 2 - LEADING * 0.76
    for line in lines:
        _draw_aligned(canvas, line, column, x, y, width)
        y -= LEADING


def _draw_half(
    canvas: Canvas, label: str, x: float, top: float, width: float, height: float, left: bool
) -> None:
    """A half cell to sign in: its number, and a dotted line to sign on."""
    start = x + PAD if left else x + width / 2 + PAD
    canvas.setFont(faces.REGULAR, HEAD_SIZE)
    canvas.setFillColor(faces.INK3)
    canvas.drawString(start, top - height + 4.5, label)
    canvas.setStrokeColor(faces.LINE2)
    canvas.setLineWidth(0.5)
    canvas.setDash(0.5, 1.6)
    canvas.line(start + 14, top - height + 4, start + width / 2 - 2 * PAD, top - height + 4)
    canvas.setDash()


def _draw_aligned(canvas: Canvas, text: str, column: Column, x: float, y: float, width: float) -> None:
    if column.align == "right":
        canvas.drawRightString(x + width - PAD, y, text)
    elif column.align == "centre":
        canvas.drawCentredString(x + width / 2, y, text)
    else:
        canvas.drawString(x + PAD, y, text)


def _draw_level(canvas: Canvas, column: Column, x: float, top: float, width: float, height: float) -> None:
    y = top - height + PAD + 1.4
    if column.below:
        canvas.setFont(faces.REGULAR, BELOW_SIZE)
        canvas.setFillColor(faces.INK2)
        for line in reversed(_below_lines(column, width)):
            _draw_aligned(canvas, line, column, x, y, width)
            y += HEAD_LEADING
    canvas.setFont(faces.SEMIBOLD, HEAD_SIZE)
    canvas.setFillColor(faces.INK)
    for line in reversed(_head_lines(column, width)):
        _draw_aligned(canvas, line, column, x, y, width)
        y += HEAD_LEADING


def _draw_upright(canvas: Canvas, column: Column, x: float, top: float, width: float, height: float) -> None:
    lines = _head_lines(column, width)
    canvas.saveState()
    canvas.translate(x + width / 2 - (len(lines) - 1) * HEAD_LEADING / 2 + HEAD_SIZE * 0.36, top - height)
    canvas.rotate(90)
    canvas.setFillColor(faces.INK)
    canvas.setFont(faces.SEMIBOLD, HEAD_SIZE)
    for n, line in enumerate(lines):
        canvas.drawString(PAD, -n * HEAD_LEADING, line)
    canvas.restoreState()


def _lines(grid: Grid, n: int, cell: Cell) -> list[str]:
    text = shown(cell, grid.columns[n], grid.sheet.head.language) + cell.mark
    return wrap(text, faces.measure(faces.FACES[cell.tone], SIZE), grid.widths[n] - 2 * PAD)


def _head_lines(column: Column, width: float) -> list[str]:
    """The head's lines; of a turned head the width is its height on paper."""
    room = UPRIGHT_LONGEST - 2 * PAD if column.upright else width - 2 * PAD
    return wrap(column.head, faces.measure(faces.SEMIBOLD, HEAD_SIZE), room)


def _below_lines(column: Column, width: float) -> list[str]:
    return wrap(column.below, faces.measure(faces.REGULAR, BELOW_SIZE), width - 2 * PAD)


def _head_space(column: Column, width: float) -> float:
    lines = _head_lines(column, width)
    if column.upright:
        longest = max(faces.measure(faces.SEMIBOLD, HEAD_SIZE)(line) for line in lines)
        return float(longest + 2 * PAD)
    below = len(_below_lines(column, width)) if column.below else 0
    return (len(lines) + below) * HEAD_LEADING + 2 * PAD


def _rule(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.setStrokeColor(faces.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(x0, y0, x1, y1)
