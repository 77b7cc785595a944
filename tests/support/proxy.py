"""A poor line in front of a server: few bytes a second, long on the way, and cut after a number of bytes."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PIECE = 512
CONNECT_SECONDS = 5


@dataclass(slots=True)
class PoorLine:
    """`rate` in bytes a second each way, `trip` the seconds there and back.

    `cuts` are the numbers of bytes, up and down together, after which the next connections break;
    `carried` counts what went up and down, `broken` the cuts that happened.
    """

    rate: float
    trip: float
    cuts: list[int] = field(default_factory=list)
    carried: list[int] = field(default_factory=lambda: [0, 0])
    broken: int = 0
    url: str = ""


@contextmanager
def poor_line(server: str, rate: float, trip: float) -> Iterator[PoorLine]:
    """A proxy on loopback to the server's address (`http://host:port`)."""
    host, _, port = server.removeprefix("http://").partition(":")
    listening = socket.create_server(("127.0.0.1", 0))
    line = PoorLine(rate, trip, url=f"http://127.0.0.1:{listening.getsockname()[1]}")

    def accept() -> None:
        with suppress(OSError):
            while True:
                near, _ = listening.accept()
                _Connection(line, near, socket.create_connection((host, int(port)), CONNECT_SECONDS)).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(CONNECT_SECONDS)


class _Connection:
    """One connection through the line."""

    def __init__(self, line: PoorLine, near: socket.socket, far: socket.socket) -> None:
        self._line, self._near, self._far = line, near, far
        self._left = line.cuts.pop(0) if line.cuts else None
        self._lock = threading.Lock()
        far.settimeout(None)
        for end in (near, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def start(self) -> None:
        """Carry both ways until one end closes."""
        for source, target, way in ((self._near, self._far, 0), (self._far, self._near, 1)):
            threading.Thread(target=self._carry, args=(source, target, way), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, way: int) -> None:
        idle = True
        with suppress(OSError):
            while piece := source.recv(PIECE):
                if idle:
                    time.sleep(self._line.trip / 2)
                time.sleep(len(piece) / self._line.rate)
                allowed = self._allowed(len(piece))
                target.sendall(piece[:allowed])
                self._line.carried[way] += allowed
                idle = len(piece) < PIECE
                if allowed < len(piece):
                    self._line.broken += 1
                    break
        self._end()

    def _allowed(self, wanted: int) -> int:
        """How many of the bytes still go through before the cut."""
        with self._lock:
            if self._left is None:
                return wanted
            allowed = min(wanted, self._left)
            self._left -= allowed
            return allowed

    def _end(self) -> None:
        for end in (self._near, self._far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
