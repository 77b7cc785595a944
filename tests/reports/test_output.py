"""The door to reports: names, suffixes, files written whole; workbooks and text files read back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from app.errors import Refused, StorageTrouble
from app.reports import output
from app.reports.rows import Completion
from tests.reports import sample
from tests.reports.sample import NIK

DATA: dict[str, Callable[[int], output.Data]] = {
    "attendance-sheet": sample.attendance,
    "attendance-recap": sample.attendance,
    "score-recap": sample.scores,
    "completion-list": sample.completion,
    "cards": sample.cards,
}


@pytest.mark.parametrize("name", list(output.NAMES))
@pytest.mark.parametrize(
    ("suffix", "magic"), [(".pdf", b"%PDF-"), (".xlsx", b"PK"), (".CSV", b"\xef\xbb\xbf")]
)
def test_each_report_is_written_as_its_suffix_says(
    tmp_path: Path, name: str, suffix: str, magic: bytes
) -> None:
    path = tmp_path / f"laporan{suffix}"
    output.write(name, DATA[name](5), path)
    assert path.read_bytes().startswith(magic)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "file", "code"),
    [
        ("ledger", "a.pdf", "report-unknown"),
        ("score-recap", "a.docx", "report-format"),
        ("score-recap", "a", "report-format"),
    ],
)
def test_an_unknown_report_or_format_is_refused(tmp_path: Path, name: str, file: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        output.write(name, sample.scores(1), tmp_path / file)
    assert not list(tmp_path.iterdir())


def test_data_of_another_report_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="score-recap"):
        output.write("score-recap", sample.attendance(1), tmp_path / "a.pdf")


def test_where_nothing_can_be_written_it_says_so_and_keeps_the_old_file(tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble, match="report-not-written"):
        output.write("score-recap", sample.scores(1), tmp_path / "gone" / "a.pdf")
    occupied = tmp_path / "a.pdf"
    occupied.mkdir()
    (occupied / "inside").touch()
    with pytest.raises(StorageTrouble, match="report-not-written"):
        output.write("score-recap", sample.scores(1), occupied)
    assert list(tmp_path.iterdir()) == [occupied]


def rows(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    return list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))


def test_a_text_file_opens_in_excel_as_it_should(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    output.write("score-recap", sample.scores(4, 2), path)
    found = rows(path)
    assert found[0][:5] == [
        "No.",
        "Nama",
        "NIK",
        "Modul panjang nomor 1 (KWU-01)",
        "Modul panjang nomor 2 (KWU-02)",
    ]
    assert found[1] == ["1", "Peserta001", "••0001", "64,5", "RPL", "2", "64,5"]
    assert found[4][1] == "'=1+1"
    assert len(found) == 5


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_text_file_can_be_a_formula(tmp_path: Path, sign: str) -> None:
    data = sample.completion(1)
    line = Completion(data.head, (replace(data.lines[0], name=f"{sign}cmd", grade=f"{sign}x"),))
    path = tmp_path / "a.csv"
    output.write("completion-list", line, path)
    text = path.read_bytes().decode("utf-8-sig")
    assert f"'{sign}cmd" in text
    assert f"'{sign}x" in text


def test_a_workbook_holds_numbers_as_numbers_and_the_rest_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    output.write("score-recap", sample.scores(4, 2), path)
    sheet = openpyxl.load_workbook(path).active
    top = next(row[0].row for row in sheet.iter_rows() if row[0].value == "No.")
    assert sheet.freeze_panes == f"C{top + 1}"
    first, fourth = sheet[top + 1], sheet[top + 4]
    assert [cell.value for cell in first] == [1, "Peserta001", "••0001", 64.5, "RPL", 2, 64.5]
    assert (first[2].data_type, first[2].number_format) == ("s", "@")
    assert (fourth[1].value, fourth[1].data_type) == ("=1+1", "s")
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("name", list(output.NAMES))
@pytest.mark.parametrize("suffix", output.SUFFIXES)
def test_a_report_written_twice_is_the_same_and_hides_the_nik(tmp_path: Path, name: str, suffix: str) -> None:
    one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix}"
    output.write(name, DATA[name](6), one)
    output.write(name, DATA[name](6), other)
    assert one.read_bytes() == other.read_bytes()
    if suffix == ".xlsx":
        cells = [str(cell.value) for row in openpyxl.load_workbook(one).active.iter_rows() for cell in row]
        assert "••0001" in cells
        assert not any(NIK[-5:] in cell for cell in cells)
    if suffix == ".csv":
        assert NIK[-5:] not in one.read_text(encoding="utf-8-sig")
