"""Mending a roster: every step is judged anew, shows what it did, and can be taken back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import NotFound
from app.roster import mending, reader
from app.roster.cells import Cell
from app.roster.fields import Field
from app.roster.grid import Grid
from app.roster.mending import Mending
from app.roster.people import ERRORS, WARNINGS
from app.roster.roster import Roster

TODAY = date(2026, 11, 24)
BUDI, ANI, CICI = "3578010112809001", "3578014112809002", "9201010101909003"
HEADINGS = ("No", "Nama", "NIK", "Tgl Lahir", "L/P", "HP")


def roster(*rows: tuple[Cell, ...], headings: tuple[Cell, ...] = HEADINGS) -> Roster:
    return reader.of_grids([Grid("Peserta", False, [headings, *rows])], "x", TODAY)


def begun(*rows: tuple[Cell, ...]) -> Mending:
    return mending.begin(roster(*rows), TODAY)


def codes(now: Mending) -> list[tuple[str, ...]]:
    return [row.codes for row in now.rows]


def at(row: int) -> mending.Place:
    return "Peserta", row


def test_what_is_typed_is_judged_and_kept_and_can_be_taken_back() -> None:
    first = begun((1, "Budi", 3578010112809001.0), (2, "Ani", ANI))
    assert codes(first) == [("nik-precision-lost",), ()]
    wrong = first.type_in(at(2), {Field.NIK: "357801"}, TODAY)
    assert (codes(wrong)[0], wrong.row(at(2)).texts[Field.NIK]) == (("nik-length",), "357801")
    right = wrong.type_in(at(2), {Field.NIK: BUDI}, TODAY)
    assert (codes(right)[0], right.row(at(2)).values.nik) == ((), BUDI)
    back = right.undo(at(2), TODAY)
    assert codes(back) == codes(first), "a number is a number again, and not a text that looks like one"
    assert (back.rows, back.typed) == (first.rows, {})


def test_of_two_lines_with_one_nik_either_may_be_taken() -> None:
    first = begun((1, "Budi", BUDI), (2, "Ani", ANI), (3, "Budi", BUDI))
    assert codes(first) == [(), (), ("duplicate-in-file",)]
    later = first.leave_out(at(4))
    assert [row.sheet_row for row in later.kept] == [2, 3]
    other = first.leave_out(at(2))
    assert [(row.sheet_row, row.codes) for row in other.kept] == [(3, ()), (4, ())]
    assert other.row(at(4)).same_as is None
    assert codes(other.undo(at(2), TODAY)) == codes(first)


def test_a_nik_typed_twice_is_a_repetition_too() -> None:
    now = begun((1, "Budi", BUDI), (2, "Ani", "35")).type_in(at(3), {Field.NIK: BUDI}, TODAY)
    assert (codes(now)[1], now.row(at(3)).same_as) == (("duplicate-in-file",), at(2))


def test_reading_the_file_again_keeps_what_was_typed_and_left_out() -> None:
    rows = ((1, "Budi", "35"), (2, "Ani", ANI), (3, "Ani", ANI))
    before = begun(*rows).type_in(at(2), {Field.NIK: BUDI}, TODAY).leave_out(at(4))
    again = mending.begin(roster(*rows), TODAY, before.typed, before.left_out)
    assert again == before
    shorter = mending.begin(roster(*rows[1:2]), TODAY, before.typed, before.left_out)
    assert (shorter.left_out, [row.values.name for row in shorter.kept]) == (frozenset(), ["Ani"])


def test_a_whole_date_stands_for_day_month_and_year_in_three_cells() -> None:
    headings = ("Nama", "NIK", "Tempat", "Tgl", "Bln", "Thn")
    over = ("", "", *["Tempat, Tanggal Lahir"] * 4)
    grid = Grid("Peserta", False, [over, headings, ("Budi", BUDI, "Ternate", 31, 2, 1980)])
    now = mending.begin(reader.of_grids([grid], "x", TODAY), TODAY)
    assert codes(now) == [("birth-date-unreadable",)]
    field = mending.concerned("birth-date-unreadable", now.rows[0].cells)
    assert field is Field.BIRTH_DATE
    assert codes(now.type_in(at(3), {field: "1-12-1980"}, TODAY)) == [()]


def test_a_date_is_mended_where_the_sheet_has_it() -> None:
    line = roster(
        ("Budi", BUDI, "Ternate, 31-2-1980"), headings=("Nama", "NIK", "Tempat, Tanggal Lahir")
    ).rows[0]
    assert line.codes == ("birth-date-unreadable",)
    assert mending.concerned("birth-date-unreadable", line.cells) is Field.BIRTH_PLACE_DATE
    assert mending.concerned("birth-date-unreadable", {}) is Field.BIRTH_DATE


def test_every_code_but_a_repetition_names_a_cell_to_mend() -> None:
    nowhere = {code for code in ERRORS | WARNINGS if mending.concerned(code, {}) is None}
    assert nowhere == {"duplicate-in-file"}
    assert mending.concerned("row-gone", {}) is None


def test_a_line_that_is_not_there() -> None:
    now = begun((1, "Budi", BUDI))
    with pytest.raises(NotFound, match="roster-row"):
        now.type_in(at(99), {}, TODAY)
    with pytest.raises(NotFound, match="roster-row"):
        now.leave_out(at(99))
    with pytest.raises(NotFound, match="roster-row"):
        now.undo(at(99), TODAY)


steps = st.lists(
    st.tuples(st.integers(2, 5), st.sampled_from(["out", BUDI, ANI, CICI, "35", ""])), max_size=6
)


@given(steps)
def test_however_it_is_mended_taking_everything_back_gives_the_file(
    taken: list[tuple[int, str]],
) -> None:
    first = begun((1, "Budi", BUDI), (2, "Ani", ANI), (3, "Budi", BUDI), (4, "Cici", "92"))
    now = first
    for row, what in taken:
        now = now.leave_out(at(row)) if what == "out" else now.type_in(at(row), {Field.NIK: what}, TODAY)
        niks = [row.values.nik for row in now.kept if row.values.nik and "duplicate-in-file" not in row.codes]
        assert len(niks) == len(set(niks))
    for row in {row for row, _ in taken}:
        now = now.undo(at(row), TODAY)
    assert now == first
