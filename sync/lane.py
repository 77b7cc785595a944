"""The lane of chunks, alike at both ends and on sticks: what is taken, what is handed on, what is dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy.orm import Session

from app.queries import publications
from app.storage import chunks


def take(session: Session, wanted: Collection[bytes], offered: Iterable[bytes]) -> int:
    """Keep those chunks that are wanted, by the hash of what really came; how many were."""
    good = [chunk for chunk in offered if chunks.digest(chunk) in wanted]
    chunks.keep(session.connection(), good)
    return len(good)


def tidy(session: Session) -> None:
    """Drop the chunks of what is history, which were kept until all of what replaces it was here."""
    if not publications.missing(session):
        chunks.drop_others(session.connection(), set(publications.wanted(session)))


def held(session: Session) -> Iterator[tuple[bytes, bytes]]:
    """The chunks that belong here and are here, with their hashes, in the order in which to send them."""
    connection = session.connection()
    for name in publications.wanted(session):
        chunk = chunks.one(connection, name)
        if chunk is not None:
            yield name, chunk
