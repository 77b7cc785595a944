"""Headquarters' word on days, over the official list of holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage.tables import Holiday

LIMIT = 2_000


def overrides(session: Session) -> Mapping[date, str | None]:
    """A name closes a day, None opens it: what `calendar.holiday` takes."""
    query = select(Holiday.day, Holiday.title, Holiday.closed).where(Holiday.gone.is_not(True))
    found = session.execute(query.order_by(Holiday.day).limit(LIMIT))
    return {day: (title or "") if closed else None for day, title, closed in found}
