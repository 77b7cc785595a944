"""Taking in a trust file or status list that came on a stick, where no sync brings it."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Session

from app.actions import changes
from app.certificates import status, trust
from app.errors import Refused
from app.queries import trust as held
from app.storage import settings


class Paper(StrEnum):
    """What was taken in."""

    TRUST = "trust"
    STATUS = "status"


def take(session: Session, raw: bytes) -> Paper:
    """Keep this trust file or status list, if it is newer than what holds here and signed as it must be.

    The first trust file of a machine comes with its enrolment, from headquarters, never from a stick alone:
    anybody can make one that vouches for itself. The very file that holds already changes nothing.

    Raises NotFound("trust-missing"), Refused("trust-not-either") for a file that is neither, and what
    `trust.replace` and `status.replace` refuse.
    """
    present = held.held_trust(session)
    try:
        _keep(session, held.CARRIED_TRUST, "trust_file", trust.replace(present, raw).raw)
    except Refused as fault:
        if fault.code != "trust-malformed":
            raise
        return _take_status(session, raw, present)
    return Paper.TRUST


def _take_status(session: Session, raw: bytes, present: trust.HeldTrust) -> Paper:
    try:
        found = status.replace(held.held_status(session), raw, present.file)
    except Refused as fault:
        if fault.code == "status-malformed":
            raise Refused("trust-not-either", field="file") from None
        raise
    _keep(session, held.CARRIED_STATUS, "status_list", found.raw)
    return Paper.STATUS


def _keep(session: Session, name: str, table: str, raw: bytes) -> None:
    settings.put(session, name, raw)
    changes.touched(session, table)
