"""`balai status`: the truth in one look."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from app.domain import calendar
from app.queries import centres, classes, reviews
from app.storage import incidents, integrity, settings
from sync import facade
from ui.cli.desk import Desk


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("status")(status)


def status(context: typer.Context) -> int:
    """Apa yang belum ada di kantor pusat, dan sejak kapan. / What is where, since when."""
    desk: Desk = context.obj
    with desk.workplace() as opened, opened.store.read() as session:
        waiting = facade.status(session)
        open_reviews = reviews.listed(session)
        noted = incidents.open_ones(session)
        known = classes.listed(session)
        zone = centres.zone(session, opened.store.scope)
        tables = integrity.tables_hash(session.connection())
        scope = opened.store.scope
        writable = opened.anchor is not None
        practice = settings.get(session, "practice") is True
    document = {
        "centre": scope, "practice": practice, "writable": writable,
        "waiting": waiting.waiting, "oldest": waiting.oldest,
        "by_table": dict(waiting.by_table), "drafts": waiting.drafts, "contact": waiting.contact,
        "synced": waiting.synced, "clock_offset": waiting.offset, "reviews": len(open_reviews),
        "incidents": [incident.code for incident in noted], "classes": len(known), "tables": tables,
    }  # fmt: skip
    since = "" if waiting.oldest is None else _when(desk, waiting.oldest, zone)
    text = [
        desk.words(
            "cli-status-waiting" if waiting.waiting else "cli-status-all-there",
            n=waiting.waiting,
            since=since,
        )
    ]
    if practice:
        text.append(desk.words("cli-status-practice"))
    if waiting.drafts:
        text.append(desk.words("cli-status-drafts", n=waiting.drafts))
    if open_reviews:
        text.append(desk.words("cli-status-reviews", n=len(open_reviews)))
    if not writable:
        text.append(desk.words("read-only-copy"))
    text += [desk.words(f"incident-{incident.code}") for incident in noted]
    desk.show(document, "\n".join(text))
    return 0


def _when(desk: Desk, instant: int, zone: calendar.Zone) -> str:
    """Day and time at the centre; what no calendar holds is said as such."""
    try:
        local = calendar.local(datetime.fromtimestamp(instant / 1000, UTC), zone)
    except (OverflowError, ValueError, OSError):
        return "?"
    day = calendar.full_date(local.date(), desk.tongue)
    return f"{day} {local:%H.%M} {zone.name}"
