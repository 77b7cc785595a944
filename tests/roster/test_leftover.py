"""The workbook of lines that were not taken: nothing is lost on the way, and it is a roster again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.roster import leftover, mending, reader
from app.roster.fields import Field
from app.roster.people import Verdict

SAMPLES = Path(__file__).parents[2] / "resources" / "sample" / "rosters"
TODAY = date(2026, 11, 24)


def test_the_lines_to_mend_come_back_with_every_cell_and_what_is_wrong(tmp_path: Path) -> None:
    roster = reader.read(SAMPLES / "messy-45.xlsx", TODAY)
    wrong = [row for row in roster.rows if row.verdict is Verdict.ERROR]
    assert len(wrong) == 7
    assert "nik-precision-lost" in wrong[0].codes
    said = {mending.place(row): f"Yang salah: {row.codes[0]}" for row in wrong}
    (tmp_path / "perbaikan.xlsx").write_bytes(leftover.workbook(wrong, said))
    again = reader.read(tmp_path / "perbaikan.xlsx", TODAY)
    for before, after in zip(wrong, again.rows, strict=True):
        kept = {field: text for field, text in before.texts.items() if text and field is not Field.NUMBER}
        assert kept.items() <= after.texts.items()
        assert set(before.codes) - {"duplicate-in-file"} <= set(after.codes), "nothing looks mended"


def test_every_field_has_a_heading_that_the_reader_knows(tmp_path: Path) -> None:
    row = reader.read(SAMPLES / "clean-200.xlsx", TODAY).rows[0]
    (tmp_path / "satu.xlsx").write_bytes(leftover.workbook([row], {}))
    (found,) = reader.read(tmp_path / "satu.xlsx", TODAY).sheets
    assert found.columns.keys() >= row.cells.keys() - {Field.NUMBER}
