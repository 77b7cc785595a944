"""Running `balai` and `balai-hq` as somebody else would, and reading their documents."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.command_line import Voice
from app.errors import StorageTrouble

ROOT = Path(__file__).resolve().parents[3]
STOP_SECONDS = 20
AT_ONCE = 2
STEPS = 12
CLEAR = "\r\x1b[2K"  # to the beginning of the line, and empty it
NOT_OURS = ("BALAI_DATA_DIR", "BALAI_HQ_DIR", "BALAI_AS", "BALAI_PIN", "BALAI_PASSPHRASE")
Document = dict[str, Any]


@contextmanager
def own_environment() -> Iterator[None]:
    """Whatever the person at this computer has set, the laptops here are other people's: their keys lie
    in files beside their data, not in this person's key store."""
    before = dict(os.environ)
    for name in NOT_OURS:
        os.environ.pop(name, None)
    os.environ["BALAI_KEY_STORE"] = "file"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


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
        document: Document = json.loads(said.getvalue() or "{}")
        if isinstance(refusal := document.get("refused"), dict) and refusal["code"] == "stopped":
            raise KeyboardInterrupt
        if code != (1 if refused else 0):
            raise StorageTrouble(
                "demo-step", command=" ".join(map(str, words[:2])), told=told.getvalue().strip()
            )
        return document


class Headquarters:
    """Headquarters: its own folder and, while serving, its own process on loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: int | None = None  # its id, while it serves

    def run(self, *words: object) -> Document:
        """Run one `balai-hq` command in a process of its own; returns its document."""
        done = subprocess.run(
            self._command(words), env=_environment(), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise StorageTrouble("demo-step", command=f"balai-hq {words[0]}", told=done.stderr.strip()[-400:])
        document: Document = json.loads(done.stdout or "{}")
        return document

    def run_all(self, commands: Sequence[Sequence[object]]) -> list[Document]:
        """Run commands that don't wait for each other, a few at a time; their documents, in order."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(lambda words: self.run(*words), commands))

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve on a free port of loopback; gives the address, ends the process afterwards."""
        log = self.folder.with_name(self.folder.name + ".log")
        with log.open("w", encoding="utf-8") as told:
            process = subprocess.Popen(
                self._command(["serve", "--port", "0"]),
                env=_environment(),
                stdout=subprocess.PIPE,
                stderr=told,
                text=True,
            )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line.startswith('{"url"'):
                said = log.read_text("utf-8").strip()[-400:]
                raise StorageTrouble("demo-step", command="balai-hq serve", told=said)
            self.process = process.pid
            yield json.loads(line)["url"]
        finally:
            self.process = None
            _end(process)
            if process.stdout is not None:
                process.stdout.close()

    def _command(self, words: object) -> list[str]:
        assert isinstance(words, list | tuple)
        own = [*map(str, words), "--json", "--data-dir", str(self.folder)]
        return [sys.executable, "-u", "-m", "sync.hq.command", *own]


class Watch:
    """Tells each step as it happens, and how long it took."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, code: str) -> Iterator[None]:
        """One step; `code` is the sentence that names it."""
        place = f"[{len(self.seconds) + 1:2}/{STEPS}] "
        began = time.perf_counter()
        self._show(place + self._voice.words("demo-working"), passing=True)
        yield
        self.seconds[code] = round(time.perf_counter() - began, 2)
        seconds = self._voice.words("demo-took", took=f"{self.seconds[code]:5.1f}")
        self._show(f"{place}{seconds}  {self._voice.words(code)}")

    def _show(self, line: str, passing: bool = False) -> None:
        """A line on stderr; a passing one only where a person sees it, to be written over."""
        if self._voice.as_json:
            return
        person = sys.stderr.isatty()
        if person or not passing:
            sys.stderr.write(f"{CLEAR if person else ''}{line}{'' if passing else chr(10)}")
            sys.stderr.flush()


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
