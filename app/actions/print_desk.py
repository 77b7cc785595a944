"""A print run while it is under way: noted on this machine sheet by sheet, in the log once it is over.

Each sheet is on the disk when the next goes to paper, so a crash in the middle leaves the truth; what is
unfinished is closed at the next start (`abandoned`), after the print server was asked what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from app.actions import changes, print_runs, row_ids
from app.domain.ids import Serial
from app.domain.text import LONGEST_REMARK, one_line, optional_line
from app.queries import print_runs as queries
from app.queries.print_runs import UnderWay
from app.storage import settings

_HALF = 8


def begin(session: Session, printer: str, planned: int, reason: str | None = None) -> bytes:
    """A run of so many certificates begins; returns its id."""
    run = UnderWay(
        id=row_ids.fresh(),
        begun_at=changes.writer(session).clock(),
        printer=one_line(printer, "printer"),
        reason=optional_line(reason, "reason", LONGEST_REMARK),
        planned=planned,
    )
    _keep(session, run)
    return run.id


def sent(session: Session, run: bytes, job: str, serial: Serial, copy: int) -> None:
    """A job that completes a certificate is at the printer, under this name."""
    held = queries.one_under_way(session, run)
    _keep(session, replace(held, waiting={**held.waiting, job: (serial, copy)}))


def out(session: Session, run: bytes, job: str) -> None:
    """The certificate of this job is on paper."""
    held = queries.one_under_way(session, run)
    waiting = dict(held.waiting)
    printed = waiting.pop(job, None)
    if printed is not None:
        _keep(session, replace(held, waiting=waiting, printed=(*held.printed, printed)))


def end(session: Session, run: bytes) -> None:
    """The run is over: what came out goes into the log; nothing that did not."""
    held = queries.one_under_way(session, run)
    settings.forget(session, queries.setting_name(run))
    if held.printed:
        print_runs.log(session, held.printed, held.printer, held.reason, held.begun_at)


def abandoned(session: Session) -> list[UnderWay]:
    """Runs of an earlier start of the program that nobody ended."""
    ours = row_ids.fresh()[:_HALF]
    return [run for run in queries.under_way(session) if run.id[:_HALF] != ours]


def close(session: Session, run: bytes, came_out: Iterable[str]) -> None:
    """End an abandoned run, of whose waiting jobs these have come out after all."""
    for job in came_out:
        out(session, run, job)
    end(session, run)


def _keep(session: Session, run: UnderWay) -> None:
    settings.put(session, queries.setting_name(run.id), queries.packed(run))
