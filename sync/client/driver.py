"""One sync, from the first signature to "synced": hand over, fetch, and compare, request by request.

    sign       what was written since the last time, and the anchor advanced, before anything leaves
    request    one frame that headquarters lacks, and what we lack
    reply      kept as it comes, each frame in one transaction with its cursor
    compare    the digests agree and headquarters acknowledges our heads: synced
    chunks     what headquarters published beside the changes, as far as the line lasts

Headquarters says what it has; our memory of it only saves asking. Where the digests differ with
nothing left to send or fetch, the heads of all logs are exchanged, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.errors import Refused, SyncTrouble
from app.storage import logs, settings
from app.storage.logs import LogHead
from app.storage.store import Store
from sync import runs
from sync.client import lane, state, taking
from sync.client.pace import FIRST, Pace
from sync.client.packing import Packing
from sync.client.patience import Patience
from sync.client.replies import Ledger
from sync.protocol import exchange, signing
from sync.protocol.cbor import Torn
from sync.protocol.exchange import CURSOR_HASH_BYTES, HASH_BYTES, Cursor, Head, Request, Sent, Status
from sync.protocol.link import Exchange
from sync.protocol.reply import Beginning, Reply
from sync.runs import Cut

MOST = 1024 * 1024
MAX_CHALLENGES = 3
TOGETHER = 64 * 1024  # bytes of frames kept in one transaction


@dataclass(slots=True)
class Tally:
    """What a sync has done so far; `tables` are those that other people's changes touched.

    `chunks_missing` are pieces of published lists and templates that have not come yet.
    """

    requests: int = 0
    changes_up: int = 0
    changes_down: int = 0
    tables: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    synced: bool = False
    revoked: bool = False
    chunks_missing: int = 0
    headquarters_time: int = 0


@dataclass(frozen=True, slots=True)
class Manners:
    """How a sync behaves: `progress` is told after each request, `cancelled` is asked before each one."""

    patience: Patience = field(default_factory=Patience)
    progress: Callable[[Tally], None] = lambda tally: None
    cancelled: Callable[[], bool] = lambda: False


class Driver:
    """Syncs one store with headquarters; `advance` brings the anchor up to the database, durably."""

    def __init__(self, store: Store, link: Exchange, advance: Callable[[], None], manners: Manners) -> None:
        if store.identity is None:
            raise Refused("read-only-copy")
        self.tally = Tally()
        self._store = store
        self._identity = store.identity
        self._scopes = state.scopes(store.scope)
        self._link = link
        self._advance = advance
        self._manners = manners
        self._pace = Pace()
        self._begun: Beginning | None = None
        self._packing = Packing(store)
        self._ledger = Ledger()
        self._challenges = 0

    def run(self) -> Tally:
        """Sync; raises SyncTrouble where the line or the server ends it early, with all kept so far."""
        self._sign()
        going = True
        with self._packing:
            while going:
                if self._manners.cancelled():
                    raise SyncTrouble("sync-cancelled")
                going = self._manners.patience.insist(self._exchange, self._on_cut)
                self._manners.progress(self.tally)
        if not self.tally.revoked:
            self.tally.chunks_missing = lane.fetch(
                self._store, self._link, self._manners.patience, self._manners.cancelled
            )
        return self.tally

    def _sign(self) -> None:
        with self._store.write() as session:
            connection = session.connection()
            self._pace = Pace(state.pace(session) or FIRST)
            self._begun = state.begun(session)
            runs.sign(connection, self._identity)
            self._ledger.begin(connection, self._held(connection), state.acknowledged(session))
            self._sign_closer(connection)
        self._advance()

    def _on_cut(self, trouble: SyncTrouble) -> None:
        """Before the same is tried again: smaller frames, and signatures close enough for them."""
        self._pace.cut()
        with self._store.write() as session:
            self._sign_closer(session.connection())

    def _sign_closer(self, connection: Connection) -> None:
        for head, after in self._ledger.pending(self._held(connection)):
            runs.sign_closer(connection, self._identity, head, after, self._pace.weight)

    def _exchange(self) -> bool:
        """One request and its reply; whether there is more to do."""
        body = self._request()
        self.tally.requests += 1
        try:
            with self._pace.timed(len(body)):
                reply = Reply(self._link.sync(body), self._begun)
            self._take_head(reply.head)
            self._take_frames(reply)
        except Torn as torn:
            raise SyncTrouble("sync-cut", again=True) from torn
        except SyncTrouble as trouble:
            if trouble.code == "sync-too-big" and self._pace.halve():
                with self._store.write() as session:
                    self._sign_closer(session.connection())
                return True
            raise
        return self._goes_on(reply)

    def _request(self) -> bytes:
        """The signed request, with the next frame headquarters lacks, if any."""
        with self._store.read() as session:
            connection = session.connection()
            held = self._held(connection)
            cut = self._cut(connection, held)
            cursors = state.cursors(session, self._scopes)
            asking = self._ledger.ask_heads or any(cursor.number == 0 for cursor in cursors.values())
            request = Request(
                self._identity.device_id,
                state.token(session),
                runs.digest(connection, self._scopes),
                signed_heads(connection, self._scopes) if asking else None,
                cursors,
                (cut.data,) if cut is not None else (),
                MOST,
                self._begun.claim() if self._begun is not None else None,
            )
        payload = exchange.pack_request(request)
        return signing.sign_request(self._identity.signing, "POST", self._link.host, exchange.PATH, payload)

    def _cut(self, connection: Connection, held: list[LogHead]) -> Cut | None:
        for head, after in self._ledger.pending(held):
            cut = self._packing.next_frame(connection, head, after, self._pace.target)
            if cut is not None:
                return cut
        return None

    def _take_head(self, head: exchange.ReplyHead) -> None:
        """Keep the token, what is acknowledged or refused, and what headquarters says it has."""
        with self._store.write() as session:
            state.keep_token(session, head.token)
            if state.pace(session) != self._pace.target:
                settings.put(session, state.PACE, self._pace.target)
            if head.status is Status.CHALLENGE:
                return
            now = self._store.clock()
            settings.put(session, state.CONTACT, now)
            settings.put(session, state.OFFSET, head.time - now)
            state.keep_acknowledged(session, head.acks, now)
            held = self._held(session.connection())
            self.tally.changes_up += self._ledger.acknowledged(session, held, head.acks)
            for refusal in head.refused:
                self._ledger.refusal(session, held, refusal)
            if head.heads is not None:
                state.keep_acknowledged(session, head.heads, now)
                self._ledger.compare(session, held, head.heads)
        self.tally.headquarters_time = head.time
        self.tally.revoked = head.status is Status.UPLINK_ONLY
        self.tally.refused |= self._ledger.refused

    def _take_frames(self, reply: Reply) -> None:
        """Keep the frames as they come, small ones together; what came before a cut, too."""
        waiting: list[Sent] = []
        begun: Beginning | None = None
        try:
            for sent in reply.frames():
                waiting.append(sent)
                if sum(len(other.frame) for other in waiting) >= TOGETHER:
                    self._keep(waiting, self._begun)
                    waiting = []
        except SyncTrouble:
            begun = reply.beginning() or self._begun
            raise
        finally:
            self._keep(waiting, begun)

    def _keep(self, frames: Sequence[Sent], begun: Beginning | None) -> None:
        """Keep frames and the cursors behind them, and the beginning of one more; all or none."""
        if not frames and begun == self._begun:
            return
        with self._store.write() as session:
            for sent in frames:
                self._keep_frame(session, *sent)
            if begun != self._begun:
                state.keep_begun(session, begun)
        self._begun = begun

    def _keep_frame(self, session: Session, scope: int, number: int, frame: bytes) -> None:
        """Take one in; one of 4 bytes is the cursor alone."""
        alone = len(frame) == CURSOR_HASH_BYTES
        hash4 = frame if alone else sha256(frame).digest()[:CURSOR_HASH_BYTES]
        if not alone:
            brought = taking.take(session, frame, self._identity.authority, self._scopes)
            self.tally.changes_down += brought.changes
            self.tally.tables |= brought.tables
        state.keep_cursor(session, scope, Cursor(number, hash4))

    def _goes_on(self, reply: Reply) -> bool:
        if reply.head.status is Status.CHALLENGE:
            self._challenges += 1
            if self._challenges >= MAX_CHALLENGES:
                raise SyncTrouble("sync-challenged")
            return True
        self._challenges = 0
        with self._store.read() as session:
            connection = session.connection()
            pending = self._ledger.pending(self._held(connection))
            same = runs.digest(connection, self._scopes) == reply.head.digest
            ours = signed_heads(connection, self._scopes) if same else {}
        if reply.more or pending:
            return True
        if same:
            self._synced(ours)
            return False
        if self._ledger.compared or self.tally.revoked:
            return self._ledger.ask_heads
        self._ledger.ask_heads = True
        return True

    def _synced(self, ours: Mapping[bytes, Head]) -> None:
        """Both ends hold the same, so headquarters has our heads, of a forked log our branch, too."""
        with self._store.write() as session:
            known, now = state.acknowledged(session), self._store.clock()
            news = {log: head for log, head in ours.items() if known.get(log) != head}
            state.keep_acknowledged(session, news, now)
            settings.put(session, state.SYNCED, now)
        self.tally.synced = True

    def _held(self, connection: Connection) -> list[LogHead]:
        return logs.held(connection, self._scopes, branches=True)


def signed_heads(connection: Connection, scopes: tuple[int, ...]) -> dict[bytes, Head]:
    """Where all logs stand here, up to their last signed points; of a forked one its first branch."""
    return {
        head.log: Head(head.signed_seq, logs.hash_at(connection, head, head.signed_seq)[:HASH_BYTES])
        for head in runs.signed_heads(connection, scopes)
        if not head.branch
    }
