"""A CUPS of our own: its own folders and socket, and a queue with a driver that prints into a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.printing.cups import Cups

QUEUE = "balai-uji"
_DRIVER = "/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd"
_FOLDERS = ("root", "spool", "cache", "state", "out", "log", "tmp")
_FILES = """FileDevice Yes
SystemGroup root
ServerRoot {here}/root
RequestRoot {here}/spool
CacheDir {here}/cache
StateDir {here}/state
DocumentRoot {here}/root
TempDir {here}/tmp
AccessLog {here}/log/access
ErrorLog {here}/log/error
PageLog {here}/log/page
"""
_SERVER = """Listen {here}/cups.sock
WebInterface No
Browsing Off
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


@dataclass(frozen=True, slots=True)
class PrintServer:
    """The server's folder; `paper` is the file that the last job's sheets became."""

    here: Path
    cups: Cups

    @property
    def paper(self) -> Path:
        """What the printer made of the last job."""
        return self.here / "out" / "kertas.pdf"

    def command(self, *words: str) -> None:
        """One of the programs of CUPS, against this server."""
        surroundings = {**os.environ, "CUPS_SERVER": str(self.here / "cups.sock")}
        subprocess.run(words, env=surroundings, check=True, capture_output=True, timeout=20)


@contextmanager
def started() -> Iterator[PrintServer]:
    """A server with one queue, ended and removed afterwards."""
    # Not below pytest's folder: the filters run as another user, and a socket's path must be short.
    here = Path(tempfile.mkdtemp(prefix="balai-cups-"))
    here.chmod(0o755)
    for name in _FOLDERS:
        (here / name).mkdir()
    (here / "files.conf").write_text(_FILES.format(here=here))
    (here / "server.conf").write_text(_SERVER.format(here=here))
    server = PrintServer(here, Cups(str(here / "cups.sock"), str(here / "root")))
    words = ["/usr/sbin/cupsd", "-f", "-c", str(here / "server.conf"), "-s", str(here / "files.conf")]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(here / "cups.sock", process)
        server.command("lpadmin", "-p", QUEUE, "-E", "-v", f"file:{server.paper}", "-P", _DRIVER)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(here, ignore_errors=True)


def _await(socket: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if socket.exists():
            return
        assert process.poll() is None, "the print server ended"
        time.sleep(0.05)
    raise AssertionError("the print server did not start")
