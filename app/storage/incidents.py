"""Incidents of identity and integrity: noted once, shown until somebody closes them."""

from __future__ import annotations

from dataclasses import dataclass

import cbor2
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.storage.tables.local import Incident


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """What happened (a code with facts) and when, in Unix ms."""

    id: int
    at: int
    code: str
    facts: dict[str, object]


def note(session: Session, code: str, **facts: object) -> None:
    """Note an incident; the same one with the same facts is noted once while it is open."""
    packed = cbor2.dumps(facts, canonical=True)
    there = select(Incident.id).where(
        Incident.code == code, Incident.facts == packed, Incident.closed.is_(False)
    )
    if session.execute(there).first() is None:
        at = session.info["writer"].clock()
        session.execute(insert(Incident).values(at=at, code=code, facts=packed, closed=False))


def open_ones(session: Session) -> list[IncidentRow]:
    """The incidents nobody has closed, the oldest first."""
    query = select(Incident.id, Incident.at, Incident.code, Incident.facts).where(Incident.closed.is_(False))
    return [
        IncidentRow(number, at, code, cbor2.loads(facts))
        for number, at, code, facts in session.execute(query.order_by(Incident.id).limit(200))
    ]
