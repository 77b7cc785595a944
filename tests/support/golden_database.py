"""Writes the golden database of this version: `python -m tests.support.golden_database`, before its release.

From then on the file stays as it is; every later version must open it.
"""

from __future__ import annotations

import json
from pathlib import Path

from app.journal.change import Change
from app.journal.device_certificate import DeviceKind
from app.storage import integrity, migrations
from app.storage.store import Store
from tests.support import hand, one_of_each
from tests.support.databases import AUTHORITY, KEY, take

FOLDER = Path(__file__).parent.parent / "golden" / "databases"


def write() -> None:
    """A row in every table, a conflict, an erased change, a branch, a change from the future."""
    path = FOLDER / f"{migrations.LATEST}.db"
    path.unlink(missing_ok=True)
    store = Store.encrypted(path, KEY, None, hand.CENTRE)
    log = hand.opened(hand.identity(AUTHORITY, centre=0, kind=DeviceKind.HEADQUARTERS))
    for change in one_of_each.changes():
        log.write(change)
    log.write(hand.mark("H"))
    clone = log.branch(len(log.changes) - 1)
    log.write(hand.mark("T"))
    clone.write(hand.mark("S", wall=hand.WALL + 1))
    log.write(Change(99, (1,), {1: ("from the future",)}, (), None, hand.WALL))
    log.erase(2)
    for branch in (log, clone):
        take(store, branch.run())
    with store.read() as session:
        shown = integrity.tables_hash(session.connection())
    report = integrity.check(store)
    store.engine.raw_connection().driver_connection.execute("PRAGMA journal_mode = DELETE")  # type: ignore[union-attr]  # SQLite's connection
    store.close()
    held = {"changes": report.changes, "tables": shown}
    path.with_suffix(".json").write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
