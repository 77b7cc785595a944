"""The trust file and status list that hold here: of those headquarters has sent, never an older one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certificates import status, trust
from app.certificates.status import HeldStatus
from app.certificates.trust import HeldTrust
from app.errors import NotFound, Refused
from app.queries import publications
from app.queries.publications import Kind
from app.storage import settings
from app.storage.tables import StatusFile, TrustFile

CARRIED_TRUST, CARRIED_STATUS = "carried-trust-file", "carried-status-list"
"""Under which names this machine keeps what came on a stick and not by headquarters' log."""


def trust_files(session: Session) -> list[bytes]:
    """All trust files that are here, the oldest first; those in a change and those that came in chunks."""
    rows = session.execute(select(TrustFile.counter, TrustFile.file))
    found = {counter: raw for counter, raw in rows if raw is not None}
    for number, name in publications.numbered(session, Kind.TRUST).items():
        raw = publications.content(session, Kind.TRUST, name)
        if raw is not None:
            found.setdefault(number[0], raw)
    return [found[counter] for counter in sorted(found)]


def status_lists(session: Session) -> Iterator[bytes]:
    """All status lists that are here, the newest first."""
    rows = session.execute(select(StatusFile.epoch, StatusFile.counter))
    inside: set[tuple[int, ...]] = {(epoch, counter) for epoch, counter in rows}
    outside = publications.numbered(session, Kind.STATUS)
    for number in sorted(inside | outside.keys(), reverse=True):
        raw = None
        if number in inside:
            place = (StatusFile.epoch == number[0], StatusFile.counter == number[1])
            raw = session.scalar(select(StatusFile.file).where(*place))
        if raw is None and number in outside:
            raw = publications.content(session, Kind.STATUS, outside[number])
        if raw is not None:
            yield raw


def trust_file(session: Session) -> bytes:
    """The trust file to go by; NotFound('trust-missing').

    The first that came is believed, and each later one if a root of the one before signed it
    (docs/formats/certificate.md, section 2): whoever could write headquarters' log has no root.
    """
    return held_trust(session).raw


def held_trust(session: Session) -> HeldTrust:
    """The same, taken apart."""
    held: HeldTrust | None = None
    for raw in filter(None, [*trust_files(session), _carried(session, CARRIED_TRUST)]):
        with suppress(Refused):
            held = trust.read(raw) if held is None else trust.replace(held, raw)
    if held is None:
        raise NotFound("trust-missing", field="trust")
    return held


def status_list(session: Session) -> bytes | None:
    """The status list with the highest (epoch, counter) whose signature the trust file vouches for."""
    held = held_status(session)
    return None if held is None else held.raw


def held_status(session: Session) -> HeldStatus | None:
    """The same, taken apart; NotFound('trust-missing')."""
    file, found = held_trust(session).file, []
    with suppress(Refused):
        found.append(status.read(_carried(session, CARRIED_STATUS), file))
    for raw in status_lists(session):
        with suppress(Refused):
            found.append(status.read(raw, file))
            break
    return max(found, key=lambda held: held.list.counter, default=None)


def _carried(session: Session, name: str) -> bytes:
    kept = settings.get(session, name)
    return kept if isinstance(kept, bytes) else b""
