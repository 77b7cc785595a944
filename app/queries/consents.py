"""Which version of the privacy notice people are asked to agree to."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.queries import policies
from app.storage.tables import Consent

POLICY = "consent-version"


def current_version(session: Session) -> str:
    """Headquarters' word; without one the version agreed to last here; empty where nobody has agreed yet."""
    query = select(Consent.version).where(Consent.gone.is_not(True))
    last = session.scalar(query.order_by(Consent.given_on.desc(), Consent.version.desc()).limit(1))
    return policies.value(session, POLICY) or last or ""
