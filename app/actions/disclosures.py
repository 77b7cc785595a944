"""Showing a NIK in full: a deliberate act that is written down before the digits are handed out.

UU PDP 27/2022 wants to be able to say who has seen what. The note stays on this machine, in its encrypted
settings, one list a month: when, who, whose. It names the participant by id and never holds the NIK.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.actions import changes
from app.queries import disclosures, participants
from app.storage import settings


def show_nik(session: Session, participant: bytes) -> str:
    """The NIK in full, noted as shown to whoever writes in this session; empty for somebody without one.

    Raises NotFound("participant-unknown").
    """
    number = participants.one(session, participant).nik
    if not number:
        return ""
    writer = changes.writer(session)
    at = writer.clock()
    month = disclosures.name_of(datetime.fromtimestamp(at / 1000, UTC).date())
    noted = [*disclosures.noted(session, month), [at, writer.author, participant]]
    settings.put(session, month, noted)
    changes.touched(session, settings.SETTING.name)
    return number
