"""Who stands behind a change, and which machine it was written on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.journal import change, device_certificate
from app.storage import bulk
from app.storage.base import EPOCH_INSTANT
from app.storage.tables import Person
from app.storage.tables.journal import ChangeRow, Log

OPENING = 1


class Authorship:
    """Names of people and machines, looked up once for many changes."""

    def __init__(self, session: Session) -> None:
        self._people = {row: name or "" for row, name in session.execute(select(Person.id, Person.name))}
        rows = session.execute(select(Log.id, Log.device, Log.own)).all()
        names = _machines(session, {row: device for row, device, _ in rows})
        self._logs = {row: names.get(device, device.hex()) for row, device, _ in rows}
        self._own = {row for row, _, own in rows if own}

    def person(self, author: bytes | None) -> str:
        """The author's name; empty for the program itself and for somebody not known here."""
        return "" if author is None else self._people.get(author, "")

    def machine(self, log: int) -> str:
        """The name of the machine whose log (row id) it is, as headquarters certified it."""
        return self._logs.get(log, "")

    def is_here(self, log: int) -> bool:
        """Whether it is a log of this machine."""
        return log in self._own


def instant(wall: int) -> datetime | None:
    """A change's clock as a UTC instant; None where no calendar holds it."""
    try:
        return EPOCH_INSTANT + timedelta(milliseconds=wall)
    except OverflowError:
        return None


def _machines(session: Session, devices: Mapping[int, bytes]) -> dict[bytes, str]:
    """The names in the certificates that opened the logs, by device; `devices` are the logs', by row id.

    Not as a join with the logs: SQLite would then go through all changes to find the first of each.
    """
    names: dict[bytes, str] = {}
    for log, body in _openings(session, devices).items():
        device = devices[log]
        certificate = change.parse(body).groups[OPENING][0] if body is not None else None
        if isinstance(certificate, bytes):
            try:
                names[device] = device_certificate.parse(certificate).name
            except Refused:
                continue  # of a later kind than this version knows: the device's id stands for it
    return names


def _openings(session: Session, known: Collection[int]) -> dict[int, bytes | None]:
    query = select(ChangeRow.log, ChangeRow.body).where(ChangeRow.seq == 0).order_by(ChangeRow.log)
    found: dict[int, bytes | None] = {}
    for some in bulk.slices(sorted(known)):
        found.update((log, body) for log, body in session.execute(query.where(ChangeRow.log.in_(some))))
    return found
