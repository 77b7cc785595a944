"""Packing frames ahead: while headquarters takes one in, the next of the same log is made."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import NamedTuple

from sqlalchemy import Connection

from app.storage.logs import LogHead
from app.storage.store import Store
from sync import runs
from sync.runs import Cut


class _Asked(NamedTuple):
    """Which frame: of which log (or branch, by row id), after which number, of about how many bytes."""

    row: int
    after: int
    target: int


class Packing:
    """Makes frames, and has one more in the making; one that is not what is wanted next is dropped."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="balai-packing")
        self._ahead: tuple[_Asked, Future[Cut | None]] | None = None

    def __enter__(self) -> Packing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.shutdown(wait=True, cancel_futures=True)

    def next_frame(self, connection: Connection, head: LogHead, after: int, target: int) -> Cut | None:
        """As `runs.next_frame`; the one after it is begun, and may come out smaller than asked for later."""
        cut = self._made_ahead(_Asked(head.row, after, target))
        if cut is None:
            cut = runs.next_frame(connection, head, after, target)
        if cut is not None and cut.last < head.signed_seq:
            following = _Asked(head.row, cut.last, target)
            self._ahead = following, self._worker.submit(self._make, head, following)
        return cut

    def _made_ahead(self, asked: _Asked) -> Cut | None:
        if self._ahead is None:
            return None
        made, coming = self._ahead
        self._ahead = None
        cut = coming.result()
        return cut if made[:2] == asked[:2] and made.target <= asked.target else None

    def _make(self, head: LogHead, asked: _Asked) -> Cut | None:
        with self._store.read() as session:
            return runs.next_frame(session.connection(), head, asked.after, asked.target)
