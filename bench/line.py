"""A poor line between two programs on loopback: so many bits a second each way, a delay, and cuts.

It counts what passes, TCP and TLS heads not included. A real line of the same speed carries a little less.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Queue

PIECE = 256


@dataclass(slots=True)
class Line:
    """`bits` a second each way, `delay` seconds for each way (half of a round trip).

    `cuts` are numbers of bytes, both ways together, after which the line breaks once.
    """

    bits: float
    delay: float = 0.0
    cuts: list[int] = field(default_factory=list)
    up: int = 0
    down: int = 0
    connections: int = 0
    broken: int = 0

    @contextmanager
    def to(self, host: str, port: int) -> Iterator[int]:
        """Stand before a server; gives the port to connect to."""
        listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, args=(listening, host, port), daemon=True).start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.close()

    def _accept(self, listening: socket.socket, host: str, port: int) -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:
                return
            self.connections += 1
            time.sleep(2 * self.delay)  # the handshake of a connection is a round trip of its own
            far = socket.create_connection((host, port))
            for source, sink, upwards in ((near, far, True), (far, near, False)):
                under_way: Queue[tuple[float, bytes]] = Queue()
                for work, ends in (
                    (self._take, (source, under_way)),
                    (self._bring, (source, sink, under_way, upwards)),
                ):
                    threading.Thread(target=work, args=ends, daemon=True).start()

    def _take(self, source: socket.socket, under_way: Queue[tuple[float, bytes]]) -> None:
        """Take what is sent, each piece with the moment at which the line will have carried it."""
        free = time.monotonic()
        data = b"-"
        while data:
            try:
                data = source.recv(PIECE)
            except OSError:
                data = b""
            free = max(free, time.monotonic()) + len(data) * 8 / self.bits
            under_way.put((free + self.delay, data))

    def _bring(
        self, source: socket.socket, sink: socket.socket, under_way: Queue[tuple[float, bytes]], upwards: bool
    ) -> None:
        """Hand each piece on at its moment, until the sender hangs up or the line breaks."""
        while True:
            due, data = under_way.get()
            time.sleep(max(0.0, due - time.monotonic()))
            if not data or self._breaks(len(data), upwards):
                break
            try:
                sink.sendall(data)
            except OSError:
                break
        for end in (source, sink):
            _hang_up(end)

    def _breaks(self, length: int, upwards: bool) -> bool:
        if upwards:
            self.up += length
        else:
            self.down += length
        if not self.cuts or self.up + self.down < self.cuts[0]:
            return False
        self.cuts.pop(0)
        self.broken += 1
        return True


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
