"""What was ever committed and acknowledged, written down outside of every simulated machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.storage import anchor
from app.storage.store import Store
from app.storage.workplace import Workplace
from sync.protocol.reply import Reply

HASH8 = 8
_OWN = "SELECT id, log, head_seq FROM log WHERE own AND branch = x''"
_NEW = "SELECT seq, hash, salt, body FROM change WHERE log = ? AND seq > ? ORDER BY seq"
_AT = "SELECT hash FROM change WHERE log = ? AND seq = ?"
_ANYWHERE = "SELECT c.hash FROM change c JOIN log l ON l.id = c.log WHERE l.log = ? AND c.seq = ?"
_ASIDE = "SELECT hash FROM hq_aside WHERE log = ? AND last = ?"
_HASHES = "SELECT hash FROM change"
_WHOLE = "SELECT hash, salt, body FROM change"


class Made(NamedTuple):
    """A change as its machine committed it."""

    log: bytes
    seq: int
    salt: bytes
    body: bytes | None


class Broken(AssertionError):
    """Something that must hold did not."""


@dataclass(slots=True)
class Ledger:
    """`required` are the changes that must end up at headquarters, by chain hash; `ever` all of them."""

    required: dict[bytes, Made] = field(default_factory=dict)
    ever: dict[tuple[bytes, int], set[bytes]] = field(default_factory=lambda: defaultdict(set))
    _seen: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _last: dict[str, dict[tuple[int, int], bytes]] = field(default_factory=lambda: defaultdict(dict))
    _acknowledged: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)

    def committed(self, machine: str, store: Store) -> None:
        """Write down what the machine has committed in logs of its own since the last look."""
        seen = self._seen[machine]
        for row, log, head in query(store, _OWN):
            if head <= seen.get(row, -1):
                continue
            for seq, chain_hash, salt, body in query(store, _NEW, row, seen.get(row, -1)):
                self.required[chain_hash] = Made(log, seq, salt, body)
                self.ever[log, seq].add(chain_hash)
                self._last[machine][row, seq] = chain_hash
            seen[row] = head

    def durable(self, machine: str, store: Store) -> None:
        """After a crash everything committed or acknowledged before is still there."""
        for (row, seq), chain_hash in self._last[machine].items():
            if query(store, _AT, row, seq) != [(chain_hash,)]:
                raise Broken(f"durable: {machine} lost a committed change, number {seq}")
        for log, (seq, hash8) in self._acknowledged.items() if machine == "hq" else ():
            if not _on_disk(store, log, seq, hash8):
                raise Broken(f"true words: headquarters lost what it had acknowledged, number {seq}")

    def acknowledged(self, reply: bytes, store: Store) -> None:
        """What a reply of headquarters acknowledges lies on its disk at that moment."""
        head = Reply([reply]).head
        for log, (seq, hash8) in head.acks.items():
            if not _on_disk(store, log, seq, hash8):
                raise Broken(f"true words: number {seq} was acknowledged and is not on the disk")
            if seq >= self._acknowledged.get(log, (-1, b""))[0]:
                self._acknowledged[log] = (seq, hash8)

    def anchored(self, place: Workplace) -> None:
        """What headquarters has of a laptop's own logs, the laptop remembers outside of its database."""
        kept = anchor.load(place.machine, place.key)
        assert kept is not None, "laptops have one"
        for _, log, head in query(place.store, _OWN):
            acknowledged = self._acknowledged.get(log, (-1, b""))[0]
            if min(head, acknowledged) > kept.logs.get(log, (-1, b""))[0]:
                raise Broken("no reuse: something left the machine before the anchor knew of it")

    def gone(self, machine: str, before: Iterable[bytes], still: Sequence[Store]) -> None:
        """A machine was put back to an older state: what nobody else holds is lost to this world."""
        held = {chain_hash for store in still for (chain_hash,) in query(store, _HASHES)}
        for chain_hash in set(before) - held:
            self.required.pop(chain_hash, None)
        self._seen.pop(machine, None)
        self._last.pop(machine, None)
        if machine == "hq":
            self._acknowledged.clear()

    def copied(self, machine: str, copy: str) -> None:
        """A whole disk was copied: the copy has committed what the machine has."""
        self._seen[copy] = dict(self._seen[machine])
        self._last[copy] = dict(self._last[machine])

    def forks(self) -> set[bytes]:
        """The logs in which one number was used twice, by changes that are not lost to this world."""
        known = self.required.keys()
        return {log for (log, _), hashes in self.ever.items() if len(hashes & known) > 1}


def hashes(store: Store) -> set[bytes]:
    """The chain hashes of all changes in a database."""
    return {chain_hash for (chain_hash,) in query(store, _HASHES)}


def contents(store: Store) -> dict[bytes, tuple[bytes, bytes | None]]:
    """Salt and bytes of all changes in a database, by chain hash."""
    return {chain_hash: (salt, body) for chain_hash, salt, body in query(store, _WHOLE)}


def query(store: Store, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """What is committed in a database, asked without the program's help."""
    with _connection(store) as connection:
        return list(connection.execute(statement, values))


@contextmanager
def _connection(store: Store) -> Iterator[Any]:
    pooled = store.engine.raw_connection()
    try:
        yield pooled.driver_connection
    finally:
        pooled.close()


def _on_disk(store: Store, log: bytes, seq: int, hash8: bytes) -> bool:
    found = query(store, _ANYWHERE, log, seq) + query(store, _ASIDE, log, seq)
    return any(chain_hash[:HASH8] == hash8 for (chain_hash,) in found)
