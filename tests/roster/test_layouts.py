"""Made-up offices keep made-up people in every layout and format known to us; the same people come out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from app.roster import reader
from app.roster.people import Verdict
from tests.roster.files import write_csv, write_ods, write_xls, write_xlsx
from tests.roster.offices import Sheet, offices

TODAY = date(2026, 11, 24)
SEEDS = range(30)


def assert_same_people(path: Path, sheets: Sequence[Sheet]) -> None:
    roster = reader.read(path, TODAY)
    expected = [
        (number, one) for sheet in sheets if not sheet.hidden for number, one in sheet.expected.items()
    ]
    found = [(row.sheet_row, row.values) for row in roster.rows]
    assert [number for number, _ in found] == [number for number, _ in expected]
    assert [row.codes for row in roster.rows if row.verdict is not Verdict.OK] == []
    for (_, person), (_, one) in zip(found, expected, strict=True):
        assert (person.name, person.nik, person.phone) == (one.name, one.nik, one.phone)
        assert (person.birth_place, person.birth_date, person.sex) == (one.place, one.born, one.sex)
        assert (person.business_name, person.nib) == (one.business, one.nib)
        assert (person.capital, person.sales, person.address) == (one.capital, one.sales, one.address)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_office_with_xlsx(seed: int, tmp_path: Path) -> None:
    sheets = offices(seed, 1)
    write_xlsx(tmp_path / "peserta.xlsx", sheets)
    assert_same_people(tmp_path / "peserta.xlsx", sheets)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_office_with_an_old_excel(seed: int, tmp_path: Path) -> None:
    sheets = offices(seed + 1000, 1)
    write_xls(tmp_path / "peserta.xls", sheets)
    assert_same_people(tmp_path / "peserta.xls", sheets)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_office_with_libreoffice(seed: int, tmp_path: Path) -> None:
    sheets = offices(seed + 2000, 1)
    write_ods(tmp_path / "peserta.ods", sheets)
    assert_same_people(tmp_path / "peserta.ods", sheets)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_office_with_text_files(seed: int, tmp_path: Path) -> None:
    (sheet,) = offices(seed + 3000, 1)
    separator = ";,\t"[seed % 3]
    encoding = ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"][seed % 5]
    if encoding == "cp1252":
        sheet.rows = [
            [value.replace("√", "v").replace("✓", "v") if isinstance(value, str) else value for value in row]
            for row in sheet.rows
        ]
    write_csv(tmp_path / "peserta.csv", sheet, separator, encoding)
    assert_same_people(tmp_path / "peserta.csv", [sheet])


@pytest.mark.parametrize("seed", range(10))
def test_two_rosters_and_a_cover_sheet_in_one_workbook(seed: int, tmp_path: Path) -> None:
    sheets = offices(seed + 4000, 2)
    cover = Sheet("Rekap", [["Rekap"], ["No", "Kabupaten", "L", "P", "Jumlah"], [1, "Tidore", 12, 13, 25]])
    old = Sheet("Lama", [list(row) for row in sheets[0].rows], hidden=True)
    for suffix, write in ((".xlsx", write_xlsx), (".xls", write_xls), (".ods", write_ods)):
        path = tmp_path / f"peserta{suffix}"
        write(path, [cover, sheets[0], old, sheets[1]])
        assert_same_people(path, [cover, *sheets])
        skipped = {(sheet.name, sheet.reason) for sheet in reader.read(path, TODAY).skipped_sheets}
        assert skipped == {("Rekap", "no-heading"), ("Lama", "hidden")}
