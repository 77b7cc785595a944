"""A practice laptop and the command line on it, as other people's scripts use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ui.cli import application

ROSTERS = Path(__file__).resolve().parents[2] / "resources" / "sample" / "rosters"
PIN = "482913"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command gave: its exit code and what stood on stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one document of `--json`; anything else on stdout fails here."""
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `balai` on a data folder of its own."""
    monkeypatch.setenv("BALAI_KEY_STORE", "file")
    monkeypatch.delenv("BALAI_LANGUAGE", raising=False)

    def run(*words: object, folder: Path | None = None) -> Said:
        capsys.readouterr()
        code = application.main([*map(str, words), "--data-dir", str(folder or tmp_path / "laptop")])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def laptop(run: Run) -> Run:
    """A practice laptop with one person and a class of the sample roster with four sessions."""
    assert run("setup", "--practice").code == 0
    assert run("person", "add", "Nurlaila Hamid", "--login", "nurlaila", "--new-pin", PIN).code == 0
    opened = run(
        *("class", "new", "KWU-1", "--title", "Kewirausahaan UMK", "--programme", "KWU"),
        *("--from", "2026-11-02", "--to", "2026-11-13", "--intake", "IX"),
    )
    assert opened.code == 0, opened.err
    assert run("class", "schedule", "KWU-1", "--sessions", 4, "--time", "08.30-11.30").code == 0
    taken = run("roster", "import", ROSTERS / "messy-45.xlsx", "--class", "KWU-1", "--consent", "2026-1")
    assert taken.code == 0, taken.err
    return run
