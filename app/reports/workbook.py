"""A sheet as an Excel workbook: numbers as numbers, everything else as text, heads frozen, ready to print."""

from __future__ import annotations

from datetime import datetime, time
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.reports.sheet import Cell, Column, Kind, Part, Sheet

_INDIGO, _SUNKEN, _LINE = "#1D2A4D", "#EBE9E3", "#DAD7CE"
_MM_PER_CHARACTER = 2.1
"""About the width of a digit in the workbook's font."""


def write(sheet: Sheet, file: BinaryIO) -> None:
    """Write the workbook. The same sheet gives the same bytes: its only time is the day of printing."""
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": f"{sheet.title}, {sheet.head.class_code}",
            "author": sheet.head.centre,
            "created": datetime.combine(sheet.head.printed_on, time()),
        }
    )
    page = book.add_worksheet(sheet.title[:31])
    top = _write_above(book, page, sheet)
    _write_table(book, page, sheet, top)
    _set_page(page, sheet, top)
    book.close()


def _write_above(book: Workbook, page: Worksheet, sheet: Sheet) -> int:
    """Letterhead, title and facts; returns the row of the table's head, counted from 0."""
    row = 0
    for line in sheet.head.letterhead:
        page.write_string(row, 0, line)
        row += 1
    page.write_string(row, 0, sheet.title, book.add_format({"bold": True, "font_size": 14}))
    row += 1
    for label, value in sheet.facts:
        page.write_string(row, 0, f"{label}: {value}")
        row += 1
    return row + 1


def _write_table(book: Workbook, page: Worksheet, sheet: Sheet, top: int) -> None:
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "bottom", "bg_color": _SUNKEN, "top": 2, "bottom": 1}
        | {"border_color": _INDIGO}
    )
    formats = [_format(book, column, {"bottom": 1, "border_color": _LINE}) for column in sheet.columns]
    sums = [_format(book, column, {"bold": True, "top": 1, "bg_color": _SUNKEN}) for column in sheet.columns]
    for place, column in enumerate(sheet.columns):
        page.write_string(top, place, f"{column.head}\n{column.below}" if column.below else column.head, head)
        page.set_column(place, place, max(column.width, column.most * 0.6) / _MM_PER_CHARACTER)
    for number, cells in enumerate(sheet.rows, top + 1):
        for place, cell in enumerate(cells):
            _write_cell(page, number, place, cell, sheet.columns[place], formats[place])
    if sheet.foot:
        for place, cell in enumerate(sheet.foot):
            _write_cell(page, top + 1 + len(sheet.rows), place, cell, sheet.columns[place], sums[place])


def _write_cell(page: Worksheet, row: int, place: int, cell: Cell, column: Column, look: Format) -> None:
    """Numbers go in as numbers; text never as anything else, whatever sign it begins with."""
    if cell.value is None or cell.value == "":
        page.write_blank(row, place, None, look)
    elif isinstance(cell.value, str):
        page.write_string(row, place, cell.value, look)
    elif column.kind in (Kind.SCORE, Kind.PERCENT):
        page.write_number(row, place, cell.value / 100, look)
    else:
        page.write_number(row, place, cell.value, look)


def _format(book: Workbook, column: Column, more: dict[str, object]) -> Format:
    """Text columns say they are text ("@"), so that a NIK or a number with zeros stays what it is."""
    align = {"left": "left", "centre": "center", "right": "right"}[column.align]
    look = {"valign": "vcenter", "align": align, "text_wrap": True} | more
    if column.kind is Kind.TEXT:
        look["num_format"] = "@"
    return book.add_format(look)


def _set_page(page: Worksheet, sheet: Sheet, top: int) -> None:
    lead = sum(column.part is Part.LEAD for column in sheet.columns)
    page.freeze_panes(top + 1, min(lead, 2))
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_footer("&L&A&R&P / &N")
