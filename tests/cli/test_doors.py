"""The commands that other people's scripts use: documents, exit codes, and the job on a practice laptop."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import PIN, ROSTERS, Run

PEOPLE = 38
A_CLASS = ("--title", "K", "--programme", "KWU", "--from", "2026-12-01", "--to", "2026-12-04")
MODULES = [f"KWU-{n:02}" for n in range(1, 13)]


def feed(monkeypatch: pytest.MonkeyPatch, text: str) -> str:
    """Stands for a pipe; returns the file name that reads from it."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    return "-"


def held_and_scored(laptop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 5):
        lines = "\n".join(f"{place};H" for place in range(1, PEOPLE + 1))
        assert laptop("mark", feed(monkeypatch, lines), "--session", f"KWU-1/{number}").code == 0
    rows = [["No", *MODULES], *([str(place), *["85"] * 12] for place in range(1, PEOPLE + 1))]
    scores = "\n".join(";".join(row) for row in rows)
    assert laptop("result", feed(monkeypatch, scores), "--class", "KWU-1").code == 0


def test_checking_a_roster_prints_the_agreed_document_and_nothing_else(run: Run) -> None:
    said = run("roster", "check", ROSTERS / "messy-45.xlsx", "--json")
    expected = json.loads((ROSTERS / "messy-45.expected.json").read_text("utf-8"))
    rows = said.document["rows"]
    assert said.code == 0
    assert {row.pop("sheet") for row in rows} == {"DAFTAR PESERTA"}
    assert rows == expected


def test_options_for_all_commands_stand_before_or_after_the_command(run: Run) -> None:
    for words in (("--json", "roster", "check"), ("roster", "--json", "check")):
        assert len(run(*words, ROSTERS / "clean-200.xlsx").document["rows"]) == 200


def test_importing_twice_changes_nothing(laptop: Run) -> None:
    again = laptop("roster", "import", ROSTERS / "messy-45.xlsx", "--class", "KWU-1", "--json")
    assert again.document["changes"] == 0
    assert again.document["same"] == PEOPLE
    assert again.document["refused"] == 7


def test_a_preview_of_an_import_saves_nothing(laptop: Run) -> None:
    before = laptop("status", "--json").document["tables"]
    said = laptop("roster", "import", ROSTERS / "clean-200.xlsx", "--class", "KWU-1", "--preview", "--json")
    assert said.document["new"] == 200
    assert laptop("status", "--json").document["tables"] == before


def test_the_job_on_a_practice_laptop_ends_with_certificates_that_verify(
    laptop: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_and_scored(laptop, monkeypatch)
    decided = laptop("completion", "--class", "KWU-1", "--decide", "--json").document
    assert {person["decision"] for person in decided["people"]} == {"LULUS"}
    issued = laptop("certificate", "issue", "--class", "KWU-1", "--out", tmp_path / "pdf", "--json").document
    assert len(issued["issued"]) == PEOPLE
    verdict = laptop("verify", issued["issued"][0]["file"], "--json")
    assert (verdict.code, verdict.document["verdict"]) == (0, "genuine")
    assert verdict.document["signed"]["serial"] == issued["issued"][0]["serial"]
    again = laptop("certificate", "issue", "--class", "KWU-1", "--out", tmp_path / "pdf", "--json")
    assert (again.code, again.document["refused"]["code"]) == (1, "certificate-none-to-issue")


def test_a_certificate_is_replaced_and_voided_with_a_reason_and_stays_in_the_register(
    laptop: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_and_scored(laptop, monkeypatch)
    laptop("completion", "--class", "KWU-1", "--decide")
    laptop("certificate", "issue", "--class", "KWU-1", "--out", tmp_path / "pdf")
    serials = [c["serial"] for c in laptop("certificate", "list", "--json").document["certificates"]]
    replaced = laptop(
        "certificate", "replace", serials[0], "--reason", "nama salah", "--out", tmp_path / "pdf", "--json"
    )
    assert replaced.document["replaces"] == serials[0]
    assert laptop("certificate", "void", serials[1], "--reason", "rusak").code == 0
    states = {
        c["serial"]: c["state"] for c in laptop("certificate", "list", "--json").document["certificates"]
    }
    assert (states[serials[0]], states[serials[1]]) == ("replaced", "void")
    assert states[replaced.document["serial"]] == "issued"
    assert laptop("certificate", "void", serials[1], "--reason", "lagi").code == 1


def test_a_mark_is_corrected_only_with_a_reason(laptop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert laptop("mark", feed(monkeypatch, "1;H"), "--session", "KWU-1/1").code == 0
    refused = laptop("mark", feed(monkeypatch, "1;S"), "--session", "KWU-1/1", "--json")
    assert (refused.code, refused.document["refused"]["code"]) == (1, "reason-missing")
    said = laptop(
        "mark", feed(monkeypatch, "1;S"), "--session", "KWU-1/1", "--reason", "surat dokter", "--json"
    )
    assert (said.code, said.document["written"]) == (0, 1)


def test_a_wrong_cell_is_named_and_nothing_of_the_table_is_saved(
    laptop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = laptop("status", "--json").document["tables"]
    said = laptop("mark", feed(monkeypatch, "1;H\n2;X\n99;H"), "--session", "KWU-1/1", "--json")
    cells = said.document["refused"]["cells"]
    assert said.code == 1
    assert [(cell["line"], cell["code"]) for cell in cells] == [
        (2, "mark-unknown"),
        (3, "participant-not-found"),
    ]
    assert laptop("status", "--json").document["tables"] == before


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".csv"])
def test_reports_of_a_class_are_written(laptop: Run, tmp_path: Path, suffix: str) -> None:
    for name in ("attendance-sheet", "attendance-recap", "score-recap", "completion-list"):
        path = tmp_path / f"{name}{suffix}"
        assert laptop("report", name, "--class", "KWU-1", "--out", path).code == 0
        assert path.stat().st_size > 500


def test_where_several_people_work_one_says_who_and_gives_the_pin(laptop: Run) -> None:
    assert laptop("person", "add", "Yusuf Mahmud", "--login", "yusuf", "--new-pin", "739154").code == 0
    new = (
        "class",
        "new",
        "KWU-2",
        "--title",
        "K",
        "--programme",
        "KWU",
        "--from",
        "2026-12-01",
        "--to",
        "2026-12-04",
    )
    unsaid = laptop(*new, "--json")
    assert (unsaid.code, unsaid.document["refused"]["code"]) == (1, "who-works")
    wrong = laptop(*new, "--as", "yusuf", "--pin", PIN, "--json")
    assert (wrong.code, wrong.document["refused"]["code"]) == (1, "pin-wrong")
    assert laptop(*new, "--as", "yusuf", "--pin", "739154").code == 0


def test_a_backup_comes_back_and_the_doctor_sees_that_it_did(laptop: Run, tmp_path: Path) -> None:
    assert laptop("doctor", "--json").document["sound"] is True
    assert laptop("backup", tmp_path / "cadangan.balaibackup").code == 0
    laptop(
        "class",
        "new",
        "KWU-9",
        "--title",
        "K",
        "--programme",
        "KWU",
        "--from",
        "2026-12-01",
        "--to",
        "2026-12-04",
    )
    assert laptop("restore", tmp_path / "cadangan.balaibackup").code == 1
    assert laptop("restore", tmp_path / "cadangan.balaibackup", "--replace").code == 0
    said = laptop("doctor", "--json").document
    assert [incident["code"] for incident in said["incidents"]] == ["database-restored"]
    classes = laptop("class", "list", "--json").document["classes"]
    assert [row["class"] for row in classes] == ["KWU-1"]


def test_english_is_complete_where_it_is_asked_for(laptop: Run) -> None:
    assert "not yet at headquarters" in laptop("status", "--language", "en").out
    assert "belum ada di kantor pusat" in laptop("status").out


def test_wrong_usage_exits_with_2_and_says_where_help_is(run: Run) -> None:
    for words in (("nonsense",), ("mark",), ("class", "new"), ("roster", "check", "--wrong")):
        said = run(*words)
        assert said.code == 2
        assert "--help" in said.err
