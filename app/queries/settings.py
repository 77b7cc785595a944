"""Named values of this machine."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.storage import settings


def get(session: Session, name: str, default: object = None) -> object:
    """The value kept under a name, or the default."""
    return settings.get(session, name, default)
