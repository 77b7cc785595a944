"""Writes made-up sheets as .xlsx, .xls, .ods and text, the way office programs do."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO
from pathlib import Path

import xlsxwriter
import xlwt
from odf import opendocument, style, table
from odf.text import P

from tests.roster.offices import Sheet
from tests.roster.spellings import Value


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    with xlsxwriter.Workbook(path) as book:
        plain, dated = book.add_format(), book.add_format({"num_format": "dd/mm/yyyy"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            if sheet.hidden:
                page.hide()
            for merge in sheet.merges:
                page.merge_range(*merge, "")
            for row, values in enumerate(sheet.rows):
                for column, value in enumerate(values):
                    if isinstance(value, date):
                        page.write_datetime(row, column, value, dated)
                    elif value != "":
                        page.write(row, column, value, plain) if not isinstance(
                            value, str
                        ) else page.write_string(row, column, value)


def write_xls(path: Path, sheets: Sequence[Sheet]) -> None:
    book = xlwt.Workbook()
    dated = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for sheet in sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        page.visibility = int(sheet.hidden)
        for top, left, bottom, right in sheet.merges:
            page.merge(top, bottom, left, right)
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                if isinstance(value, date):
                    page.write(row, column, value, dated)
                elif value != "":
                    page.write(row, column, value)
    book.save(str(path))


def write_ods(path: Path, sheets: Sequence[Sheet]) -> None:
    book = opendocument.OpenDocumentSpreadsheet()
    hidden = style.Style(name="hidden", family="table")
    hidden.addElement(style.TableProperties(display="false"))
    book.automaticstyles.addElement(hidden)
    for sheet in sheets:
        page = table.Table(name=sheet.name, **({"stylename": hidden} if sheet.hidden else {}))
        for values in sheet.rows:
            row = table.TableRow()
            for value in values or [""]:
                row.addElement(ods_cell(value))
            page.addElement(row)
        # What LibreOffice writes behind every table.
        last = table.TableRow(numberrowsrepeated=1_048_000)
        last.addElement(table.TableCell(numbercolumnsrepeated=16_000))
        page.addElement(last)
        book.spreadsheet.addElement(page)
    book.save(str(path))


def ods_cell(value: Value) -> table.TableCell:
    if isinstance(value, date):
        cell = table.TableCell(valuetype="date", datevalue=value.isoformat())
        cell.addElement(P(text=f"{value:%d/%m/%y}"))
    elif isinstance(value, str):
        cell = table.TableCell(valuetype="string") if value else table.TableCell()
        for line in value.split("\n") if value else []:
            cell.addElement(P(text=line))
    else:
        cell = table.TableCell(valuetype="float", value=str(value))
        cell.addElement(P(text=str(value)))
    return cell


def write_csv(path: Path, sheet: Sheet, separator: str, encoding: str) -> None:
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(
        [f"{value:%d/%m/%Y}" if isinstance(value, date) else value for value in row] for row in sheet.rows
    )
    path.write_bytes(text.getvalue().encode(encoding, errors="replace"))
