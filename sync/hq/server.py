"""The server's process: a socket, TLS where it is not loopback, uvicorn."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from app.errors import Refused, StorageTrouble
from sync.hq.api import application
from sync.hq.headquarters import Headquarters

LOOPBACK = ("127.0.0.1", "::1", "localhost")
KEEP_ALIVE_SECONDS = 75
BACKLOG = 256


@dataclass(frozen=True, slots=True)
class Binding:
    """Where the server listens. Without TLS files only loopback is allowed, unless a proxy does TLS."""

    address: str = "127.0.0.1"
    port: int = 8765
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False


def serve(headquarters: Headquarters, binding: Binding, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to stop; `ready` gets the address once connections are taken.

    Port 0 picks a free one. Raises Refused('hq-needs-tls'), StorageTrouble('hq-port-taken').
    """
    tls = binding.certificate is not None
    if not tls and not binding.behind_proxy and binding.address not in LOOPBACK:
        raise Refused("hq-needs-tls", address=binding.address)
    listening = listen(binding)
    port = listening.getsockname()[1]
    config = uvicorn.Config(
        application(headquarters),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        ssl_certfile=binding.certificate,
        ssl_keyfile=binding.key,
        lifespan="off",
    )
    ready(f"{'https' if tls else 'http'}://{binding.address}:{port}")
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


def listen(binding: Binding) -> socket.socket:
    """A listening socket; raises StorageTrouble('hq-port-taken')."""
    family = socket.AF_INET6 if ":" in binding.address else socket.AF_INET
    try:
        listening = socket.create_server((binding.address, binding.port), family=family, backlog=BACKLOG)
    except OSError as fault:
        raise StorageTrouble("hq-port-taken", port=binding.port) from fault
    # asyncio sets this only on sockets that name their protocol, which those of create_server do not; without
    # it the body of a reply waits 40 ms for the other end to acknowledge the head.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
