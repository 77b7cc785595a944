"""Headquarters' anchor: how far its own logs had gone, kept beside the database.

A database restored from a backup lacks what laptops may hold already. Its logs stop then, new ones
are opened, and the laptops bring the lost changes back.
"""

from __future__ import annotations

from pathlib import Path

import cbor2
from sqlalchemy import Connection, update
from sqlalchemy.orm import Session

from app.errors import StorageTrouble
from app.storage import incidents, logs
from app.storage.files import write_durably
from app.storage.tables.journal import Log

NAME = "watermark"


def keep(folder: Path, connection: Connection) -> None:
    """Remember durably where headquarters' own logs stand."""
    heads = {head.log: [head.head_seq, head.head_hash] for head in logs.held(connection) if head.own}
    write_durably(folder / NAME, cbor2.dumps(heads))


def compare(folder: Path, session: Session) -> None:
    """Stop our logs that fall short of what is remembered; raises StorageTrouble('anchor-damaged')."""
    connection = session.connection()
    here = {head.log: head for head in logs.held(connection) if head.own}
    for log, (seq, chain_hash) in _load(folder).items():
        head = here.get(log)
        if head is not None and head.head_seq >= seq and logs.hash_at(connection, head, seq) == chain_hash:
            continue
        session.execute(update(Log).where(Log.log == log).values(state=logs.STOPPED))
        incidents.note(session, "database-restored", log=log.hex())


def _load(folder: Path) -> dict[bytes, tuple[int, bytes]]:
    try:
        content = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return {}
    try:
        return {log: (seq, chain_hash) for log, (seq, chain_hash) in cbor2.loads(content).items()}
    except (ValueError, TypeError, AttributeError, cbor2.CBORDecodeError) as fault:
        raise StorageTrouble("anchor-damaged") from fault
