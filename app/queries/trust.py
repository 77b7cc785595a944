"""The newest trust file and status list that headquarters has sent here."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.storage.tables import StatusFile, TrustFile


def trust_file(session: Session) -> bytes:
    """The trust file with the highest counter; NotFound('trust-missing')."""
    query = select(TrustFile.file).where(TrustFile.file.is_not(None)).order_by(TrustFile.counter.desc())
    found = session.scalars(query.limit(1)).first()
    if found is None:
        raise NotFound("trust-missing", field="trust")
    return found


def status_list(session: Session) -> bytes | None:
    """The status list with the highest (epoch, counter), None where there is none yet."""
    query = select(StatusFile.file).where(StatusFile.file.is_not(None))
    query = query.order_by(StatusFile.epoch.desc(), StatusFile.counter.desc())
    return session.scalars(query.limit(1)).first()
