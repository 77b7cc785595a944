"""`balai demo` from an empty folder to the last table, as the first command of a newcomer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.timeout(400)
def test_the_whole_job_is_done_and_what_it_says_is_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demo-out"
    (folder / "certificates").mkdir(parents=True)
    (folder / "certificates" / "lama.pdf").touch()
    (folder / ".balai-demo").touch()  # an earlier demonstration, which this one takes the place of
    monkeypatch.setenv("BALAI_AS", "siapa")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    said = run("demo", "--no-window", "--dir", folder, "--json")
    assert said.code == 0, said.err
    document = said.document
    assert (folder / "trust.cose").is_file()
    assert len(list((folder / "certificates").glob("*.pdf"))) == document["certificates_issued"]
    assert document["certificates_verified"] == document["certificates_issued"] > 180
    assert document["reviews"]["opened"] == 1
    assert set(document["reviews"]["left"].values()) == {0}
    assert len(set(document["tables"].values())) == 1
    assert document["revoked"]["refused"] is True
    assert (document["stick"]["taken_again"], document["stick"]["waiting_after"]) == (0, 0)
    assert document["people"] == {"KWU-2026-20": 20, "KWU-2026-180": 180}
    assert list(document["steps"]) == list(dict.fromkeys(document["steps"])) and len(document["steps"]) == 12
    assert {person["decision"] for person in _completion(run, folder)} == {"LULUS", "BELUM LULUS"}
    held = {line["centre"]: line for line in document["headquarters"]["centres"]}
    assert (held[10009]["enrolments"], held[10009]["marks"], held[10009]["results"]) == (200, 2000, 2400)


def _completion(run: Run, folder: Path) -> list[dict[str, str]]:
    """What a newcomer sees who tries the command that the demonstration ends with."""
    said = run("completion", "--class", "KWU-2026-20", "--json", folder=folder / "data" / "ternate-1")
    people: list[dict[str, str]] = said.document["people"]
    return people


def test_a_folder_with_other_things_in_it_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "surat.txt").write_text("penting")
    said = run("demo", "--dir", tmp_path, "--json")
    assert (said.code, said.document["refused"]["code"]) == (1, "demo-folder-taken")
    assert (tmp_path / "surat.txt").read_text() == "penting"


def test_a_file_in_the_place_of_the_folder_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "demo-out").write_text("penting")
    said = run("demo", "--dir", tmp_path / "demo-out", "--json")
    assert (said.code, said.document["refused"]["code"]) == (1, "demo-folder-taken")
