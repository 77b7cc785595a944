"""The line: what the HTTP client sends reaches headquarters' real application in this process, or does not.

Each request draws at most one of the faults that the line has at the moment. Nothing waits: stalls and pauses
move the virtual clock.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import requests
import urllib3
from requests.adapters import BaseAdapter

from tests.simulation.faults import LINE, Fault

PAGE = b"<!DOCTYPE html><html><title>Wi-Fi: silakan masuk</title></html>"
STALL_SECONDS = 60
NARROW = 6_000  # bytes a narrow proxy lets through
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, header fields and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Line:
    """The line to headquarters.

    `serve` hands a request's body to headquarters' application; None: it broke down over it. `faults` are
    those the line has now, `rate` how often a request meets one, `coming` what the very next ones meet.
    """

    serve: Callable[[str, bytes, bool], Answer | None]
    fired: Callable[[Fault], None]
    sleep: Callable[[float], None]
    rng: Random = field(default_factory=Random)
    faults: tuple[Fault, ...] = ()
    rate: float = 0.5
    coming: list[Fault] = field(default_factory=list)
    _late: list[tuple[str, bytes]] = field(default_factory=list)

    def send(self, path: str, body: bytes) -> tuple[Answer, int | None, bool]:
        """The answer, after how many bytes of it the line breaks (None: never), and whether it stalls."""
        fault = self._draw(body)
        if fault is None:
            return self._served(path, body), None, False
        self.fired(fault)
        if fault in (Fault.DROP, Fault.CUT_UP, Fault.LOST, Fault.STALL):
            return self._broken(fault, path, body)
        if fault is Fault.REPEAT:
            self._served(path, body)
            return self._served(path, body), None, False
        if fault is Fault.REORDER:
            self._late.append((path, body))
            raise requests.ConnectionError("out of order")
        if fault is Fault.CUT_DOWN:
            answer = self._served(path, body)
            return answer, self.rng.randrange(len(answer.body) + 1), self.rng.random() < 0.3
        return _refusal(fault, self.rng), None, False

    def settle(self) -> None:
        """Late requests arrive after all."""
        for path, body in self._late:
            self.serve(path, body, False)
        self._late.clear()

    def _broken(self, fault: Fault, path: str, body: bytes) -> tuple[Answer, int | None, bool]:
        if fault is Fault.CUT_UP:
            self.serve(path, body[: self.rng.randrange(len(body))], True)
        if fault is Fault.LOST:
            self._served(path, body)
        if fault is Fault.STALL:
            self.sleep(STALL_SECONDS)
            if self.rng.random() < 0.5:
                self._served(path, body)
            raise requests.ReadTimeout("stalled")
        raise requests.ConnectionError(str(fault))

    def _served(self, path: str, body: bytes) -> Answer:
        if self._late and self.rng.random() < 0.7:
            late = self._late.pop(self.rng.randrange(len(self._late)))
            self.serve(*late, False)
        answer = self.serve(path, body, False)
        if answer is None:
            raise requests.ConnectionError("the server went away")
        return answer

    def _draw(self, body: bytes) -> Fault | None:
        if self.coming:
            return self.coming.pop(0)
        if not self.faults or self.rng.random() >= self.rate:
            return None
        fault = self.rng.choice(self.faults)
        assert fault in LINE, "other faults are no business of the line"
        return None if fault is Fault.TOO_BIG and len(body) <= NARROW and self.rng.random() < 0.8 else fault


def _refusal(fault: Fault, rng: Random) -> Answer:
    if fault is Fault.TOO_BIG:
        return Answer(413, {}, PAGE)
    if fault is Fault.BUSY:
        wait = {"Retry-After": rng.choice(["0", "7", "600", "soon"])}
        return Answer(rng.choice([429, 503]), wait, b"")
    if fault is Fault.BROKEN:
        return Answer(500, {}, rng.choice([b"", b"Internal Server Error", PAGE]))
    return Answer(
        *rng.choice([(200, {}, PAGE), (302, {"Location": "http://10.0.0.1/"}, b""), (511, {}, PAGE)])
    )


class Adapter(BaseAdapter):
    """What the HTTP client sends through, instead of sockets."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """The response, whose body may break off while it is read."""
        body = request.body if isinstance(request.body, bytes) else b""
        answer, cut, stalls = self._line.send(str(request.path_url), body)
        response = requests.Response()
        response.status_code, response.reason, response.request = answer.status, "", request
        response.headers.update(answer.headers)
        response.url = str(request.url)
        content = io.BytesIO(answer.body) if cut is None else _Breaking(answer.body[:cut], stalls)
        response.raw = urllib3.HTTPResponse(
            content,
            headers={**answer.headers, "Content-Length": str(len(answer.body))},
            status=answer.status,
            preload_content=False,
            enforce_content_length=True,
        )
        return response

    def close(self) -> None:
        """Nothing is held."""


class _Breaking(io.BytesIO):
    """A body that ends too early, or never goes on."""

    def __init__(self, content: bytes, stalls: bool) -> None:
        super().__init__(content)
        self._stalls = stalls

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        if not found and self._stalls:
            raise TimeoutError("stalled")
        return found


def call(application: Any, host: str, path: str, body: bytes, cut: bool) -> Answer:
    """One POST to an ASGI application that never really waits; `cut`: the client goes away after `body`."""
    sent: list[Mapping[str, Any]] = []
    pieces: list[dict[str, Any]] = [
        {"type": "http.request", "body": body, "more_body": cut},
        {"type": "http.disconnect"},
    ]

    async def receive() -> dict[str, Any]:
        return pieces.pop(0)

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": path, "raw_path": path.encode(),
        "query_string": b"", "headers": [(b"host", host.encode())], "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8765), "scheme": "http", "root_path": "",
    }  # fmt: skip
    _finish(application(scope, receive, send))
    headers: Headers = sent[0]["headers"]
    content = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(sent[0]["status"], {name.decode(): value.decode() for name, value in headers}, content)


def _finish(work: Coroutine[Any, Any, None]) -> None:
    try:
        work.send(None)
    except StopIteration:
        return
    raise AssertionError("headquarters waited for something in a world where nothing takes time")
