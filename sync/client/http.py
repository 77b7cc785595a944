"""Headquarters at the other end of a line: lean requests, a stream back, and troubles with a name.

The only module that imports `requests`. Connecting may take 20 s and any silence 60 s; there is no
limit on the whole, since a slow line that still moves is a good line.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import SKIP_HEADER

from app.errors import Refused, SyncTrouble
from sync.protocol import chunks, enrolment, exchange, refusals
from sync.protocol.cbor import Malformed

CONNECT_SECONDS = 20
STALL_SECONDS = 60
PIECE = 2 * 1024  # what at most is lost of a reply when the line breaks
FIRST_OF_REPLY = 0x88  # an array of eight: the head of a reply
FIRST_OF_CHUNKS = 0x82  # an array of two: how many chunks come
FIRST_OF_ANSWER = 0x84  # an array of four: an enrolment answer
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LONGEST_WAIT = 3600


@dataclass(slots=True)
class Traffic:
    """What went over the line, HTTP heads included, in bytes."""

    requests: int = 0
    up: int = 0
    down: int = 0


class HttpExchange:
    """The HTTP client: one of the two implementations of `sync.protocol.link.Exchange`."""

    def __init__(self, url: str, connect: float = CONNECT_SECONDS, stall: float = STALL_SECONDS) -> None:
        """`url` is headquarters' address; without a scheme https, on loopback http.

        Raises Refused('sync-url-invalid' | 'sync-needs-tls').
        """
        self.url, self.host = _address(url)
        self.traffic = Traffic()
        self._timeouts = (connect, stall)
        self._session = _session(trust_environment=not is_loopback(self.host))

    def sync(self, body: bytes) -> Iterator[bytes]:
        """The reply to a signed request, in pieces as they arrive; raises SyncTrouble."""
        yield from self._stream(exchange.PATH, body, FIRST_OF_REPLY)

    def chunks(self, request: bytes) -> Iterator[bytes]:
        """The chunks asked for, in pieces as they arrive; raises SyncTrouble."""
        yield from self._stream(chunks.PATH, request, FIRST_OF_CHUNKS)

    def enrol(self, request: bytes) -> bytes:
        """The answer to an enrolment request; raises SyncTrouble."""
        response = self._post(enrolment.PATH, request)
        with response:
            answer = bytearray()
            for piece in self._pieces(response):
                answer += piece
                if len(answer) > enrolment.MAX_ANSWER or answer[0] != FIRST_OF_ANSWER:
                    raise _strange(bytes(answer[:PIECE]))
            return bytes(answer)

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def _stream(self, path: str, body: bytes, first: int) -> Iterator[bytes]:
        """The pieces of an answer that begins with this byte."""
        response = self._post(path, body)
        with response:
            started = False
            for piece in self._pieces(response):
                if not started and piece[0] != first:
                    raise _strange(piece)
                started = True
                yield piece
            if not started:
                raise SyncTrouble("sync-cut", again=True)

    def _post(self, path: str, body: bytes) -> requests.Response:
        request = requests.Request("POST", self.url + path, data=body)
        prepared = self._session.prepare_request(request)
        environment = self._session.merge_environment_settings(prepared.url, {}, True, None, None)
        try:
            response = self._session.send(
                prepared, timeout=self._timeouts, allow_redirects=False, **environment
            )
        except requests.exceptions.SSLError as fault:
            raise SyncTrouble("sync-tls") from fault
        except requests.ConnectionError as fault:
            raise SyncTrouble("sync-no-server", again=True, host=self.host) from fault
        except requests.Timeout as fault:
            raise SyncTrouble("sync-cut", again=True) from fault
        self.traffic.requests += 1
        self.traffic.up += len(body) + _head_up(path, self.host, len(body))
        self.traffic.down += _head_down(response)
        if response.status_code != 200:
            with response:
                raise self._refused(response)
        return response

    def _pieces(self, response: requests.Response) -> Iterator[bytes]:
        try:
            for piece in response.iter_content(PIECE):
                self.traffic.down += len(piece)
                yield piece
        except requests.RequestException as fault:
            raise SyncTrouble("sync-cut", again=True) from fault

    def _refused(self, response: requests.Response) -> SyncTrouble:
        """The trouble an answer other than 200 stands for."""
        body = b"".join(self._pieces(response))[: PIECE + 1]
        status = response.status_code
        if status in (429, 502, 503, 504):
            return SyncTrouble("sync-busy", again=True, wait=_wait(response))
        try:
            return refusals.parse(body)
        except Malformed:
            if status == 413:
                return SyncTrouble("sync-too-big")
            if status == 500 and not _page(body):
                return SyncTrouble("sync-busy", again=True, wait=None)
            return _strange(body)


def is_loopback(host: str) -> bool:
    """Whether the authority names this very machine."""
    name = urlsplit(f"//{host}").hostname or ""
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _address(url: str) -> tuple[str, str]:
    """Scheme and authority, and the authority alone, in small letters."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host, named = parts.netloc.lower(), parts.hostname
        port = parts.port
    except ValueError as fault:
        raise Refused("sync-url-invalid", field="url") from fault
    plain = parts.path in ("", "/") and not parts.query and not parts.fragment and "@" not in host
    if not named or not plain or port == 0 or parts.scheme not in ("", "http", "https"):
        raise Refused("sync-url-invalid", field="url")
    scheme = parts.scheme or ("http" if is_loopback(host) else "https")
    if scheme == "http" and not is_loopback(host):
        raise Refused("sync-needs-tls", field="url")
    return f"{scheme}://{host}", host


def _session(trust_environment: bool) -> requests.Session:
    """A session that says nothing it does not have to, and follows nobody elsewhere."""
    session = requests.Session()
    session.headers.clear()
    session.headers.update({"User-Agent": SKIP_HEADER, "Accept-Encoding": SKIP_HEADER})
    session.trust_env = trust_environment  # an office's proxy, but never for loopback
    session.auth = _no_auth
    adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1, max_retries=0)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps `requests` from sending what a .netrc file holds for the host."""
    return request


def _strange(body: bytes) -> SyncTrouble:
    """An answer that is none of ours: a network's log-in page, or something else altogether."""
    return SyncTrouble("sync-captive-portal") if _page(body) else Malformed(exchange.REPLY)


def _page(body: bytes) -> bool:
    return not body or body.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"<")


def _wait(response: requests.Response) -> int | None:
    """The seconds asked for by Retry-After; a date, or nothing, is None."""
    asked = response.headers.get("Retry-After", "")
    return min(int(asked), LONGEST_WAIT) if asked.isascii() and asked.isdigit() else None


def _head_up(path: str, host: str, length: int) -> int:
    return len(f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n")


def _head_down(response: requests.Response) -> int:
    fields = sum(len(name) + len(value) + 4 for name, value in response.raw.headers.items())
    return len(f"HTTP/1.1 {response.status_code} {response.reason}\r\n") + fields + 2
