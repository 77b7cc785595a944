"""Headquarters serves the verification page at `/v`: static files from memory, with the trust file pinned."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sync.hq.verify_files import folder, policy

PAGE = "index.html"
_KINDS = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "woff2": "font/woff2",
}
_PACKED_ALREADY = ("png", "woff2")
_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": policy(frame_ancestors="'none'"),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is sent: its bytes, the same packed (None where that gains nothing), kind and tag."""

    plain: bytes
    packed: bytes | None
    kind: str
    tag: str


def routes(pinned: Callable[[], bytes | None]) -> list[BaseRoute]:
    """The routes of the page; `pinned` gives the latest trust file, None before one is signed.

    It is called in a thread for each request, so it may read the database.
    """

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_answer, request, pinned)

    return [
        Route("/v", answer, methods=["GET"]),
        Route("/v/{name:path}", answer, methods=["GET"]),
    ]


def _answer(request: Request, pinned: Callable[[], bytes | None]) -> Response:
    name = request.path_params.get("name") or PAGE
    file = _files(pinned()).get(name)
    if file is None:
        return Response(status_code=404)
    headers = _HEADERS | {"ETag": file.tag}
    if name == "sw.js":
        headers["Service-Worker-Allowed"] = "/v"
    if request.headers.get("if-none-match") == file.tag:
        return Response(status_code=304, headers=headers)
    if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.packed, media_type=file.kind, headers=headers | {"Content-Encoding": "gzip"})
    return Response(file.plain, media_type=file.kind, headers=headers)


@lru_cache(maxsize=2)
def _files(trust: bytes | None) -> dict[str, _File]:
    return {name: _file(name, content) for name, content in folder(trust).items()}


@lru_cache(maxsize=256)
def _file(name: str, content: bytes) -> _File:
    """Packed once; of a new trust file only the page and its worker are new."""
    suffix = name.rpartition(".")[2]
    packed = None if suffix in _PACKED_ALREADY else gzip.compress(content, 9, mtime=0)
    return _File(content, packed, _KINDS[suffix], f'"{sha256(content).hexdigest()[:24]}"')
