"""Settings that headquarters decides for everybody."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage.tables import Policy


def value(session: Session, name: str) -> str | None:
    """The policy's value, None where headquarters has said nothing."""
    return session.scalar(select(Policy.value).where(Policy.name == name, Policy.gone.is_not(True)))


def flag(session: Session, name: str) -> bool:
    """Whether the policy says yes; anything else, and silence, is no."""
    return value(session, name) == "yes"
