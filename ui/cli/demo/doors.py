"""Running `balai` and `balai-hq` as somebody else would, and reading their documents."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.errors import StorageTrouble

ROOT = Path(__file__).resolve().parents[3]
START_SECONDS = 20
Document = dict[str, Any]


class Laptop:
    """A laptop: a data folder that the demonstration works on with `balai` commands."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder

    def run(self, *words: object, refused: bool = False) -> Document:
        """Run one command here; returns its document. `refused`: exit code 1 is what is wanted."""
        from ui.cli import application  # the application knows this command, so not before it runs

        said, told = io.StringIO(), io.StringIO()
        arguments = [*map(str, words), "--json", "--data-dir", str(self.folder)]
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
            code = application.main(arguments)
        if code != (1 if refused else 0):
            raise StorageTrouble(
                "demo-step", command=" ".join(map(str, words[:2])), told=told.getvalue().strip()
            )
        document: Document = json.loads(said.getvalue() or "{}")
        return document


class Headquarters:
    """Headquarters: its own folder and, while serving, its own process on loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: object) -> Document:
        """Run one `balai-hq` command in a process of its own; returns its document."""
        done = subprocess.run(
            self._command(words), env=_environment(), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise StorageTrouble("demo-step", command=f"balai-hq {words[0]}", told=done.stderr.strip()[-400:])
        document: Document = json.loads(done.stdout or "{}")
        return document

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve on a free port of loopback; gives the address, ends the process afterwards."""
        process = subprocess.Popen(
            self._command(["serve", "--port", "0"]),
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise StorageTrouble("demo-step", command="balai-hq serve", told="")
            yield json.loads(line)["url"]
        finally:
            process.terminate()
            process.wait(timeout=START_SECONDS)
            if process.stdout is not None:
                process.stdout.close()

    def _command(self, words: object) -> list[str]:
        assert isinstance(words, list | tuple)
        own = [*map(str, words), "--json", "--data-dir", str(self.folder)]
        return [sys.executable, "-u", "-m", "sync.hq.command", *own]


class Watch:
    """Tells each step as it happens, and how long it took."""

    def __init__(self, say: Any, quiet: bool) -> None:
        self._say = say
        self._quiet = quiet
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, code: str, **facts: object) -> Iterator[None]:
        """One step; `code` is the sentence that names it."""
        began = time.perf_counter()
        yield
        took = time.perf_counter() - began
        self.seconds[code] = round(took, 2)
        if not self._quiet:
            self._say(code, took=f"{took:.1f}", **facts)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
