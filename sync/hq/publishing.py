"""Publishing what is too big for a change: the content kept in chunks, and a change that names them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.errors import Refused
from app.journal.device_certificate import EVERYBODY
from app.queries.publications import Kind
from app.storage import chunks
from app.storage.journal import Draft, record
from sync import lane

IN_A_CHANGE = 4 * 1024
"""Bytes up to which a list stands in its change: changes are kept for ever everywhere, chunks are not."""
LARGEST = 4 * 1024 * 1024


def publish(session: Session, kind: Kind, name: str, content: bytes) -> None:
    """Publish a content for everybody; raises Refused('publication-too-big') above 4 MiB."""
    if len(content) > LARGEST:
        raise Refused("publication-too-big", kind=str(kind), size=len(content), most=LARGEST)
    pieces = chunks.cut(content)
    chunks.keep(session.connection(), pieces)
    listed = tuple(map(chunks.digest, pieces))
    record(
        session,
        Draft("publication", (str(kind), name), {"content": (len(content), listed)}),
        scope=EVERYBODY,
    )
    session.flush()
    lane.tidy(session)
