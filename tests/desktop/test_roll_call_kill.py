"""A window killed in the middle of a roll call has lost no key of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.attendance import Status
from app.domain.marks import MarkEntry
from app.queries import attendance
from app.storage import workplace
from tests.desktop.teaching import KEY, lay

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL, and no pause to wait in")
def test_every_key_of_a_killed_window_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    taught = lay(tmp_path, marked=False)
    taught.opened.close()
    command = [sys.executable, "-m", "tests.desktop.victim", str(tmp_path / "taught")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout is not None
        try:
            assert victim.stdout.readline() == "kept\n"
        finally:
            victim.kill()
    opened = workplace.open_folder(tmp_path / "taught")
    with opened.store.read() as session:
        kept = attendance.drafts(session, KEY, 6)
    opened.close()
    present, sick, late = Status.PRESENT, Status.SICK, Status.LATE
    first, second, third, *_, nineteenth, _ = taught.people
    assert kept == {
        first: MarkEntry(present),
        second: MarkEntry(present),
        third: MarkEntry(sick),
        nineteenth: MarkEntry(late, 804),
    }
