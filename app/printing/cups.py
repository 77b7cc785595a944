"""Printers of the system through the programs of CUPS (`lpstat`, `lpoptions`, `lp`, `cancel`)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.errors import NotFound, Refused
from app.printing.ipp import Server

PAPER = "A4"
_PATIENCE = 20.0
"""Seconds: a print server that does not answer in this time is not there."""

_JOB = re.compile(r"\b(\S+-\d+)\b")
_OPTION = re.compile(r"^(\w+)(?:/[^:]*)?: (.*)$", re.MULTILINE)
_ATTRIBUTE = re.compile(r"([\w-]+)=('(?:[^'\\]|\\.)*'|\S*)")
_NAME = re.compile(r"[^\s/#-][^\s/#]{0,126}")


class PrinterState(StrEnum):
    """What a printer is doing."""

    IDLE = "idle"
    PRINTING = "printing"
    STOPPED = "stopped"


class JobState(StrEnum):
    """What became of a job."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


_ENDED, _COMPLETED = 7, 9
_STATES = {"3": PrinterState.IDLE, "4": PrinterState.PRINTING, "5": PrinterState.STOPPED}


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer. `papers` and `trays` are the driver's own names; empty where it does not say."""

    name: str
    title: str
    model: str
    state: PrinterState
    accepting: bool
    usual: bool
    papers: tuple[str, ...]
    trays: tuple[str, ...]
    duplex: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """How a job is printed: paper and tray by the driver's names, both sides or one."""

    duplex: bool
    paper: str = PAPER
    tray: str | None = None


@dataclass(frozen=True, slots=True)
class Cups:
    """The system's print server; `server` is another one's socket or address."""

    server: str | None = None
    folder: str | None = None

    def printers(self) -> list[Printer]:
        """All printers, by name. Raises Refused("printing-unavailable")."""
        if "is running" not in self._run(["lpstat", "-r"]):
            raise Refused("printing-unavailable")
        usual = self._run(["lpstat", "-d"]).rpartition(": ")[2].strip()
        return [self._printer(name, usual) for name in sorted(self._run(["lpstat", "-e"]).split())]

    def printer(self, name: str) -> Printer:
        """One printer. Raises NotFound("printer-unknown")."""
        found = next((printer for printer in self.printers() if printer.name == name), None)
        if found is None:
            raise NotFound("printer-unknown", field="printer", printer=name)
        return found

    def send(self, printer: str, pdf: bytes, title: str, setting: Setting) -> str:
        """Hands the PDF itself over, whole pages unscaled; gives the job's name.

        Raises NotFound("printer-unknown") or Refused("printing-refused" | "printing-unavailable").
        """
        if not _NAME.fullmatch(printer):
            raise NotFound("printer-unknown", field="printer", printer=printer)
        # Landscape pages are turned like a book's when the sheet turns about its short edge.
        sides = "two-sided-short-edge" if setting.duplex else "one-sided"
        options = [f"media={setting.paper}", f"sides={sides}", "print-scaling=none"]
        if setting.tray is not None:
            options.append(f"InputSlot={setting.tray}")
        arguments = [word for option in options for word in ("-o", option)]
        done = self._called(["lp", "-d", printer, "-t", title, *arguments, "-"], pdf)
        job = _JOB.search(done.stdout.decode("utf-8", "replace"))
        if done.returncode or job is None:
            raise Refused("printing-refused", printer=printer)
        return job.group(1)

    def states(self, printer: str, jobs: Collection[str]) -> dict[str, JobState]:
        """What became of these jobs; one that nobody remembers has failed.

        Raises Refused("printing-unavailable").
        """
        server = Server.usual(self.server)
        return {job: _state(server.job_state(int(job.rpartition("-")[2]))) for job in jobs}

    def cancel(self, job: str) -> None:
        """Takes a job back; one that has ended meanwhile stays as it is."""
        self._called(["cancel", job])

    def _printer(self, name: str, usual: str) -> Printer:
        said = dict(_ATTRIBUTE.findall(self._run(["lpoptions", "-p", name])))
        facts = {key: value.strip("'").replace("\\", "") for key, value in said.items()}
        options = self._options(name)
        return Printer(
            name,
            facts.get("printer-info") or name,
            facts.get("printer-make-and-model", ""),
            _STATES.get(facts.get("printer-state", ""), PrinterState.IDLE),
            facts.get("printer-is-accepting-jobs") != "false",
            name == usual,
            tuple(paper for paper in options.get("PageSize", ()) if "." not in paper),
            tuple(options.get("InputSlot", ())),
            any(way.startswith("DuplexTumble") for way in options.get("Duplex", ())),
        )

    def _options(self, name: str) -> dict[str, list[str]]:
        """What the driver offers, the usual choice first; nothing where it does not say."""
        said = self._called(["lpoptions", "-p", name, "-l"]).stdout.decode("utf-8", "replace")
        return {
            key: [choice.lstrip("*") for choice in sorted(choices.split(), key=lambda c: c[:1] != "*")]
            for key, choices in _OPTION.findall(said)
        }

    def _run(self, command: Sequence[str]) -> str:
        done = self._called(command)
        if done.returncode:
            raise Refused("printing-unavailable")
        return done.stdout.decode("utf-8", "replace")

    def _called(self, command: Sequence[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        if shutil.which(command[0]) is None:
            raise Refused("printing-unavailable")
        try:
            return subprocess.run(
                command,
                input=given,
                capture_output=True,
                timeout=_PATIENCE,
                env=self._surroundings(),
                check=False,
            )
        except subprocess.TimeoutExpired as fault:
            raise Refused("printing-unavailable") from fault

    def _surroundings(self) -> Mapping[str, str]:
        """Answers in English, whatever the user's language, since they are read by a program."""
        found = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
        if self.server is not None:
            found["CUPS_SERVER"] = self.server
        if self.folder is not None:
            found["CUPS_SERVERROOT"] = self.folder
        return found


def _state(number: int | None) -> JobState:
    if number is not None and number < _ENDED:
        return JobState.WAITING
    return JobState.DONE if number == _COMPLETED else JobState.FAILED
