"""The centre's secret, from which and a NIK the ids of participants come."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.errors import Refused
from app.storage import settings


def centre_secret(session: Session) -> bytes:
    """The 32 bytes that enrolment brought; Refused("centre-secret-missing") before it has."""
    found = settings.get(session, settings.CENTRE_SECRET)
    if not isinstance(found, bytes):
        raise Refused("centre-secret-missing")
    return found
