"""What reports say: totals, flags, words."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.attendance import Policy, Status, tally
from app.domain.calendar import Language
from app.domain.completion import Lack, Missing, Outcome
from app.reports import attendance_recap, attendance_sheet, completion_list, score_recap, words
from app.reports.rows import AttendanceLine, Cells
from app.reports.sheet import Cell, Sheet, Tone, masked, shown
from tests.reports import sample

ROOT = Path(__file__).resolve().parents[2]


def line(sheet: Sheet, row: tuple[Cell, ...]) -> list[str]:
    """A row as printed."""
    pairs = zip(row, sheet.columns, strict=True)
    return [shown(cell, column, "id") + cell.mark for cell, column in pairs]


def test_the_sheet_counts_marks_across_and_people_down() -> None:
    data = sample.attendance(3, 3)
    people = [
        replace(p, marks=m)
        for p, m in zip(
            data.lines,
            [
                (Status.PRESENT, None, Status.LATE),
                (Status.SICK, None, Status.PRESENT),
                (Status.ABSENT, None, None),
            ],
            strict=True,
        )
    ]
    sheet = attendance_sheet.sheet(replace(data, lines=tuple(people)))
    assert line(sheet, sheet.rows[0])[3:] == ["H", "–", "T", "1", "1", "0", "0", "0"]
    assert line(sheet, sheet.rows[2])[3:] == ["A", "–", "", "0", "0", "0", "0", "1"]
    assert sheet.foot is not None
    assert line(sheet, sheet.foot)[1:] == ["Jumlah hadir", "", "1", "–", "2", "2", "1", "0", "1", "1"]


def test_a_sheet_to_sign_has_room_and_no_marks() -> None:
    sheet = attendance_sheet.sheet(sample.attendance(2, 3, Cells.SIGN))
    assert line(sheet, sheet.rows[0])[3:] == ["", "–", "", ""]
    zigzag = attendance_sheet.sheet(sample.attendance(2, 3, Cells.ZIGZAG))
    assert line(zigzag, zigzag.rows[1])[3:] == ["2.", "–", "2.", ""]


def test_a_rate_below_the_minimum_is_flagged_and_rounded_down() -> None:
    marks = (Status.PRESENT,) * 7 + (Status.ABSENT,) * 2
    below = AttendanceLine(1, "Peserta", sample.NIK, marks, tally(marks, Policy(), 9))
    enough = AttendanceLine(
        2, "Peserta", sample.NIK, marks[1:] + marks[:1] * 2, tally((Status.PRESENT,), Policy(), 1)
    )
    sheet = attendance_recap.sheet(replace(sample.attendance(0), lines=(below, enough)))
    assert line(sheet, sheet.rows[0])[-1] == "77,77!"
    assert sheet.rows[0][-1].tone is Tone.ABSENT
    assert line(sheet, sheet.rows[1])[-1] == "100"
    assert line(sheet, sheet.rows[0])[3:9] == ["9", "7", "0", "0", "0", "2"]


def test_without_a_minimum_nothing_is_flagged() -> None:
    sheet = attendance_recap.sheet(replace(sample.attendance(20), minimum=None))
    assert not any(row[-1].mark for row in sheet.rows)


def test_scores_below_pass_are_flagged_and_prior_learning_is_named() -> None:
    sheet = score_recap.sheet(sample.scores(2, 3))
    assert line(sheet, sheet.rows[0])[3:] == ["64,5!", "70,5", "RPL", "3", "67,5"]
    assert line(sheet, sheet.rows[1])[3:] == ["71", "71", "71", "3", "71"]
    assert sheet.foot is not None
    assert line(sheet, sheet.foot)[3:] == ["67,75", "70,75", "71", "", "69,25"]


def test_with_pre_tests_each_module_has_both() -> None:
    sheet = score_recap.sheet(sample.scores(2, 3, pre_tests=True))
    assert [c.head for c in sheet.columns[3:5]] == [
        "Modul panjang nomor 1, tes awal",
        "Modul panjang nomor 1, tes akhir",
    ]
    assert line(sheet, sheet.rows[0])[3:9] == ["", "64,5!", "40,5", "70,5", "", "RPL"]


def test_the_completion_list_says_what_is_missing_in_words() -> None:
    sheet = completion_list.sheet(sample.completion(3))
    assert line(sheet, sheet.rows[2])[3:] == [
        "72,5",
        "79",
        "BELUM LULUS",
        "",
        "",
        "Kehadiran 72,5 %, perlu 80 %; Tes akhir Harga pokok produksi (HPP) belum ada; Alasan: Pindah kelas",
    ]
    assert ("Hasil", "2 LULUS, 1 BELUM LULUS, 0 belum diputuskan") in sheet.facts


@pytest.mark.parametrize(
    ("nik", "shown_as"), [(sample.NIK, "••0001"), ("••••••••••••0001", "••0001"), ("", ""), ("0001", "")]
)
def test_a_nik_is_masked_however_it_comes(nik: str, shown_as: str) -> None:
    assert masked(nik) == shown_as


def test_a_row_that_does_not_fit_its_columns_is_a_bug() -> None:
    data = sample.attendance(1, 3)
    with pytest.raises(ValueError, match="zip"):
        attendance_sheet.sheet(replace(data, sessions=data.sessions[:2]))


def _codes_used() -> set[str]:
    used = set()
    files = [*(ROOT / "app" / "reports").glob("*.py"), ROOT / "app" / "queries" / "report_rows.py"]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value.startswith("report-")
            ):
                used.add(node.value)
    return used


def test_every_word_is_there_in_both_languages_and_none_is_idle() -> None:
    file = ROOT / "resources" / "wording" / "reports.json"
    known = json.loads(file.read_text(encoding="utf-8"))
    assert set(known) == _codes_used()
    assert all(set(sentence) == {"id", "en"} and all(sentence.values()) for sentence in known.values())


@pytest.mark.parametrize("code", Lack)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_lack_has_its_words(code: Lack, language: Language) -> None:
    said = words.lack(Missing(code, title="Pembukuan", has=7_250, needs=8_000), language)
    assert said
    assert "{" not in said


def test_an_undecided_person_has_no_result_yet() -> None:
    data = sample.completion(1)
    sheet = completion_list.sheet(replace(data, lines=(replace(data.lines[0], outcome=None),)))
    assert line(sheet, sheet.rows[0])[5] == ""
    assert Outcome.PASSED.value not in line(sheet, sheet.rows[0])
