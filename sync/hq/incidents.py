"""What somebody at headquarters should look at: clones, forks, restored databases, refused frames."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.errors import NotFound
from sync.hq.tables import INCIDENT


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident: when (Unix ms), its code, the device concerned, and facts without personal data."""

    id: int
    at: int
    code: str
    device: bytes | None
    facts: dict[str, object]


def note(session: Session, code: str, device: bytes | None, at: int, **facts: object) -> None:
    """Note an incident; the same one of the same device is noted once while it is open."""
    text = json.dumps(facts, sort_keys=True)
    there = select(INCIDENT.c.id).where(
        INCIDENT.c.code == code,
        INCIDENT.c.device == device,
        INCIDENT.c.facts == text,
        INCIDENT.c.closed.is_(False),
    )
    if session.execute(there).first() is None:
        session.execute(insert(INCIDENT).values(at=at, code=code, device=device, facts=text, closed=False))


def open_ones(session: Session) -> list[IncidentRow]:
    """The incidents nobody has closed, the oldest first."""
    query = select(INCIDENT).where(INCIDENT.c.closed.is_(False)).order_by(INCIDENT.c.id).limit(500)
    return [
        IncidentRow(row.id, row.at, row.code, row.device, json.loads(row.facts))
        for row in session.execute(query)
    ]


def close(session: Session, number: int) -> None:
    """Close an incident; raises NotFound('incident-not-found')."""
    done = session.execute(
        update(INCIDENT).where(INCIDENT.c.id == number).values(closed=True).returning(INCIDENT.c.id)
    )
    if done.first() is None:
        raise NotFound("incident-not-found", number=number)
