"""What headquarters would send down, fetched to be looked at only: no cursor moves, nothing goes up."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from app.errors import Refused, SyncTrouble
from app.storage.store import Store
from sync import runs
from sync.client import state
from sync.client.driver import MAX_CHALLENGES, MOST, signed_heads
from sync.client.patience import Patience
from sync.protocol import exchange, signing
from sync.protocol.cbor import Torn
from sync.protocol.exchange import CURSOR_HASH_BYTES, Cursor, Request, Sent, Status
from sync.protocol.link import Exchange
from sync.protocol.reply import Reply


def fetched(store: Store, link: Exchange, patience: Patience) -> Iterator[bytes]:
    """The frames; raises SyncTrouble. The token is kept, since the one before it is used up."""
    with store.read() as session:
        cursors = state.cursors(session, state.scopes(store.scope))
    more, challenges = True, 0
    while more:
        status, sent, more = patience.insist(lambda: _asked(store, link, cursors), lambda trouble: None)
        if status is Status.CHALLENGE:
            challenges += 1
            if challenges >= MAX_CHALLENGES:
                raise SyncTrouble("sync-challenged")
            more = True
        for item in sent:
            alone = len(item.frame) == CURSOR_HASH_BYTES
            hash4 = item.frame if alone else sha256(item.frame).digest()[:CURSOR_HASH_BYTES]
            cursors[item.scope] = Cursor(item.number, hash4)
            if not alone:
                yield item.frame


def _asked(store: Store, link: Exchange, cursors: dict[int, Cursor]) -> tuple[Status, list[Sent], bool]:
    identity = store.identity
    if identity is None:
        raise Refused("read-only-copy")
    with store.read() as session:
        connection = session.connection()
        heads = signed_heads(connection, state.scopes(store.scope))
        fresh = any(cursor.number == 0 for cursor in cursors.values())
        request = Request(
            identity.device_id,
            state.token(session),
            runs.digest(connection, state.scopes(store.scope)),
            heads if fresh else None,
            cursors,
            (),
            MOST,
        )
    payload = exchange.pack_request(request)
    body = signing.sign_request(identity.signing, "POST", link.host, exchange.PATH, payload)
    try:
        reply = Reply(link.sync(body))
        with store.write() as session:
            state.keep_token(session, reply.head.token)
        return reply.head.status, list(reply.frames()), bool(reply.more)
    except Torn as torn:
        raise SyncTrouble("sync-cut", again=True) from torn
