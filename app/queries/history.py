"""What was written about one row: every change with who, when, on which machine, from what to what."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.storage.tables.journal import ChangeRow


def changes_written(session: Session) -> int:
    """How many changes the journal holds."""
    return session.scalar(select(func.count()).select_from(ChangeRow)) or 0
