"""The centres, as headquarters describes them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.calendar import Zone, zone_named
from app.errors import NotFound, Refused
from app.storage.tables import Centre


@dataclass(frozen=True, slots=True)
class CentreRow:
    """A centre: its names, its place, and what stands on its papers."""

    code: int
    name: str
    full_name: str
    short: str
    city: str
    zone: Zone
    letterhead: tuple[str, ...]
    signatory_title: str
    signatory: str
    signatory_nip: str


def one(session: Session, code: int) -> CentreRow:
    """The centre; NotFound('centre-unknown') as long as headquarters has not published it."""
    row = session.execute(
        select(
            Centre.name, Centre.full_name, Centre.short, Centre.city, Centre.timezone,
            Centre.letterhead, Centre.signatory_title, Centre.signatory, Centre.signatory_nip,
        ).where(Centre.code == code, Centre.gone.is_not(True))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound("centre-unknown", field="centre", centre=code)
    return CentreRow(
        code,
        row.name or str(code),
        row.full_name or row.name or str(code),
        row.short or str(code),
        row.city or "",
        _zone(row.timezone),
        tuple(str(line) for line in row.letterhead or ()),
        row.signatory_title or "",
        row.signatory or "",
        row.signatory_nip or "",
    )


def zone(session: Session, code: int) -> Zone:
    """The centre's zone; WIB until headquarters has said."""
    return _zone(session.scalar(select(Centre.timezone).where(Centre.code == code)))


def _zone(name: str | None) -> Zone:
    try:
        return zone_named(name or Zone.WIB)
    except Refused:
        return Zone.WIB
