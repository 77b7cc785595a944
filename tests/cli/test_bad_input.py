"""What goes wrong on a teaching day: a sentence that says what to do, the agreed exit code, no traceback."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import ROSTERS, Run


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kosong.xlsx", b""),
        ("gambar.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("rusak.xlsx", b"PK\x03\x04" + bytes(60)),
        ("surat.docx", b"PK\x05\x06" + bytes(18)),
        ("biner.csv", bytes(range(256))),
    ],
)
def test_a_file_that_is_no_roster_is_refused_in_words(
    run: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    said = run("roster", "check", tmp_path / name, "--json")
    assert said.code == 1
    assert said.document["refused"]["code"].startswith("roster-")
    assert said.err.strip().endswith(".")


def test_a_damaged_pdf_or_a_picture_without_a_code_is_refused_in_words(laptop: Run, tmp_path: Path) -> None:
    for name, content in (("a.pdf", b"%PDF-1.7\nxxxx"), ("b.png", b"\x89PNG\r\n\x1a\n"), ("c.pdf", b"")):
        (tmp_path / name).write_bytes(content)
        said = laptop("verify", tmp_path / name, "--json")
        assert (said.code, said.document["refused"]["code"].startswith("certificate-")) == (1, True)


def test_a_trust_file_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "trust.cose").write_bytes(b"hello")
    said = run("verify", "https://x/v#123", "--trust", tmp_path / "trust.cose", "--json")
    assert (said.code, said.document["refused"]["code"]) == (1, "trust-malformed")


def test_a_folder_that_is_not_set_up_says_what_to_do(run: Run) -> None:
    for words in (("status",), ("class", "list"), ("sync",), ("doctor",)):
        said = run(*words, "--json")
        assert (said.code, said.document["refused"]["code"]) == (1, "not-set-up")


def test_no_server_and_a_wrong_code_are_told_apart(run: Run) -> None:
    said = run("setup", "--enrol", "0000-0000-0000-1", "--hq", "http://127.0.0.1:9", "--json")
    assert (said.code, said.document["refused"]["code"]) == (1, "code-check")
    said = run("setup", "--enrol", "0000-0000-0000-0", "--hq", "http://127.0.0.1:9", "--json")
    assert (said.code, said.document["refused"]["code"]) == (3, "sync-no-server")


def test_a_copied_database_needs_the_phrase_and_is_read_only(laptop: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("balai.db", "balai.keys"):
        shutil.copy(tmp_path / "laptop" / name, copy)
    said = laptop("status", "--json", folder=copy)
    assert (said.code, said.document["refused"]["code"]) == (3, "key-store-lost")
    said = laptop("status", "--recovery-phrase", "0000-0000", "--json", folder=copy)
    assert (said.code, said.document["refused"]["code"]) == (1, "code-invalid")


def test_another_database_under_our_key_is_noticed(laptop: Run, tmp_path: Path) -> None:
    for leftover in (tmp_path / "laptop").glob("balai.db*"):
        leftover.unlink()
    (tmp_path / "laptop" / "balai.db").write_bytes(os.urandom(8192))
    said = laptop("status", "--json")
    assert (said.code, said.document["refused"]["code"]) == (3, "database-key-wrong")


def test_a_bundle_of_strangers_and_a_torn_one_are_told_in_words(laptop: Run, tmp_path: Path) -> None:
    (tmp_path / "x.balai").write_bytes(b"BALAI1\r\n" + bytes(30))
    said = laptop("bundle", "read", tmp_path / "x.balai", "--json")
    assert (said.code, said.document["refused"]["code"]) == (3, "bundle-foreign")
    assert laptop("bundle", "read", tmp_path / "none.balai").code == 1


def test_an_unforeseen_error_tells_where_and_nothing_of_anybody(
    laptop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Nabila Santoso 1271016609859146")

    monkeypatch.setattr("ui.cli.commands.classes.classes.listed", broken)
    said = laptop("class", "list", "--json")
    assert (said.code, said.document["refused"]["code"]) == (3, "unforeseen")
    assert "Nabila" not in said.out + said.err
    assert "1271016609859146" not in said.out + said.err


def test_marks_for_a_class_or_session_that_is_not_there(laptop: Run, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("1;H\n")
    for session, code in (
        ("KWU-8/1", "class-unknown"),
        ("KWU-1/99", "session-unknown"),
        ("KWU-1", "session-name"),
    ):
        said = laptop("mark", tmp_path / "m.csv", "--session", session, "--json")
        assert (said.code, said.document["refused"]["code"]) == (1, code)


def test_a_file_in_another_encoding_or_not_there(laptop: Run, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_bytes("Nama;Status;Keterangan\nEko;S;demam, café\n".encode("cp1252"))
    assert laptop("mark", tmp_path / "m.csv", "--session", "KWU-1/1").code == 0
    said = laptop("mark", tmp_path / "none.csv", "--session", "KWU-1/1", "--json")
    assert (said.code, said.document["refused"]["code"]) == (1, "file-not-found")


def test_the_sample_with_errors_takes_in_the_rest(laptop: Run) -> None:
    said = laptop("roster", "check", ROSTERS / "messy-45.xlsx")
    assert said.code == 0
    assert "NIK" in said.out
