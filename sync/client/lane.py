"""Fetching the chunks that headquarters published and this laptop lacks, once the changes are in step."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import SyncTrouble
from app.queries import publications
from app.storage.store import Store
from sync import lane
from sync.client.patience import Patience
from sync.protocol import chunks
from sync.protocol.cbor import Torn
from sync.protocol.link import Exchange

TOGETHER = 16 * 1024  # bytes of chunks kept in one transaction


def fetch(store: Store, link: Exchange, patience: Patience, cancelled: Callable[[], bool]) -> int:
    """Fetch what is missing; returns how many chunks still are.

    No trouble here is one of the sync, which is done: the next one goes on where this one stopped.
    """
    going = True
    while going and _missing(store) and not cancelled():
        try:
            going = patience.insist(lambda: _some(store, link), lambda trouble: None) > 0
        except SyncTrouble:
            going = False
    return len(_missing(store))


def _missing(store: Store) -> list[bytes]:
    with store.read() as session:
        return publications.missing(session)


def _some(store: Store, link: Exchange) -> int:
    """Ask for the next few and keep them as they come; how many came."""
    asked = _missing(store)[: chunks.AT_ONCE]
    waiting: list[bytes] = []
    kept = 0
    if not asked:
        return 0
    try:
        for chunk in chunks.received(link.chunks(chunks.pack_request(asked))):
            waiting.append(chunk)
            if sum(map(len, waiting)) >= TOGETHER:
                kept += _keep(store, asked, waiting)
                waiting = []
    except Torn as torn:
        raise SyncTrouble("sync-cut", again=True) from torn
    finally:
        kept += _keep(store, asked, waiting)
    return kept


def _keep(store: Store, asked: list[bytes], offered: list[bytes]) -> int:
    if not offered:
        return 0
    with store.write() as session:
        kept = lane.take(session, asked, offered)
        session.flush()
        lane.tidy(session)
    return kept
