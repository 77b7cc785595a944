"""The installed command as a shell runs it: pipes that close, full and read-only disks, Ctrl-C."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.cli.conftest import ROSTERS, Run

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, str(ROOT / "main.py")]
MESSY = str(ROSTERS / "messy-45.xlsx")
AS_ROOT = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="to run it: sudo, on Linux; it mounts a small disk"
)


def shell(
    *words: object, out: IO[str] | int = subprocess.PIPE, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        env={**os.environ, "BALAI_KEY_STORE": "file", **more},
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """A file system mounted on the folder for as long as the block runs."""
    subprocess.run(["mount", *options, str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_the_command_runs_as_a_process_and_gives_one_document() -> None:
    said = shell("roster", "check", MESSY, "--json")
    assert said.returncode == 0
    assert len(json.loads(said.stdout)["rows"]) == 45
    assert said.stdout.count("\n") == 1


def test_help_is_in_the_language_asked_for_and_fits_a_terminal() -> None:
    indonesian, english = shell("--help", COLUMNS="80").stdout, shell("--language", "en", "--help").stdout
    assert "Cara pakai: balai" in indonesian and "Catat presensi" in indonesian
    assert "Record a session" not in indonesian and "..." not in indonesian.replace("[ARGS]...", "")
    assert "Usage: balai" in english and "Catat presensi" not in english
    assert max(map(len, indonesian.splitlines())) <= 80


@pytest.mark.parametrize(
    "words", [["--help"], ["roster", "check", MESSY, "--json"], ["roster", "check", MESSY]]
)
def test_a_reader_that_leaves_is_no_fault(words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        said = shell(*words, out=pipe)
    assert said.returncode == 0
    assert "Traceback" not in said.stderr and "BrokenPipe" not in said.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="to run it: a system with /dev/full")
@pytest.mark.parametrize(
    "words", [["--help"], ["roster", "check", MESSY, "--json"], ["roster", "check", MESSY]]
)
def test_a_full_disk_behind_stdout_is_said(words: list[str]) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        said = shell(*words, out=full)
    assert said.returncode == 3
    assert "Diska penuh" in said.stderr and "Traceback" not in said.stderr


def test_letters_that_the_terminal_lacks_stop_nothing(laptop: Run, tmp_path: Path) -> None:
    folder = tmp_path / "laptop"
    assert laptop("class", "new", "KWU-2", "--title", "Café ☕", "--programme", "KWU",
                  "--from", "2026-12-01", "--to", "2026-12-04").code == 0  # fmt: skip
    for encoding in ("ascii", "cp1252", "utf-8"):
        shown = shell("class", "list", "--data-dir", folder, PYTHONIOENCODING=encoding)
        assert (shown.returncode, "KWU-2" in shown.stdout) == (0, True), shown.stderr
        plain = subprocess.run(
            [*COMMAND, "class", "list", "--json", "--data-dir", str(folder)],
            env={**os.environ, "BALAI_KEY_STORE": "file", "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=True,
        )
        titles = [row["title"] for row in json.loads(plain.stdout.decode(encoding))["classes"]]
        assert "Café ☕" in titles


@pytest.mark.skipif(
    os.name == "nt", reason="to run it: a POSIX system; Windows has no SIGINT for one process"
)
def test_ctrl_c_stops_with_a_sentence_and_nothing_is_half_saved(laptop: Run, tmp_path: Path) -> None:
    before = laptop("status", "--json").document["tables"]
    folder = ["--data-dir", str(tmp_path / "laptop")]
    process = subprocess.Popen(
        [*COMMAND, "mark", "-", "--session", "KWU-1/1", "--json", *folder],
        env={**os.environ, "BALAI_KEY_STORE": "file"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    )
    assert process.stdin is not None
    process.stdin.write("1;H\n")
    process.stdin.flush()
    _wait_until_it_reads(process.pid)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, json.loads(out)["refused"]["code"]) == (1, "stopped")
    assert "Traceback" not in err
    assert laptop("status", "--json").document["tables"] == before


def _wait_until_it_reads(process: int) -> None:
    """Until the process sleeps on its standard input: its program is loaded and its work has begun."""
    for _ in range(300):
        time.sleep(0.1)
        where = Path(f"/proc/{process}/wchan")
        if not where.exists():
            time.sleep(5)
            return
        if "pipe" in where.read_text():
            return


@AS_ROOT
def test_on_a_full_disk_nothing_is_lost_and_the_same_command_works_when_there_is_room(
    laptop: Run, tmp_path: Path
) -> None:
    small, marks = tmp_path / "small", tmp_path / "marks.csv"
    small.mkdir()
    marks.write_text("\n".join(f"{place};H" for place in range(1, 39)))
    marking = ("mark", marks, "--session", "KWU-1/1", "--json")
    with mounted(small, "-t", "tmpfs", "-o", "size=4m", "tmpfs"):
        shutil.copytree(tmp_path / "laptop", small / "laptop")
        before = laptop("status", "--json", folder=small / "laptop").document["tables"]
        with pytest.raises(OSError, match="No space"), (small / "fill").open("wb", buffering=0) as fill:
            while True:
                fill.write(bytes(1024))
        full = laptop(*marking, folder=small / "laptop")
        assert (full.code, full.document["refused"]["code"]) == (3, "disk-full")
        for words in (("backup", small / "b"), ("setup", "--practice")):
            said = laptop(*words, "--json", folder=small / "other" if words[0] == "setup" else None)
            assert (said.code, said.document["refused"]["code"]) == (3, "disk-full")
        (small / "fill").unlink()
        assert laptop("status", "--json", folder=small / "laptop").document["tables"] == before
        again = laptop(*marking, folder=small / "laptop")
        assert (again.code, again.document["written"]) == (0, 38)
        assert laptop("doctor", "--json", folder=small / "laptop").document["checks"]["chain"] is True


@AS_ROOT
def test_a_read_only_folder_is_named(laptop: Run, tmp_path: Path) -> None:
    shown, marks = tmp_path / "shown", tmp_path / "marks.csv"
    shown.mkdir()
    marks.write_text("1;H\n")
    with mounted(shown, "--bind", str(tmp_path / "laptop")):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(shown)], check=True)
        said = laptop("mark", marks, "--session", "KWU-1/1", "--json", folder=shown)
        assert (said.code, said.document["refused"]["code"]) == (3, "database-unreachable")
        for words in (
            ("backup", shown / "b"),
            ("report", "score-recap", "--class", "KWU-1", "--out", shown / "r.csv"),
        ):
            refused = laptop(*words, "--json")
            assert refused.code == 3
            assert refused.document["refused"]["code"] in ("folder-read-only", "report-not-written")
