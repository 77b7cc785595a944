"""What went to paper: print jobs of certificates, and blank forms that were spoiled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from app.actions import changes, row_ids
from app.domain.ids import Serial
from app.domain.text import LONGEST_REMARK, one_line, optional_line
from app.errors import Refused
from app.queries.authorship import instant
from app.storage.journal import Draft

AT_ONCE = 1_000
"""Certificates in one row of the log: a change holds 16 KiB at most."""

ORIGINAL = 0
_LONGEST_BLANK = 40


class BlankState(StrEnum):
    """What became of a numbered blank form; stored by value."""

    SPOILED = "spoiled"
    LOST = "lost"


def log(
    session: Session,
    printed: Sequence[tuple[Serial, int]],
    printer: str,
    reason: str | None = None,
    begun_at: int | None = None,
) -> list[bytes]:
    """Note what a job printed: serials, each with 0 for the original or n for SALINAN ke-n; and why.

    `begun_at` is when (Unix ms), by default now. Returns the ids of the rows written. Raises
    Refused("print-run-empty").
    """
    if not printed:
        raise Refused("print-run-empty")
    at = instant(changes.writer(session).clock() if begun_at is None else begun_at)
    name, why = one_line(printer, "printer"), optional_line(reason, "reason", LONGEST_REMARK)
    drafts = []
    for start in range(0, len(printed), AT_ONCE):
        some = printed[start : start + AT_ONCE]
        run = (at, tuple(serial for serial, _ in some), tuple(copy for _, copy in some), name)
        drafts.append(Draft("print_run", (row_ids.fresh(),), {"run": run}, why))
    changes.write(session, drafts)
    return [key for draft in drafts for key in draft.key if isinstance(key, bytes)]


def spoil(
    session: Session,
    blank: str,
    today: date,
    state: BlankState = BlankState.SPOILED,
    reason: str | None = None,
) -> str:
    """Note that a numbered blank form is gone, and why; returns its number as it is kept."""
    number = one_line(blank, "blank", _LONGEST_BLANK)
    why = optional_line(reason, "reason", LONGEST_REMARK)
    fate = {"fate": (state.value, today)}
    changes.write(session, [Draft("blank_serial", (changes.centre(session), number), fate, why)])
    return number
