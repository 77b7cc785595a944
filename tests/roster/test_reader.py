"""The roster as its callers use it: corrections, chosen columns, repeated people, units, and odd cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from pytest_benchmark.fixture import BenchmarkFixture

from app.domain.nik import Sex
from app.errors import NotFound
from app.roster import people, reader
from app.roster.cells import Cell
from app.roster.fields import Field
from app.roster.lines import Kind
from app.roster.people import ERRORS, WARNINGS, Verdict
from app.roster.roster import Roster
from app.roster.values import Conventions
from tests.roster.files import write_xlsx
from tests.roster.offices import office
from tests.roster.spellings import someone

TODAY = date(2026, 11, 24)
BUDI, ANI, CICI = "3578010112809001", "3578014112809002", "9201010101909003"
HEADINGS = ["No", "Nama", "NIK", "Tgl Lahir", "L/P", "Omzet"]

Rows = Sequence[Sequence[object]]


def workbook(path: Path, sheets: dict[str, Rows], hidden: Sequence[str] = ()) -> Path:
    with xlsxwriter.Workbook(path / "peserta.xlsx") as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
            if name in hidden:
                page.hide()
            else:
                page.activate()
    return path / "peserta.xlsx"


def table(path: Path, rows: Rows, name: str = "peserta.csv") -> Roster:
    (path / name).write_text("\n".join(";".join(map(str, row)) for row in rows), encoding="utf-8")
    return reader.read(path / name, TODAY)


def codes(roster: Roster) -> list[tuple[str, ...]]:
    return [row.codes for row in roster.rows]


def test_a_corrected_line_is_judged_again_and_so_are_its_twins(tmp_path: Path) -> None:
    roster = table(tmp_path, [HEADINGS, [1, "Budi", BUDI], [2, "Budi", BUDI], [3, "Ani", "357801"]])
    assert codes(roster) == [(), ("duplicate-in-file",), ("nik-length",)]
    mended = roster.corrected("peserta", 4, {Field.NIK: ANI}, TODAY)
    assert codes(mended) == [(), ("duplicate-in-file",), ()]
    assert mended.rows[2].values.nik == ANI
    assert codes(mended.corrected("peserta", 2, {Field.NIK: CICI}, TODAY)) == [(), (), ()]
    assert codes(roster)[2] == ("nik-length",), "the roster itself is left as it was"


def test_a_field_the_sheet_has_not_can_be_typed_in(tmp_path: Path) -> None:
    roster = table(tmp_path, [HEADINGS, [1, "Budi", BUDI]])
    row = roster.corrected(
        "peserta", 2, {Field.PHONE: "0812 3456 7890", Field.BIRTH_DATE: "2-12-1980"}, TODAY
    ).rows[0]
    assert (row.values.phone, row.codes) == ("+6281234567890", ("nik-birth-date-differs",))
    assert row.verdict is Verdict.WARNING


def test_correcting_a_line_that_is_not_there(tmp_path: Path) -> None:
    roster = table(tmp_path, [HEADINGS, [1, "Budi", BUDI]])
    with pytest.raises(NotFound, match="roster-row"):
        roster.corrected("peserta", 99, {}, TODAY)


def test_a_person_chooses_other_columns(tmp_path: Path) -> None:
    rows: Rows = [["Nama", "NIK", "Kode", "Alamat"], ["B01", "x", BUDI, "Budi"], ["B02", "y", ANI, "Ani"]]
    path = workbook(tmp_path, {"Peserta": rows})
    choice = {"Peserta": {Field.NIK: "c", Field.NAME: "D", Field.ADDRESS: None}}
    roster = reader.read(path, TODAY, choice)
    assert [(row.values.name, row.values.nik) for row in roster.rows] == [("Budi", BUDI), ("Ani", ANI)]
    assert (roster.sheets[0].columns[Field.NIK].letter, roster.sheets[0].columns[Field.NIK].heading) == (
        "C",
        "Kode",
    )
    assert Field.ADDRESS not in roster.sheets[0].columns


def test_a_person_chooses_columns_of_a_sheet_without_headings(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Lembar1": [["Budi", BUDI], ["Ani", ANI]]})
    roster = reader.read(path, TODAY, {"Lembar1": {Field.NAME: "A", Field.NIK: "B"}})
    assert [(row.sheet_row, row.values.name) for row in roster.rows] == [(1, "Budi"), (2, "Ani")]
    assert roster.sheets[0].heading_rows is None


def test_a_person_in_two_sheets_stands_twice(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "A": [HEADINGS, [1, "Budi", BUDI]],
        "B": [HEADINGS, [1, "Ani", ANI], [2, "Budi", BUDI]],
    }
    roster = reader.read(workbook(tmp_path, sheets), TODAY)
    assert codes(roster) == [(), (), ("duplicate-in-file",)]
    assert roster.rows[2].same_as == ("A", 2)


def test_a_hidden_sheet_is_read_only_where_no_other_is_a_roster(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Lama": [HEADINGS, [1, "Budi", BUDI]], "Baru": [HEADINGS, [1, "Ani", ANI]]}
    roster = reader.read(workbook(tmp_path, sheets, hidden=["Lama"]), TODAY)
    assert [row.values.name for row in roster.rows] == ["Ani"]
    sheets["Baru"] = [["Catatan"]]
    roster = reader.read(workbook(tmp_path, sheets, hidden=["Lama"]), TODAY)
    assert [row.values.name for row in roster.rows] == ["Budi"]
    assert roster.sheets[0].hidden


def test_a_nik_kept_as_a_number_is_refused_however_it_shows(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, {"P": [HEADINGS, [1, "Budi", int(BUDI)], [2, "Ani", 357801411280900], [3, "Cici", 45]]}
    )
    assert codes(reader.read(path, TODAY)) == [("nik-precision-lost",), ("nik-length",), ("nik-length",)]
    rows: Rows = [HEADINGS, [1, "Budi", "3,57801E+15"], [2, "Ani", f"{ANI}.0"], [3, "Cici", f'="{CICI}"']]
    assert codes(table(tmp_path, rows)) == [("nik-precision-lost",), ("nik-precision-lost",), ()]


def test_lines_without_a_nik_are_people_if_they_say_enough(tmp_path: Path) -> None:
    rows: Rows = [
        [*HEADINGS, "Usaha"],
        [1, "Budi", "", "1-12-1980", "L"],
        [2, "Dedi", "-"],
        [3, "", "", "", ""],
        ["", "Kelompok Mawar"],
        [4, "", BUDI, "", ""],
        ["", "Pendamping,", "", "", "", "", "Lurah,"],
        ["", "Jumlah", 4],
        ["", "", "", "Tidore, 24 November 2025"],
        ["", "Mengetahui,", "", "Kepala Balai,"],
        ["", "Drs. Umar", "19700101 199503 1 001"],
    ]
    roster = table(tmp_path, rows)
    assert codes(roster) == [("nik-missing",), ("nik-missing",), ("name-missing",)]
    reasons = {line.sheet_row: line.reason for line in roster.sheets[0].ignored}
    assert reasons[5] is Kind.GROUP and reasons[7] is Kind.UNCLEAR and reasons[8] is Kind.TOTAL
    assert reasons[10] is reasons[11] is Kind.SIGNATURE


def test_names_that_look_like_totals_and_signatures_are_names(tmp_path: Path) -> None:
    rows: Rows = [HEADINGS, [1, "Total Sugiarto", BUDI], [2, "Kepala Umar", ANI], [3, "Nip Xu", CICI]]
    roster = table(tmp_path, rows)
    assert [row.values.name for row in roster.rows] == ["Total Sugiarto", "Kepala Umar", "Nip Xu"]


def test_amounts_in_millions_and_by_the_month(tmp_path: Path) -> None:
    rows: Rows = [["Nama", "NIK", "Modal (juta)", "Omzet per bulan"], ["Budi", BUDI, "50", "10.000.000"]]
    person = table(tmp_path, rows).rows[0].values
    assert (person.capital, person.sales) == (50_000_000, 120_000_000)


def test_an_enterprise_that_sells_is_judged_by_sales_and_another_by_capital(tmp_path: Path) -> None:
    rows: Rows = [
        ["Nama", "NIK", "Modal", "Omzet"],
        ["Budi", BUDI, "7,5 M", "4 M"],
        ["Ani", ANI, "7,5 M", ""],
        ["Cici", CICI, "", "51 M"],
    ]
    assert codes(table(tmp_path, rows)) == [(), ("scale-medium",), ("scale-large",)]


def test_an_accounting_dash_is_no_amount(tmp_path: Path) -> None:
    rows: Rows = [["Nama", "NIK", "Modal", "Omzet"], ["Budi", BUDI, " Rp -   ", "-"]]
    person = table(tmp_path, rows).rows[0].values
    assert (person.capital, person.sales) == (None, None)


def test_dates_of_an_american_sheet(tmp_path: Path) -> None:
    rows: Rows = [HEADINGS, [1, "Budi", BUDI, "12/1/1980"], [2, "X", "3578011312809009", "12/13/1980"]]
    assert codes(table(tmp_path, rows)) == [(), ()]


def test_a_quotation_mark_never_closed_costs_nobody(tmp_path: Path) -> None:
    rows: Rows = [
        ["Nama", "NIK", "Usaha"],
        *([f"P{n}", f"35780101128090{n:02}", '"Maju' if n == 2 else "x"] for n in range(1, 30)),
    ]
    assert len(table(tmp_path, rows).rows) == 29


def test_excels_separator_line_is_no_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"sep=;\nNama;NIK\nBudi;{BUDI}\n", encoding="utf-8")
    assert reader.read(tmp_path / "a.csv", TODAY).rows[0].sheet_row == 2


def test_the_document_for_scripts(tmp_path: Path) -> None:
    roster = table(tmp_path, [HEADINGS, [1, "Budi", BUDI]])
    row = {"sheet": "peserta", "sheet_row": 2, "nama": "Budi", "verdict": "ok", "codes": []}
    assert roster.as_json() == {"rows": [row]}


odd_cells = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=25),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=True, allow_infinity=True),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(
        [
            "#REF!",
            "#N/A",
            BUDI,
            8.1e10,
            "Rp 5",
            datetime.combine(TODAY, time()),
            time(1),
            timedelta(1),
            "Medan, 1-2-1980",
        ]
    ),
)


@given(st.dictionaries(st.sampled_from(Field), odd_cells))
def test_no_cell_of_any_kind_raises(line: dict[Field, Cell]) -> None:
    person, found = people.check(line, Conventions(), TODAY)
    assert set(found) <= ERRORS | WARNINGS
    assert list(found) == sorted(set(found))
    assert (person.nik is None) == bool(set(found) & {code for code in ERRORS if code.startswith("nik-")})
    assert person.sex is None or person.sex in Sex


def test_ten_thousand_people(tmp_path: Path, benchmark: BenchmarkFixture) -> None:
    rng = Random(7)
    sheet = office(Random(11), "Peserta", [someone(rng, number % 999) for number in range(10_000)])
    write_xlsx(tmp_path / "peserta.xlsx", [sheet])
    roster: Roster = benchmark(reader.read, tmp_path / "peserta.xlsx", TODAY)
    assert len(roster.rows) == 10_000
