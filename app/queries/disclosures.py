"""Who has looked at a NIK in full on this machine, and when (written by app.actions.disclosures)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.ids import ParticipantId
from app.queries.authorship import Authorship, instant
from app.storage import settings
from app.storage.tables.local import Setting

PREFIX = "nik-shown-"
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A NIK was shown: when (UTC), to whom (empty for nobody known), whose."""

    at: datetime | None
    author: str
    participant: ParticipantId


def name_of(day: date) -> str:
    """The setting that holds the notes of a day's month."""
    return f"{PREFIX}{day:%Y-%m}"


def noted(session: Session, name: str) -> list[list[object]]:
    """The notes in one setting as they are kept: Unix ms, author, participant."""
    found = settings.get(session, name, [])
    return found if isinstance(found, list) else []


def listed(session: Session, participant: bytes | None = None, limit: int = LIMIT) -> list[Disclosure]:
    """The notes about one participant, or all of them, the newest first."""
    names = select(Setting.name).where(Setting.name.startswith(PREFIX)).order_by(Setting.name.desc())
    who = Authorship(session)
    found: list[Disclosure] = []
    for name in session.scalars(names):
        for at, author, whose in reversed(noted(session, name)):
            if isinstance(at, int) and isinstance(whose, bytes) and participant in (None, whose):
                told = who.person(author if isinstance(author, bytes) else None)
                found.append(Disclosure(instant(at), told, ParticipantId(whose)))
        if len(found) >= limit:
            break
    return found[:limit]
