"""What went to paper, by job and by certificate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.ids import Serial
from app.storage import settings, tables

LIMIT = 1_000
_SETTING = "print-run:"


@dataclass(frozen=True, slots=True)
class PrintRunRow:
    """One job: the serials, each with its copy number, 0 for the original."""

    id: bytes
    printed_at: datetime | None
    printed: tuple[tuple[Serial, int], ...]
    printer: str


@dataclass(frozen=True, slots=True)
class BlankRow:
    """A numbered blank form that is gone."""

    blank: str
    state: str
    day: date | None


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A run that is not in the log yet: `planned` certificates, `printed` of them on paper.

    `waiting` are jobs at the printer, by name: the certificate that each completes. `begun_at` is Unix ms.
    """

    id: bytes
    begun_at: int
    printer: str
    reason: str | None
    planned: int
    printed: tuple[tuple[Serial, int], ...] = ()
    waiting: Mapping[str, tuple[Serial, int]] = field(default_factory=dict)


def setting_name(run: bytes) -> str:
    """Under which name this machine keeps a run that is under way."""
    return f"{_SETTING}{run.hex()}"


def packed(run: UnderWay) -> list[object]:
    """The run as it is kept."""
    waiting = {job: list(sheet) for job, sheet in run.waiting.items()}
    printed = [list(sheet) for sheet in run.printed]
    return [run.id, run.begun_at, run.printer, run.reason, run.planned, printed, waiting]


def under_way(session: Session) -> list[UnderWay]:
    """The runs that are not in the log yet, whether they go on or a crash ended them."""
    return [_unpacked(value) for value in settings.kept(session, _SETTING).values()]


def one_under_way(session: Session, run: bytes) -> UnderWay:
    """One of them, which must be there."""
    return _unpacked(settings.get(session, setting_name(run)))


def listed(session: Session, limit: int = LIMIT) -> list[PrintRunRow]:
    """Jobs, the latest first."""
    row = tables.PrintRun
    query = select(row.id, row.printed_at, row.serials, row.copies, row.printer)
    query = query.where(row.gone.is_not(True)).order_by(row.printed_at.desc(), row.id).limit(limit)
    return [
        PrintRunRow(id_, at, _pairs(serials, copies), printer or "")
        for id_, at, serials, copies, printer in session.execute(query)
    ]


def next_copies(session: Session, serials: Collection[int]) -> dict[Serial, int]:
    """The number the next copy of each would bear: 0 where it was never printed, else SALINAN ke-n."""
    wanted = set(serials)
    following = {Serial(serial): 0 for serial in wanted}
    row = tables.PrintRun
    for held, copies in session.execute(select(row.serials, row.copies).where(row.gone.is_not(True))):
        for serial, copy in _pairs(held, copies):
            if serial in wanted:
                following[serial] = max(following[serial], copy + 1)
    for serial, copy in (sheet for run in under_way(session) for sheet in run.printed):
        if serial in wanted:
            following[serial] = max(following[serial], copy + 1)
    return following


def blanks(session: Session, centre: int, limit: int = LIMIT) -> list[BlankRow]:
    """The blank forms of a centre that are gone, by number."""
    row = tables.BlankSerial
    query = select(row.blank, row.state, row.spoiled_on)
    query = query.where(row.centre == centre, row.gone.is_not(True)).order_by(row.blank).limit(limit)
    return [BlankRow(blank, state or "", day) for blank, state, day in session.execute(query)]


def _unpacked(value: Any) -> UnderWay:
    run, begun_at, printer, reason, planned, printed, waiting = value
    sheets = tuple((Serial(serial), copy) for serial, copy in printed)
    jobs = {job: (Serial(serial), copy) for job, (serial, copy) in waiting.items()}
    return UnderWay(run, begun_at, printer, reason, planned, sheets, jobs)


def _pairs(
    serials: tuple[object, ...] | None, copies: tuple[object, ...] | None
) -> tuple[tuple[Serial, int], ...]:
    """Lists of two lengths, which no action of ours writes, count as far as both go."""
    both = zip(serials or (), copies or (), strict=False)
    return tuple((Serial(serial), copy) for serial, copy in both if type(serial) is type(copy) is int)
