"""Issuing from an open data folder: which device issues, and what must be remembered before any paper."""

from __future__ import annotations

from app.actions.certificates import Issuer
from app.errors import Refused
from app.storage.workplace import Workplace


def issuer_of(opened: Workplace, clock_confirmed: bool = False) -> Issuer:
    """This machine as an issuer, with what its anchor remembers; Refused('read-only-copy') for a copy.

    `clock_confirmed`: a person has looked at the clock, after `issue` refused it with 'clock-behind'.
    """
    if opened.anchor is None:
        raise Refused("read-only-copy")
    who = opened.anchor.identity
    return Issuer(
        who.device_id,
        who.issuing,
        opened.anchor.highest_serial,
        opened.anchor.issued_at,
        opened.anchor.certified_at,
        clock_confirmed,
    )


def remember(opened: Workplace) -> None:
    """After the serials are committed and before the first paper: put them on disk outside the database.

    A database that is restored afterwards then still knows which numbers were used.
    """
    opened.advance(issued=opened.store.clock())
