"""Participant cards: ten on an A4 sheet to cut out, each with a QR and a bar code that a roll call reads."""

from __future__ import annotations

import re
from typing import BinaryIO

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.certificates import qr
from app.reports import faces
from app.reports.layout import wrap
from app.reports.rows import CardLine, CardSet, ClassHead
from app.reports.sheet import Cell, Column, Kind, Part, Sheet, Tone, checked, class_facts, masked
from app.reports.words import word

ACROSS, DOWN = 2, 5
WIDE, HIGH = 92 * mm, 54 * mm
_LEFT, _BOTTOM = (A4[0] - ACROSS * WIDE) / 2, (A4[1] - DOWN * HIGH) / 2
_PAD, _QR, _BAND = 4.5 * mm, 23 * mm, 9 * mm
_BAR, _BARS_HIGH = 0.22 * mm, 8 * mm  # 354 bars of 29 signs: 78 mm, with room for the quiet zones
_NAME_LINES, _NAME_SIZE, _NAME_SMALL = 2, 13.0, 10.5


def sheet(data: CardSet) -> Sheet:
    """The same as a table, for whoever prints cards elsewhere."""
    language = data.head.language
    columns = (
        Column(word("report-number", language), 9, 9, align="right", kind=Kind.COUNT),
        Column(word("report-name", language), 48, 90),
        Column(word("report-nik", language), 17, 17),
        Column(word("report-card-code", language), 70, 90, part=Part.BODY),
    )
    rows = [
        (Cell(line.number), Cell(line.name, Tone.STRONG), Cell(masked(line.nik), Tone.QUIET), Cell(line.code))
        for line in data.lines
    ]
    title = word("report-cards", language)
    return Sheet(title, data.head, class_facts(data.head), columns, checked(rows, columns))


def write(data: CardSet, file: BinaryIO) -> None:
    """Write the PDF. The same cards give the same bytes; no card says more than name, class and code."""
    faces.register()
    language = data.head.language
    canvas = Canvas(file, pagesize=A4, invariant=1, lang=language)
    canvas.setTitle(f"{word('report-cards', language)}, {data.head.class_code}")
    canvas.setAuthor(data.head.centre)
    canvas.setCreator("Balai")
    each = ACROSS * DOWN
    for start in range(0, max(len(data.lines), 1), each):
        some = data.lines[start : start + each]
        _draw_cuts(canvas, len(some))
        for at, line in enumerate(some):
            _draw_card(canvas, data.head, line, *_corner(at))
        if not some:
            canvas.setFont(faces.REGULAR, 9)
            canvas.drawString(_LEFT, A4[1] - 20 * mm, word("report-empty", language))
        canvas.showPage()
    canvas.save()


def _corner(at: int) -> tuple[float, float]:
    """The lower left corner of a card, filled from the top, row by row."""
    down, across = divmod(at, ACROSS)
    return _LEFT + across * WIDE, _BOTTOM + (DOWN - 1 - down) * HIGH


def _draw_cuts(canvas: Canvas, cards: int) -> None:
    """A thin frame to cut along around each card."""
    canvas.setStrokeColor(faces.LINE2)
    canvas.setLineWidth(0.4)
    canvas.setDash(2, 2)
    for at in range(cards):
        canvas.rect(*_corner(at), WIDE, HIGH)
    canvas.setDash()


def _draw_card(canvas: Canvas, head: ClassHead, line: CardLine, x: float, y: float) -> None:
    _draw_band(canvas, head, x, y)
    top = y + HIGH - _BAND - _PAD
    _draw_symbol(canvas, line.code, x + WIDE - _PAD - _QR, top - _QR)
    _draw_words(canvas, head, line, x + _PAD, top)
    canvas.setFillColor(faces.BLACK)
    bars = Code128(line.code, barWidth=_BAR, barHeight=_BARS_HIGH, quiet=False)
    bars.drawOn(canvas, x + (WIDE - bars.width) / 2, y + _PAD + 3 * mm)
    canvas.setFont(faces.REGULAR, 6)
    canvas.setFillColor(faces.INK2)
    canvas.drawCentredString(x + WIDE / 2, y + _PAD, line.code)


def _draw_band(canvas: Canvas, head: ClassHead, x: float, y: float) -> None:
    """The band at the top: whose card it is, and what it is."""
    canvas.setFillColor(faces.INDIGO)
    canvas.rect(x, y + HIGH - _BAND, WIDE, _BAND, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    base = y + HIGH - _BAND / 2 - 3
    canvas.setFont(faces.BOLD, 8)
    canvas.drawRightString(x + WIDE - _PAD, base, word("report-card", head.language))
    room = WIDE - 2 * _PAD - faces.measure(faces.BOLD, 8)(word("report-card", head.language)) - 8
    lines = wrap(head.centre, faces.measure(faces.MEDIUM, 7.5), room)[:2]
    canvas.setFont(faces.MEDIUM, 7.5)
    for at, line in enumerate(lines):
        canvas.drawString(x + _PAD, base + 4.5 * (len(lines) - 1) - 9 * at, line)


def _draw_symbol(canvas: Canvas, code: str, x: float, y: float) -> None:
    """The QR code, its modules in rows joined to bars, so that no reader sees seams between them."""
    symbol = qr.symbol(code)
    side, width = _QR / symbol.size, (symbol.size + 7) // 8
    canvas.setFillColor(faces.BLACK)
    for down in range(symbol.size):
        bits = f"{int.from_bytes(symbol.rows[down * width : (down + 1) * width]):0{8 * width}b}"
        for run in re.finditer("1+", bits):
            wide = (run.end() - run.start()) * side
            at = y + _QR - (down + 1) * side
            canvas.rect(x + run.start() * side, at, wide, side, stroke=0, fill=1)


def _draw_words(canvas: Canvas, head: ClassHead, line: CardLine, x: float, top: float) -> None:
    """Name, programme, class and number, beside the QR."""
    room = WIDE - 3 * _PAD - _QR
    size = _NAME_SIZE
    if len(wrap(line.name, faces.measure(faces.BOLD, size), room)) > _NAME_LINES:
        size = _NAME_SMALL
    canvas.setFillColor(faces.INK)
    canvas.setFont(faces.BOLD, size)
    y = top
    for part in wrap(line.name, faces.measure(faces.BOLD, size), room)[: _NAME_LINES + 1]:
        y -= size + 1
        canvas.drawString(x, y, part)
    canvas.setFillColor(faces.INK2)
    canvas.setFont(faces.REGULAR, 7.5)
    programme = wrap(head.programme, faces.measure(faces.REGULAR, 7.5), room)[:2]
    y -= 3
    for part in (f"{line.number}. {head.class_code}", *programme):
        y -= 10
        canvas.drawString(x, y, part)
