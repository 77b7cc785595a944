"""Whether everything the work rests on is sound: data, chains, anchor, disk and clock."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date

from app.storage import incidents, integrity, logs
from app.storage.incidents import IncidentRow
from app.storage.workplace import Workplace

LEAST_FREE = 500 * 1024 * 1024
OLDEST_CLOCK, FUTURE_CLOCK = date(2026, 6, 1), date(2049, 1, 1)
"""An earlier clock has lost its battery."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `name` is its code's end (`doctor-…`), `facts` fill its sentence."""

    name: str
    fine: bool
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was looked at, and what happened earlier that nobody has closed."""

    checks: tuple[Finding, ...]
    incidents: tuple[IncidentRow, ...]
    changes: int

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return all(check.fine for check in self.checks)


def examine(workplace: Workplace, today: date) -> Findings:
    """Look at everything; takes seconds on a large database. Nothing is changed."""
    report = integrity.check(workplace.store)
    with workplace.store.read() as session:
        noted = incidents.open_ones(session)
    free = shutil.disk_usage(workplace.folder).free
    checks = (
        Finding("integrity", report.pages_sound, {"changes": report.changes}),
        Finding("chain", not report.broken, {"logs": report.logs}),
        Finding("tables", report.tables_equal),
        Finding("anchor", anchor_agrees(workplace)),
        Finding("disk", free >= LEAST_FREE, {"megabytes": free // 1_000_000}),
        Finding("clock", OLDEST_CLOCK <= today < FUTURE_CLOCK, {"today": today}),
    )
    return Findings(checks, tuple(noted), report.changes)


def anchor_agrees(workplace: Workplace) -> bool:
    """Whether the machine's memory and the database tell the same story."""
    if workplace.anchor is None:
        return False
    with workplace.store.read() as session:
        here = {head.log: head for head in logs.held(session.connection()) if head.own}
        return all(
            log in here
            and here[log].head_seq >= seq
            and logs.hash_at(session.connection(), here[log], seq) == known
            for log, (seq, known) in workplace.anchor.logs.items()
        )
