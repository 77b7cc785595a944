"""The doors of the server: sync, enrolment, health, the two lists and the page to check certificates with."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable, Iterable
from hashlib import sha256

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.errors import NotFound, Refused, StorageTrouble, SyncTrouble
from sync.hq import authority, enrolment, exchange, verify_page
from sync.hq.headquarters import Headquarters
from sync.protocol import chunks as chunk_messages
from sync.protocol import enrolment as enrolment_messages
from sync.protocol import exchange as exchange_messages
from sync.protocol import refusals

SEQUENCE = "application/cbor-seq"
CBOR = "application/cbor"
COSE = "application/cose"
RETRY_SECONDS = "20"
LOG = logging.getLogger("balai.hq")

Answer = Callable[[str, bytes], bytes]


def application(headquarters: Headquarters, hosts: Iterable[str] = ()) -> Starlette:
    """The server's application; `hosts` are further authorities it answers to, beside its own.

    Requests that come over loopback may name any loopback authority.
    """
    known = frozenset({headquarters.config.host, *hosts})

    def sync(host: str, body: bytes) -> bytes:
        return b"".join(exchange.answer(headquarters, host, body))

    def enrol(host: str, body: bytes) -> bytes:
        return enrolment.answer(headquarters, body)

    async def sync_door(request: Request) -> Response:
        limit = exchange_messages.MAX_BODY
        return await _answer(request, known, sync, limit, SEQUENCE)

    def chunks(host: str, body: bytes) -> bytes:
        return exchange.chunks_of(headquarters, body)

    async def chunks_door(request: Request) -> Response:
        return await _answer(request, known, chunks, chunk_messages.MAX_REQUEST, SEQUENCE)

    async def enrol_door(request: Request) -> Response:
        return await _answer(request, known, enrol, enrolment_messages.MAX_REQUEST, CBOR)

    return Starlette(
        routes=[
            Route(exchange_messages.PATH, sync_door, methods=["POST"]),
            Route(enrolment_messages.PATH, enrol_door, methods=["POST"]),
            Route(chunk_messages.PATH, chunks_door, methods=["POST"]),
            *_open_doors(headquarters),
            *verify_page.routes(lambda: _latest(headquarters, authority.latest_trust)),
        ]
    )


def _open_doors(headquarters: Headquarters) -> list[Route]:
    """What anybody may look at, by any name of the server."""

    async def health(request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(_health, headquarters))

    async def trust_file(request: Request) -> Response:
        return await run_in_threadpool(_file, headquarters, authority.latest_trust, request)

    async def status_file(request: Request) -> Response:
        return await run_in_threadpool(_file, headquarters, authority.latest_status, request)

    return [
        Route("/v1/health", health, methods=["GET"]),
        Route("/trust.cose", trust_file, methods=["GET"]),
        Route("/status.cose", status_file, methods=["GET"]),
    ]


async def _answer(request: Request, known: frozenset[str], work: Answer, limit: int, kind: str) -> Response:
    """Read the body within bounds, work in a thread, and put whatever is refused into our own words."""
    host = request.headers.get("host", "").lower()
    try:
        if host not in known and not _loopback(request, host):
            raise SyncTrouble("sync-host-foreign")
        body = await _body(request, limit)
        return Response(await run_in_threadpool(work, host, body), media_type=kind)
    except SyncTrouble as trouble:
        return _refusal(trouble.code)
    except (StorageTrouble, NotFound) as trouble:
        LOG.error("not answered: %s", trouble.code)
        return _refusal("sync-busy")
    except Refused as refusal:
        LOG.error("not answered: %s", refusal.code)
        return _refusal("sync-malformed")
    except ClientDisconnect:
        return Response(status_code=400)


def _refusal(code: str) -> Response:
    status = refusals.STATUSES.get(code, 400)
    headers = {"Retry-After": RETRY_SECONDS} if status == 503 else None
    known = code if code in refusals.STATUSES else "sync-malformed"
    return Response(refusals.pack(known), status_code=status, headers=headers, media_type=CBOR)


async def _body(request: Request, limit: int) -> bytes:
    """The body, of at most `limit` bytes; raises SyncTrouble('sync-too-big') before reading more."""
    collected = bytearray()
    async for piece in request.stream():
        collected += piece
        if len(collected) > limit:
            raise SyncTrouble("sync-too-big")
    return bytes(collected)


def _loopback(request: Request, host: str) -> bool:
    name = host.rpartition(":")[0] or host
    here = request.client is not None and _is_loopback(request.client.host)
    return here and (name == "localhost" or _is_loopback(name.strip("[]")))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _health(headquarters: Headquarters) -> dict[str, object]:
    with headquarters.read() as session:
        return {
            "status": "ok",
            "time": headquarters.now(),
            "trust_file": authority.latest_trust(session) is not None,
        }


def _latest(headquarters: Headquarters, latest: Callable[..., bytes | None]) -> bytes | None:
    with headquarters.read() as session:
        return latest(session)


def _file(headquarters: Headquarters, latest: Callable[..., bytes | None], request: Request) -> Response:
    """A list; nothing but its tag to whoever holds it already: phones ask at every visit."""
    found = _latest(headquarters, latest)
    if found is None:
        return Response(status_code=404)
    headers = {"Cache-Control": "no-cache", "ETag": f'"{sha256(found).hexdigest()[:24]}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(found, media_type=COSE, headers=headers)
