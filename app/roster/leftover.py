"""The lines of a roster not taken, as a workbook for whoever made it, to be mended and read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import xlsxwriter

from app.roster import cells
from app.roster.fields import Field
from app.roster.mending import Place, place
from app.roster.roster import RosterRow

_HEADINGS = {
    Field.NAME: "Nama",
    Field.NIK: "NIK",
    Field.BIRTH_PLACE_DATE: "Tempat, Tanggal Lahir",
    Field.BIRTH_PLACE: "Tempat Lahir",
    Field.BIRTH_DATE: "Tanggal Lahir",
    Field.BIRTH_MONTH: "Bulan Lahir",
    Field.BIRTH_YEAR: "Tahun Lahir",
    Field.SEX: "Jenis Kelamin",
    Field.SEX_MALE: "Laki-laki",
    Field.SEX_FEMALE: "Perempuan",
    Field.PHONE: "No. HP",
    Field.ADDRESS: "Alamat",
    Field.BUSINESS_NAME: "Nama Usaha",
    Field.NIB: "NIB",
    Field.CAPITAL: "Modal Usaha",
    Field.SALES: "Omzet per Tahun",
    Field.REMARK: "Keterangan",
}
"""Headings as offices write them; the reader knows them all."""

_ROW, _FAULT = "Baris di berkas", "Yang perlu diperbaiki"


def workbook(rows: Sequence[RosterRow], said: Mapping[Place, str]) -> bytes:
    """An .xlsx with the cells of these lines, as text so that no NIK loses a digit that it still has.

    `said` tells of each line what is wrong; it stands in the last column, the line's row in the first.
    """
    fields = [field for field in _HEADINGS if any(field in row.cells for row in rows)]
    file = BytesIO()
    with xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        page = book.add_worksheet("Perbaikan")
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "num_format": "@"})
        page.set_column(0, len(fields), 20, text)
        page.set_column(len(fields) + 1, len(fields) + 1, 80, text)
        for at, heading in enumerate((_ROW, *(_HEADINGS[field] for field in fields), _FAULT)):
            page.write_string(0, at, heading, head)
        for number, row in enumerate(rows, 1):
            texts = row.texts
            where = f"{row.sheet} {row.sheet_row}"
            told = (where, *(texts.get(field, "") for field in fields), said.get(place(row), ""))
            for at, value in enumerate(told):
                page.write_string(number, at, value, text)
            if Field.NIK in fields and cells.is_number(nik := row.cells.get(Field.NIK)):
                # A NIK that has lost its end must not look whole because it has become a text.
                page.write_number(number, fields.index(Field.NIK) + 1, nik)
    return file.getvalue()
