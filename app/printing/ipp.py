"""Asks a print server what became of a job (IPP, RFC 8010, 8011): to `lpstat` a cancelled one is complete."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import Refused

_SOCKET = "/run/cups/cups.sock"
_PORT = 631
_PATIENCE = 20.0
_VERSION = (2, 0)
_GET_JOB_ATTRIBUTES = 0x0009
_NOT_FOUND = 0x0406
_OPERATION, _END, _GROUPS_BELOW = 0x01, 0x03, 0x10
_INTEGER, _ENUM = 0x21, 0x23
_CHARSET, _LANGUAGE, _URI, _KEYWORD = 0x47, 0x48, 0x45, 0x44


@dataclass(frozen=True, slots=True)
class Server:
    """Where the print server listens: the path of its socket, or host and port."""

    place: str | tuple[str, int]

    @classmethod
    def usual(cls, named: str | None = None) -> Server:
        """The one named as CUPS names it (`/socket`, `host`, `host:port`), else the system's."""
        name = named or os.environ.get("CUPS_SERVER")
        if name is None:
            return cls(_SOCKET if Path(_SOCKET).exists() else ("localhost", _PORT))
        if name.startswith("/"):
            return cls(name)
        host, _, port = name.partition("/")[0].partition(":")
        return cls((host, int(port) if port.isdecimal() else _PORT))

    def job_state(self, number: int) -> int | None:
        """The state of a job (RFC 8011, 5.3.7: below 7 under way, 9 completed), None if nobody remembers it.

        Raises Refused("printing-unavailable").
        """
        try:
            status, attributes = _read(self._post(_question(number)))
        except (OSError, struct.error, IndexError) as fault:
            raise Refused("printing-unavailable") from fault
        if status == _NOT_FOUND:
            return None
        if status >= 0x0400 or "job-state" not in attributes:
            raise Refused("printing-unavailable")
        return attributes["job-state"]

    def _post(self, body: bytes) -> bytes:
        """The answer's body. HTTP 1.0, so that the end of the connection is the end of the answer."""
        head = b"POST / HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/ipp\r\n"
        with self._connection() as connection:
            connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            answer = b"".join(iter(lambda: connection.recv(65_536), b""))
        return answer.partition(b"\r\n\r\n")[2]

    def _connection(self) -> socket.socket:
        if isinstance(self.place, tuple):
            return socket.create_connection(self.place, _PATIENCE)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_PATIENCE)
        try:
            connection.connect(self.place)
        except OSError:
            connection.close()
            raise
        return connection


def _question(number: int) -> bytes:
    head = struct.pack(">BBHI", *_VERSION, _GET_JOB_ATTRIBUTES, 1)
    attributes = (
        (_CHARSET, "attributes-charset", "utf-8"),
        (_LANGUAGE, "attributes-natural-language", "en"),
        (_URI, "job-uri", f"ipp://localhost/jobs/{number}"),
        (_KEYWORD, "requested-attributes", "job-state"),
    )
    written = (
        struct.pack(f">BH{len(name)}sH", tag, len(name), name.encode("ascii"), len(value))
        + value.encode("ascii")
        for tag, name, value in attributes
    )
    return head + bytes([_OPERATION]) + b"".join(written) + bytes([_END])


def _read(answer: bytes) -> tuple[int, dict[str, int]]:
    """The status, and those attributes that are numbers."""
    (status,) = struct.unpack_from(">H", answer, 2)
    return status, dict(_numbers(answer, 8))


def _numbers(answer: bytes, at: int) -> Iterator[tuple[str, int]]:
    while answer[at] != _END:
        tag = answer[at]
        at += 1
        if tag < _GROUPS_BELOW:
            continue
        name, at = _counted(answer, at)
        value, at = _counted(answer, at)
        if tag in (_INTEGER, _ENUM) and len(value) == 4:
            yield name.decode("ascii", "replace"), int.from_bytes(value, "big", signed=True)


def _counted(answer: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", answer, at)
    return answer[at + 2 : at + 2 + length], at + 2 + length
