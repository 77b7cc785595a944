"""Programs of several versions: one that lacks an entity and a group, and one that knows more than this.

The registry is what makes a version, so an old one is this one without some entries while it runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy.orm import Session

from app.journal import change, understanding
from app.journal.chain import SALT_BYTES, entry
from app.journal.change import Change
from app.journal.registry import BY_NAME, ENTITIES
from app.storage import logs, projection
from app.storage.heads import Sealed, packed_row
from app.storage.projection import project
from app.storage.store import Writer

CURRENT, OLD, NEWER = "current", "old", "newer"
CACHES = (understanding._by_types, projection._columns, projection._width)
RESULT, ENROLMENT, PARTICIPANT = (BY_NAME[name].number for name in ("result", "enrolment", "participant"))
UNKNOWN_ENTITY, UNKNOWN_GROUP = 90, 40
_running = [CURRENT]


@contextmanager
def running(version: str) -> Iterator[None]:
    """Let the process be a program of that version meanwhile."""
    before = _running[0]
    if (before == OLD) == (version == OLD):
        yield
        return
    _become(version)
    try:
        yield
    finally:
        _become(before)


def _become(version: str) -> None:
    _running[0] = version
    if version == OLD:
        ENTITIES.pop(RESULT)
        known = ENTITIES[ENROLMENT]
        ENTITIES[ENROLMENT] = replace(known, groups=known.groups[:1])
    else:
        for name in ("result", "enrolment"):
            ENTITIES[BY_NAME[name].number] = BY_NAME[name]
    for cache in CACHES:
        cache.cache_clear()


def write_what_nobody_knows(session: Session, number: int) -> None:
    """Record as a newer version does: a row of an entity, and a group, that came later."""
    writer: Writer = session.info["writer"]
    assert writer.identity is not None, "laptops that write have an identity"
    connection = session.connection()
    wall = writer.clock()
    head = logs.own(connection, writer.identity, writer.scope, wall)
    made = [
        Change(UNKNOWN_ENTITY, (number,), {1: ("later", number)}, (), None, wall),
        Change(PARTICIPANT, (bytes([number]) * 16,), {UNKNOWN_GROUP: (True, None)}, (), None, wall),
        Change(PARTICIPANT, (bytes([number]) * 16,), {2: ("no text\0", None)}, (), None, wall),
        Change(PARTICIPANT, (bytes(201 + number),), {2: ("too long a key", None)}, (), None, wall),
        Change(PARTICIPANT, (bytes([number]) * 16,), {2: (7, "a number")}, (), None, wall),
    ]
    links = [entry(bytes(SALT_BYTES), change.pack(one)) for one in made]
    hashes = logs.append(connection, head, links)
    sealed = [
        Sealed(seq, chain_hash, one, packed_row(one.entity, one.key))
        for seq, (chain_hash, one) in enumerate(zip(hashes, made, strict=True), head.head_seq + 1)
    ]
    project(connection, head, sealed)
