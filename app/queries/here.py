"""What this machine is and what it knows of headquarters: its name, its kind, and what was acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.queries.authorship import instant
from app.storage import settings
from app.storage.tables.journal import Log
from app.storage.tables.local import Acknowledged

HOST = "sync-host"
PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many changes of this machine headquarters says it has on disk, and when it last said so (UTC)."""

    changes: int
    at: datetime | None


def delivered(session: Session) -> Delivered | None:
    """Headquarters' last word on what it has of us; None when it has never said anything."""
    said = select(func.sum(Acknowledged.seq), func.max(Acknowledged.at))
    own = said.join(Log, (Log.log == Acknowledged.log) & Log.own.is_(True)).where(Log.branch == b"")
    changes, at = session.execute(own).one()
    return None if at is None else Delivered(int(changes or 0), instant(at))


def is_practice(session: Session) -> bool:
    """Whether this is a practice place, which never sends anything."""
    return settings.get(session, PRACTICE) is True


def headquarters(session: Session) -> str:
    """Headquarters' address; empty where it is not known, as after an enrolment by file."""
    found = settings.get(session, HOST)
    return found if isinstance(found, str) else ""
