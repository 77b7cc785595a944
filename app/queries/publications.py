"""What headquarters has published in chunks: found by name, and which chunks of it are still to come."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage import chunks
from app.storage.tables import Publication

LIMIT = 10_000


class Kind(StrEnum):
    """What a publication is; in the order in which they are fetched.

    A trust file is named by its counter, a status list `epoch-counter`, a template by its own name and a
    crest by its file's.
    """

    TRUST = "trust"
    STATUS = "status"
    TEMPLATE = "template"
    CREST = "crest"


def content(session: Session, kind: Kind, name: str) -> bytes | None:
    """A publication's content; None where there is none of this name, or not all of it has come."""
    row = Publication
    found = session.execute(
        select(row.length, row.chunks).where(row.kind == kind, row.name == name, row.gone.is_not(True))
    ).first()
    if found is None:
        return None
    joined = chunks.joined(session.connection(), _hashes(found.chunks))
    return joined if joined is not None and len(joined) == found.length else None


def names(session: Session, kind: Kind) -> list[str]:
    """The publications of a kind, whether they have come or not."""
    row = Publication
    query = select(row.name).where(row.kind == kind, row.gone.is_not(True)).order_by(row.name)
    return list(session.scalars(query.limit(LIMIT)))


def numbered(session: Session, kind: Kind) -> dict[tuple[int, ...], str]:
    """The publications of a kind whose names are numbers, by these."""
    return {number: name for name in names(session, kind) if (number := _number(name))}


def wanted(session: Session) -> list[bytes]:
    """The hashes of all chunks that belong here, in the order in which to fetch them.

    Of the status lists only the newest: the others are history.
    """
    row = Publication
    query = select(row.kind, row.name, row.chunks).where(row.gone.is_not(True)).order_by(row.name)
    found = {(kind, name): listed for kind, name, listed in session.execute(query.limit(LIMIT))}
    lists = [key for key in found if key[0] == Kind.STATUS]
    newest = max(lists, key=lambda key: _number(key[1]), default=None)
    hashes: dict[bytes, None] = {}
    for kind in Kind:
        keys = [key for key in found if key[0] == kind and (kind is not Kind.STATUS or key == newest)]
        hashes.update(dict.fromkeys(digest for key in keys for digest in _hashes(found[key])))
    return list(hashes)


def missing(session: Session) -> list[bytes]:
    """Those of `wanted` that are not here."""
    named = wanted(session)
    here = chunks.held(session.connection(), named)
    return [name for name in named if name not in here]


def _hashes(listed: tuple[object, ...] | None) -> list[bytes]:
    return [digest for digest in listed or () if isinstance(digest, bytes)]


def _number(name: str) -> tuple[int, ...]:
    parts = name.split("-")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() for part in parts) else ()
