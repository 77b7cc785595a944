"""What a person chooses columns from, and sheets that are opened once and read again with each choice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.roster import offered, reader, workbook
from app.roster.cells import Cell
from app.roster.fields import Field
from app.roster.grid import Grid, letter
from app.roster.offered import OfferedColumn
from app.roster.people import Verdict

SAMPLES = Path(__file__).parents[2] / "resources" / "sample" / "rosters"
TODAY = date(2026, 11, 24)
BUDI, ANI = "3578010112809001", "3578014112809002"


def sheet(*rows: tuple[Cell, ...], name: str = "Peserta", hidden: bool = False) -> Grid:
    return Grid(name, hidden, rows)


def test_every_filled_column_is_offered_with_its_heading_and_first_cells() -> None:
    grid = sheet(
        ("DAFTAR PESERTA",),
        ("Nama", "NIK", None, "Agama", "", "Usaha"),
        ("Budi", BUDI, None, "Islam", "", None),
        ("Ani", ANI, None, "Kristen", "", "Abon"),
        ("Cici", None, "v", "Hindu", "", "Tenun"),
        ("Dedi", None, None, "Islam", "", "Kopi"),
    )
    assert offered.columns(grid, (2, 2)) == (
        OfferedColumn("A", "Nama", ("Budi", "Ani", "Cici")),
        OfferedColumn("B", "NIK", (BUDI, ANI)),
        OfferedColumn("C", "", ("v",)),
        OfferedColumn("D", "Agama", ("Islam", "Kristen", "Hindu")),
        OfferedColumn("F", "Usaha", ("Abon", "Tenun", "Kopi")),
    )


def test_headings_in_two_rows_are_said_together() -> None:
    grid = sheet(("Lahir", None), ("Tempat", "Tanggal"), ("Ternate", date(1985, 1, 2)))
    assert offered.columns(grid, (1, 2)) == (
        OfferedColumn("A", "Lahir / Tempat", ("Ternate",)),
        OfferedColumn("B", "Tanggal", ("02-01-1985",)),
    )


def test_a_sheet_without_headings_offers_its_cells_from_the_first_row_on() -> None:
    assert offered.columns(sheet(("Budi", BUDI), ("Ani", ANI)), None) == (
        OfferedColumn("A", "", ("Budi", "Ani")),
        OfferedColumn("B", "", (BUDI, ANI)),
    )


def test_an_empty_sheet_offers_nothing() -> None:
    assert offered.columns(sheet(), None) == offered.columns(sheet((None, "")), (1, 1)) == ()


def test_a_sheet_of_any_width_offers_a_hundred_columns_at_most() -> None:
    found = offered.columns(sheet(tuple(f"K{n}" for n in range(400))), (1, 1))
    assert (len(found), found[-1].letter) == (100, "CV")


@given(st.lists(st.lists(st.sampled_from(["", "x", None, 7.0]), max_size=8), max_size=8))
def test_what_is_offered_stands_in_the_sheet(rows: list[list[Cell]]) -> None:
    found = offered.columns(Grid("S", False, rows), (1, 1))
    filled = {letter(at) for row in rows for at, cell in enumerate(row) if cell not in ("", None)}
    assert {column.letter for column in found} == filled
    assert all(column.heading or column.samples for column in found)


def test_the_columns_that_were_found_are_among_those_offered() -> None:
    grids = workbook.open_grids(SAMPLES / "messy-45.xlsx")
    roster = reader.of_grids(grids, "messy-45.xlsx", TODAY)
    (found,) = roster.sheets
    (grid,) = (grid for grid in grids if grid.name == found.name)
    letters = {column.letter for column in offered.columns(grid, found.heading_rows)}
    assert letters >= {column.letter for column in found.columns.values()}


def test_sheets_opened_once_read_like_the_file() -> None:
    path = SAMPLES / "messy-45.xlsx"
    grids = workbook.open_grids(path)
    assert reader.of_grids(grids, path.name, TODAY) == reader.read(path, TODAY)
    choice = {"DAFTAR PESERTA": {Field.PHONE: None}}
    chosen = reader.of_grids(grids, path.name, TODAY, choice)
    assert chosen == reader.read(path, TODAY, choice)
    assert Field.PHONE not in chosen.sheets[0].columns
    assert reader.of_grids(grids, path.name, TODAY) == reader.read(path, TODAY), "a choice changes no sheet"


def test_a_choice_makes_a_roster_of_a_sheet_that_has_no_headings() -> None:
    grids = [sheet(("Budi", BUDI), ("Ani", "357801"))]
    with pytest.raises(Refused, match="roster-no-heading") as refusal:
        reader.of_grids(grids, "peserta.csv", TODAY)
    assert refusal.value.facts["name"] == "peserta.csv"
    roster = reader.of_grids(grids, "peserta.csv", TODAY, {"Peserta": {Field.NAME: "A", Field.NIK: "B"}})
    assert [(row.sheet_row, row.verdict) for row in roster.rows] == [(1, Verdict.OK), (2, Verdict.ERROR)]
    assert roster.sheets[0].heading_rows is None


def test_a_choice_in_one_sheet_leaves_the_others_as_they_were() -> None:
    rows = (("Nama", "NIK", "Lain"), ("Budi", BUDI, "Ani"))
    grids = [sheet(*rows, name="A"), sheet(*rows, name="B")]
    roster = reader.of_grids(grids, "x", TODAY, {"B": {Field.NAME: "C"}})
    assert [(row.sheet, row.values.name) for row in roster.rows] == [("A", "Budi"), ("B", "Ani")]


def test_reading_can_be_ended_at_any_person() -> None:
    class Enough(Exception):
        pass

    grids = [sheet(("Nama", "NIK"), *((f"Orang {n}", BUDI) for n in range(50)))]
    told = 0

    def each() -> None:
        nonlocal told
        told += 1
        if told == 7:
            raise Enough

    with pytest.raises(Enough):
        reader.of_grids(grids, "x", TODAY, None, each)
    assert told == 7
    assert len(reader.of_grids(grids, "x", TODAY, None, each).rows) == told - 7 == 50
