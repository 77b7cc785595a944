"""What `balai-hq page` writes: a folder for another web server, and one file that opens from disk."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.certificates import delegation, keys
from sync.hq import command
from sync.hq import headquarters as offices
from tests.certificates import samples
from tests.verify_page.site import number

Said = pytest.CaptureFixture[str]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A headquarters on the day of the samples."""
    moment = (samples.day(samples.TODAY.isoformat()) * 24 + 12) * 3_600_000
    for made in (offices.create, offices.open_folder):
        monkeypatch.setattr(made, "__defaults__", (lambda: moment,))
    folder = tmp_path / "hq"
    assert command.run(["--data-dir", str(folder), "init", "--verify-host", samples.HOST]) == 0
    return folder


def issued(office: Path) -> bytes:
    """A certificate under this headquarters' authority."""
    headquarters, today = offices.open_folder(office), samples.day(samples.TODAY.isoformat())
    block = (samples.CENTRE, 2, today, today + 365, 301, 300)
    delegated = delegation.issue(headquarters.keys.authority, keys.public(samples.DEVICE), *block)
    headquarters.close()
    return samples.certificate(delegation_bytes=delegated, signed=samples.TODAY.isoformat())


def said(capsys: Said, *words: str) -> dict[str, object]:
    """The document of a command that went well."""
    capsys.readouterr()
    assert command.run(words) == 0
    document = json.loads(capsys.readouterr().out)
    assert isinstance(document, dict)
    return document


@pytest.mark.needs("chromium")
def test_the_file_that_the_command_writes_verifies_from_disk(
    page: Page, office: Path, tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "periksa.html"
    document = said(capsys, "--data-dir", str(office), "--json", "page", "file", str(file))
    assert document["bytes"] == file.stat().st_size
    assert document["status_dated"] == samples.day(samples.TODAY.isoformat())
    page.context.set_offline(True)
    page.goto(f"{file.as_uri()}#{number(issued(office))}")
    expect(page.locator("article.green")).to_be_visible()


@pytest.mark.needs("chromium")
def test_the_folder_that_the_command_writes_verifies_from_any_web_server(
    page: Page, office: Path, tmp_path: Path, capsys: Said
) -> None:
    folder = tmp_path / "www"
    document = said(capsys, "--data-dir", str(office), "--json", "page", "folder", str(folder))
    assert document["files"] == sum(1 for path in folder.rglob("*") if path.is_file())
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page.goto(f"http://127.0.0.1:{server.server_port}/v/#{number(issued(office))}")
        expect(page.locator("article.green")).to_be_visible()
    finally:
        server.shutdown()
        server.server_close()


def test_what_cannot_be_written_is_said_and_leaves_nothing(
    office: Path, tmp_path: Path, capsys: Said
) -> None:
    (tmp_path / "file").write_bytes(b"")
    for kind in ("folder", "file"):
        capsys.readouterr()
        assert command.run(["--data-dir", str(office), "page", kind, str(tmp_path / "file" / "x")]) == 3
        assert "tidak dapat ditulis" in capsys.readouterr().err
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["file", "hq"]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Static files and no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""
