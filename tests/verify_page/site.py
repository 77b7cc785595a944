"""A loopback server with the verification page and the two lists, and Debian's Chromium to open it with."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app.certificates import qr
from sync.hq import verify_page
from tests.certificates import samples

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
]


@dataclass(slots=True)
class Site:
    """What the server gives, and what it was asked; a test may exchange the lists, or take them away."""

    address: str = ""
    pinned: bytes | None = field(default_factory=samples.trust_file)
    trust: bytes | None = field(default_factory=samples.trust_file)
    status: bytes | None = field(default_factory=samples.status_list)
    asked: list[str] = field(default_factory=list)

    @property
    def page(self) -> str:
        """Where QR codes lead."""
        return f"{self.address}/v"

    def opening(self, payload: bytes) -> str:
        """The address that a certificate's QR opens, on this server."""
        return f"{self.page}#{number(payload)}"


def number(payload: bytes) -> str:
    """The digits in the QR of a certificate or back page."""
    return qr.text(payload, samples.HOST).partition("#")[2]


def application(site: Site) -> ASGIApp:
    """Page and lists, as headquarters serves them."""

    def listed(name: str) -> Route:
        async def answer(request: Request) -> Response:
            raw: bytes | None = getattr(site, name)
            return Response(raw or b"", status_code=404 if raw is None else 200)

        return Route(f"/{name}.cose", answer)

    pages = Starlette(routes=[*verify_page.routes(lambda: site.pinned), listed("trust"), listed("status")])

    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        site.asked.append(f"{scope['path']} {scope['query_string']} {scope['headers']}")
        await pages(scope, receive, send)

    return noting


@contextmanager
def serving() -> Iterator[Site]:
    """The page and the two lists, until the test is over."""
    site = Site()
    with listening(application(site)) as site.address:
        yield site


@contextmanager
def listening(pages: ASGIApp) -> Iterator[str]:
    """A server for an application on a free port of loopback; gives its address."""
    door = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(pages, log_level="error", lifespan="off", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        door.close()


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Debian's Chromium without a window; never a browser that Playwright brings."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()
