"""Headquarters as people run it: the `balai-hq` command line and a server process that may be killed."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.errors import SyncTrouble
from app.storage.integrity import tables_hash
from sync import facade
from sync.client.driver import Manners
from sync.client.patience import Patience
from sync.hq import headquarters as offices
from sync.hq.command import run
from tests.sync.conftest import CENTRE, PROGRAMME, Laptop, new_database

ROOT = Path(__file__).resolve().parents[2]


class Office:
    """Headquarters in a folder, by its command line."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *arguments: str, exit_code: int = 0) -> dict[str, Any]:
        self._capsys.readouterr()
        left = run([*arguments, "--data-dir", str(self.folder), "--json", "--language", "en"])
        told = self._capsys.readouterr()
        assert left == exit_code, told.err
        assert "Traceback" not in told.err
        return json.loads(told.out) if told.out else {}

    @contextmanager
    def serving(self, port: int = 0) -> Iterator[tuple[str, subprocess.Popen[str]]]:
        """The server in a process of its own."""
        command = [sys.executable, "-m", "sync.hq.command", "--data-dir", str(self.folder), "--json", "serve"]
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["url"], process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(20)
            process.stdout.close()


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    office = Office(tmp_path / "hq", capsys)
    office("init", "--host", "127.0.0.1:8765", "--verify-host", "hq.example", "--block", "10")
    office("centre", "add", str(CENTRE), "Balai Ternate", "--short", "BPVP-TTE")
    (tmp_path / "programme.json").write_bytes(PROGRAMME)
    office("programme", "publish", str(tmp_path / "programme.json"))
    return office


def test_the_whole_job_by_the_command_line(office: Office, tmp_path: Path) -> None:
    for name in os.listdir(office.folder / "keys"):
        assert stat.S_IMODE((office.folder / "keys" / name).stat().st_mode) == 0o600
    assert office("programme", "publish", str(tmp_path / "programme.json"))["new"] is False
    code = office("enrol", "--centre", str(CENTRE))["code"]
    with office.serving() as (url, _):
        joined = facade.enrol(tmp_path / "laptop", url, code, "Laptop 1")
        report = facade.sync(joined.workplace)
    assert (report.synced, report.requests) == (True, 1)
    (device,) = office("devices")["devices"]
    assert (device["centre"], device["name"], device["number"]) == (CENTRE, "Laptop 1", 1)
    facade.write_bundle(joined.workplace, tmp_path / "out.balai")
    assert office("bundle", "read", str(tmp_path / "out.balai"))["complete"] is True
    assert office("bundle", "write", str(tmp_path / "back.balai"), "--centre", str(CENTRE))["recipients"] == 1
    assert office("revoke", "certificate", f"{CENTRE}0000001", "--reason", "fraud")["serial"] == 100090000001
    office("revoke", "device", device["device"], "--reason", "hilang")
    assert office("release", device["device"])["changes"] == 0
    office("user", "add", "siti", "Siti", "--role", "viewer", "--password", "kata sandi panjang")
    assert office("authority", "sign", "--out", str(tmp_path / "trust.cose"))["bytes"] > 100
    held = office("status")
    assert [c["centre"] for c in held["centres"]] == [CENTRE]
    assert office("export", str(tmp_path / "csv"))["rows"]["module"] == 2
    assert office("backup", str(tmp_path / "hq.backup"))["bytes"] > 10_000
    assert stat.S_IMODE((tmp_path / "hq.backup").stat().st_mode) == 0o600
    joined.workplace.close()


def test_request_and_answer_files_by_the_command_line(office: Office, tmp_path: Path) -> None:
    code = office("enrol", "--centre", str(CENTRE), "--role", "instructor")["code"]
    request = facade.request_enrolment(tmp_path / "laptop", code, "Laptop 2")
    (tmp_path / "request").write_bytes(request)
    office("enrol", "--request", str(tmp_path / "request"), "--answer", str(tmp_path / "answer"))
    joined = facade.finish_enrolment(tmp_path / "laptop", (tmp_path / "answer").read_bytes())
    assert (joined.role, joined.host) == ("instructor", "127.0.0.1:8765")
    joined.workplace.close()


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (["enrol", "--centre", "10999"], 1, "centre-not-found"),
        (["enrol", "--centre", str(CENTRE), "--role", "king"], 1, "role-unknown"),
        (["centre", "add", "0", "Nobody"], 1, "centre-code-invalid"),
        (["programme", "publish", "no-such-file"], 1, "hq-file-not-found"),
        (["bundle", "read", "no-such-file"], 1, "bundle-not-found"),
        (["revoke", "certificate", "12", "--reason", "error"], 1, "serial-invalid"),
        (["revoke", "device", "xyz", "--reason", "x"], 1, "device-id-invalid"),
        (["revoke", "device", "00" * 8, "--reason", "x"], 1, "device-not-found"),
        (["authority", "sign", "--root", "/no/such/key"], 3, "hq-key-missing"),
        (["init"], 1, "already-set-up"),
        (["serve", "--address", "0.0.0.0"], 1, "hq-needs-tls"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_code(
    office: Office, arguments: list[str], exit_code: int, code: str
) -> None:
    assert office(*arguments, exit_code=exit_code)["refused"]["code"] == code


def test_wrong_usage_and_no_headquarters_have_their_own_exit_codes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path / "nowhere", capsys)
    assert office("no-such-command", exit_code=2)["refused"]["code"] == "usage"
    assert office("enrol", exit_code=1)["refused"]["code"] == "hq-not-set-up"


def test_a_server_killed_in_the_middle_of_a_push_has_all_it_acknowledged_and_gets_the_rest(
    office: Office, tmp_path: Path
) -> None:
    code = office("enrol", "--centre", str(CENTRE))["code"]
    with office.serving() as (url, process):
        joined = facade.enrol(tmp_path / "laptop", url, code, "Laptop 1")
        place = joined.workplace
        _many_changes(place, 40)
        port = int(url.rpartition(":")[2])
        threading.Timer(0.15, process.kill).start()
        hurried = Manners(Patience(attempts=2, shortest=0.01, longest=0.02), cancelled=_slowly)
        with pytest.raises(SyncTrouble):
            while facade.sync(place, manners=hurried).synced:
                _many_changes(place, 5)
    with place.store.read() as session:
        waiting = facade.status(session).waiting
    assert waiting > 0
    with office.serving(port) as (url, _):
        report = facade.sync(place, manners=Manners(Patience(attempts=2, shortest=0.01, longest=0.02)))
    assert report.synced
    opened = offices.open_folder(office.folder)
    with opened.read() as theirs, place.store.read() as ours:
        assert tables_hash(theirs.connection()) == tables_hash(ours.connection())
    opened.close()
    place.close()


@pytest.mark.needs("postgresql")
def test_headquarters_runs_on_postgresql_by_the_same_commands(
    postgresql: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path / "hq", capsys)
    office("init", "--host", "127.0.0.1:8765", "--database", new_database(postgresql))
    office("centre", "add", str(CENTRE), "Balai Ternate")
    code = office("enrol", "--centre", str(CENTRE))["code"]
    with office.serving() as (url, _):
        joined = facade.enrol(tmp_path / "laptop", url, code, "Laptop 1")
        _many_changes(joined.workplace, 3)
        assert facade.sync(joined.workplace).synced
    assert office("status")["centres"][0]["marks"] == 3
    joined.workplace.close()


def _many_changes(place: Any, number: int) -> None:
    laptop = Laptop(place, None, None)  # type: ignore[arg-type]  # only its writing is used
    for person in range(number):
        laptop.mark(person, "H")


def _slowly() -> bool:
    time.sleep(0.02)
    return False
