"""How the command line speaks: its language, one document for scripts, letters as they are, PINs."""

from __future__ import annotations

import io
import json

import pytest

from tests.cli.conftest import PIN, Run


def test_wrong_usage_is_one_document_too(run: Run) -> None:
    for words in (
        ("foo",), ("mark",), ("mark", "a", "b", "--session", "K/1"), ("class", "list", "--bogus"),
        ("completion", "--class", "K", "--outcome", "MUNGKIN"), ("report", "score-recap", "--class"),
    ):  # fmt: skip
        said = run("--json", *words)
        assert (said.code, said.document["refused"]["code"]) == (2, "usage")
        assert said.err.strip() == said.document["refused"]["words"]


def test_what_was_typed_wrongly_is_said_in_the_language_asked_for(run: Run) -> None:
    assert "tidak dikenal" in run("stats").err and "'status'" in run("stats").err
    for english in (("--language", "en"), ("--language=en",)):
        assert "There is no command stats" in run("stats", *english).err
        assert run("status", *english, "--json").document["refused"]["words"].startswith("The folder")
    assert "--session belum diisi" in run("mark", "x.csv").err
    assert "terlalu banyak" in run("mark", "a", "b", "--session", "K/1").err


def test_an_option_that_wants_a_value_and_stands_last_is_named(run: Run) -> None:
    from ui.cli import application

    assert application.main(["status", "--pin"]) == 2
    assert run("status", "--pin", "1", "--json").code == 1


def test_a_group_alone_shows_its_commands_in_one_language(run: Run) -> None:
    said = run("certificate")
    assert said.code == 2
    assert "Terbitkan sertifikat" in said.err and "Issue certificates" not in said.err
    english = run("certificate", "--language", "en").err
    assert "Issue certificates" in english and "Terbitkan" not in english


def test_a_title_that_looks_like_markup_is_shown_as_it_is(laptop: Run) -> None:
    title = "Kelas [/b] [red]:smile:"
    assert laptop("class", "new", "K-2", "--title", title, "--programme", "KWU",
                  "--from", "2026-12-01", "--to", "2026-12-04").code == 0  # fmt: skip
    shown = laptop("class", "list")
    assert shown.code == 0
    assert all(part in shown.out for part in ("[/b]", "[red]:smile:"))
    titles = [row["title"] for row in laptop("class", "list", "--json").document["classes"]]
    assert title in titles


def test_an_empty_list_says_what_to_do_first(run: Run) -> None:
    run("setup", "--practice")
    for words, hint in (
        (("class", "list"), "balai class new"),
        (("person", "list"), "balai person add"),
        (("certificate", "list"), "balai certificate issue"),
        (("review", "list"), "Tidak ada"),
    ):
        assert hint in run(*words).out


def test_a_pin_is_never_waited_for_where_nobody_can_type(
    laptop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    said = laptop("person", "add", "Yusuf", "--login", "yusuf", "--json")
    assert (said.code, said.document["refused"]["code"]) == (1, "pin-wanted")
    said = laptop("class", "schedule", "KWU-1", "--sessions", 1, "--time", "19.00-20.00", "--as", "nurlaila",
                  "--json")  # fmt: skip
    assert (said.code, said.document["refused"]["code"]) == (1, "pin-wanted")
    monkeypatch.setenv("BALAI_AS", "nurlaila")
    monkeypatch.setenv("BALAI_PIN", PIN)
    assert laptop("class", "schedule", "KWU-1", "--sessions", 1, "--time", "19.00-20.00").code == 0


def test_marks_come_through_a_pipe_in_any_encoding_and_never_by_halves(
    laptop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pipe(content: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))

    marking = ("mark", "-", "--session", "KWU-1/1", "--json")
    pipe("No;Status;Keterangan\n1;S;demam, café\n".encode("cp1252"))
    assert laptop(*marking).document["written"] == 1
    for content, code in (
        (b"", "csv-empty"), (b"1;H\0", "file-not-text"), (b"1;H;" + b"x" * 200_000, "file-not-text"),
        (b"2;H\n" * 1_200_000, "file-too-large"),
    ):  # fmt: skip
        pipe(content)
        said = laptop(*marking)
        assert (said.code, said.document["refused"]["code"]) == (1, code)


def test_a_practice_place_is_never_sent_anywhere(laptop: Run) -> None:
    for words in (("sync",), ("sync", "--preview"), ("sync", "--hq", "http://127.0.0.1:9")):
        said = laptop(*words, "--json")
        assert (said.code, said.document["refused"]["code"]) == (1, "practice-stays")
    assert laptop("status", "--json").document["practice"] is True


@pytest.mark.parametrize(
    "address", ["bukan alamat", "ftp://x", "http://x:0", "http://contoh.go.id", "http://["]
)
def test_an_address_that_is_none_is_refused_before_anything_is_sent(run: Run, address: str) -> None:
    said = run("setup", "--enrol", "0000-0000-0000-0", "--hq", address, "--json")
    assert said.code == 1
    assert said.document["refused"]["code"] in ("sync-url-invalid", "sync-needs-tls")


def test_numbers_beyond_reason_are_refused_and_are_no_bug(laptop: Run) -> None:
    huge = "9" * 30
    new = (
        "class",
        "new",
        "K-3",
        "--title",
        "K",
        "--programme",
        "KWU",
        "--from",
        "2026-12-01",
        "--to",
        "2026-12-04",
    )
    assert laptop(*new, "--version", huge).code == 2
    for words in (
        ("class", "schedule", "KWU-1", "--sessions", huge, "--time", "19.00-20.00"),
        ("class", "schedule", "KWU-1", "--sessions", 1, "--time", "19.00-20.00", "--jp", huge),
        ("review", "choose", "00ff", huge),
        ("certificate", "void", huge, "--reason", "x"),
        ("completion", "--class", "KWU-1", "--override", huge, "--outcome", "LULUS", "--reason", "x"),
    ):
        said = laptop(*words, "--json")
        assert said.code == 1, json.dumps(said.document)
