"""Reading back: what headquarters holds, in numbers and as files."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from app.errors import StorageTrouble
from app.storage import logs
from app.storage.base import Base
from app.storage.projection import VISIBLE
from app.storage.tables import Centre, Certificate, Enrolment, Mark, Result, TrainingClass
from sync.hq.tables import ASIDE, DEVICE, FRAME

SECRET = {"credential", "back", "content", "certificate", "delegation", "file", "material"}


@dataclass(frozen=True, slots=True)
class CentreCount:
    """What headquarters holds of a centre."""

    centre: int
    name: str | None
    devices: int
    classes: int
    enrolments: int
    marks: int
    results: int
    certificates: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything in numbers; `aside` are frames kept but not shown."""

    centres: tuple[CentreCount, ...]
    changes: int
    logs: int
    frames: int
    bytes: int
    aside: int


def holdings(session: Session) -> Holdings:
    """What is held, by centre."""
    heads = logs.held(session.connection())
    counted, size = session.execute(select(func.count(), func.coalesce(func.sum(FRAME.c.size), 0))).one()
    return Holdings(
        centres=tuple(_centre(session, code, name) for code, name in _centres(session)),
        changes=sum(head.head_seq + 1 for head in heads),
        logs=len(heads),
        frames=counted,
        bytes=int(size),
        aside=session.scalar(select(func.count()).select_from(ASIDE)) or 0,
    )


def export(session: Session, folder: Path) -> dict[str, int]:
    """Write every table as CSV (UTF-8, `;`) into a new folder; returns the rows of each.

    Signed papers and files are left out, days are days since 1970-01-01. Raises
    StorageTrouble('export-unwritable').
    """
    written: dict[str, int] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in sorted(VISIBLE):
            table = VISIBLE[number]
            written[table.name] = _write(session, table, folder / f"{table.name}.csv")
    except OSError as fault:
        raise StorageTrouble("export-unwritable", path=str(folder)) from fault
    return written


def _centres(session: Session) -> list[tuple[int, str | None]]:
    query = select(Centre.code, Centre.name).order_by(Centre.code).limit(10_000)
    return [(code, name) for code, name in session.execute(query)]


def _centre(session: Session, code: int, name: str | None) -> CentreCount:
    def count(table: type[Base], column: str = "centre") -> int:
        query = select(func.count()).select_from(table).where(getattr(table, column) == code)
        return session.scalar(query) or 0

    devices = select(func.count()).select_from(DEVICE).where(DEVICE.c.centre == code)
    return CentreCount(
        code,
        name,
        session.scalar(devices) or 0,
        count(TrainingClass),
        count(Enrolment),
        count(Mark),
        count(Result),
        count(Certificate),
    )


def _write(session: Session, table: Table, path: Path) -> int:
    columns = [column for column in table.columns if column.name not in SECRET]
    keys = [column for column in table.primary_key]
    rows = session.execute(select(*columns).order_by(*keys))
    number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([column.name for column in columns])
        for row in rows:
            writer.writerow([_cell(value) for value in row])
            number += 1
    return number


def _cell(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple | list):
        return " ".join(str(_cell(part)) for part in value)
    return value
