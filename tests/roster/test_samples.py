"""The two sample rosters come out exactly as expected, line by line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from app.roster import reader
from app.roster.fields import Field
from app.roster.lines import Kind
from app.roster.people import ERRORS, WARNINGS, Verdict

SAMPLES = Path(__file__).parents[2] / "resources" / "sample" / "rosters"
TODAY = date(2026, 11, 24)


def test_the_messy_office_roster_gets_the_expected_verdicts() -> None:
    expected = json.loads((SAMPLES / "messy-45.expected.json").read_text(encoding="utf-8"))
    found = reader.read(SAMPLES / "messy-45.xlsx", TODAY).as_json()["rows"]
    assert [{**row, "sheet": "DAFTAR PESERTA"} for row in expected] == found


def test_the_messy_office_roster_says_what_it_left_out_and_why() -> None:
    roster = reader.read(SAMPLES / "messy-45.xlsx", TODAY)
    assert [skipped.name for skipped in roster.skipped_sheets] == ["Rekap"]
    (sheet,) = roster.sheets
    assert sheet.heading_rows == (5, 5)
    assert [(line.sheet_row, line.reason) for line in sheet.ignored] == [
        (52, Kind.TOTAL),
        (54, Kind.SIGNATURE),
    ]
    assert (sheet.columns[Field.NIK].letter, sheet.columns[Field.NIK].heading) == ("C", "No. KTP")
    assert (sheet.columns[Field.SALES].letter, sheet.columns[Field.SALES].heading) == ("J", "Omset")


def test_a_repeated_person_points_to_the_first_line() -> None:
    rows = reader.read(SAMPLES / "messy-45.xlsx", TODAY).rows
    (repeated,) = [row for row in rows if row.same_as]
    assert (repeated.sheet_row, repeated.same_as) == (46, ("DAFTAR PESERTA", 9))


def test_the_clean_roster_is_all_right_and_fully_understood() -> None:
    roster = reader.read(SAMPLES / "clean-200.xlsx", TODAY)
    assert len(roster.rows) == roster.count(Verdict.OK) == 200
    for row in roster.rows:
        person = row.values
        assert None not in (person.nik, person.birth_place, person.birth_date, person.sex, person.phone)
        assert None not in (person.address, person.business_name, person.capital, person.sales)


def test_every_code_has_its_sentence_in_both_languages() -> None:
    wording = json.loads((SAMPLES.parents[1] / "wording" / "roster.json").read_text(encoding="utf-8"))
    source = "\n".join(path.read_text() for path in (SAMPLES.parents[2] / "app" / "roster").glob("*.py"))
    codes = {code for code in wording if code.startswith("roster-")}
    assert all(f'"{code}"' in source for code in codes)
    assert wording.keys() >= ERRORS | WARNINGS
    assert not ERRORS & WARNINGS
    assert all(set(sentence) == {"id", "en"} and all(sentence.values()) for sentence in wording.values())
