"""The heads at headquarters against the naive reading of the format, which shares nothing with it."""

from __future__ import annotations

from app.journal.change import parse
from app.storage.store import Store
from tests.simulation.ledger import Broken, query
from tests.storage import oracle
from tests.storage.oracle import Placed

_LOGS = "SELECT id, log, parent, start FROM log ORDER BY id"
_CHANGES = "SELECT seq, hash, body FROM change WHERE log = ? ORDER BY seq"
_HEADS = "SELECT row, part, hash FROM head"


def agrees(store: Store) -> None:
    """No loser is silent: the heads are exactly the changes nobody has superseded."""
    chains: dict[int, list[Placed]] = {}
    for row, log, parent, start in query(store, _LOGS):
        before = [] if parent is None else [placed for placed in chains[parent] if placed.seq < start]
        found = query(store, _CHANGES, row)
        chains[row] = before + [Placed(log, seq, chain_hash, parse(body)) for seq, chain_hash, body in found]
    expected = oracle.state(list(chains.values()))
    live: dict[tuple[bytes, int], set[bytes]] = {}
    for row, part, chain_hash in query(store, _HEADS):
        live.setdefault((row, part), set()).add(chain_hash)
    if live != {part: heads for part, heads in expected.heads.items() if heads}:
        raise Broken("no silent loser: the heads are not the changes that nobody has superseded")
