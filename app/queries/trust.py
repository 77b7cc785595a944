"""The trust file and status list that hold here: of those headquarters has sent, never an older one."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certificates import status, trust
from app.certificates.trust import HeldTrust
from app.errors import NotFound, Refused
from app.storage.tables import StatusFile, TrustFile


def trust_file(session: Session) -> bytes:
    """The trust file to go by; NotFound('trust-missing').

    The first that came is believed, and each later one if a root of the one before signed it
    (docs/formats/certificate.md, section 2): whoever could write headquarters' log has no root.
    """
    query = select(TrustFile.file).order_by(TrustFile.counter)
    held: HeldTrust | None = None
    for raw in filter(None, session.scalars(query)):
        with suppress(Refused):
            held = trust.read(raw) if held is None else trust.replace(held, raw)
    if held is None:
        raise NotFound("trust-missing", field="trust")
    return held.raw


def status_list(session: Session) -> bytes | None:
    """The status list with the highest (epoch, counter) whose signature the trust file vouches for."""
    query = select(StatusFile.file).order_by(StatusFile.epoch.desc(), StatusFile.counter.desc())
    file = trust.read(trust_file(session)).file
    for raw in filter(None, session.scalars(query)):
        with suppress(Refused):
            return status.read(raw, file).raw
    return None
