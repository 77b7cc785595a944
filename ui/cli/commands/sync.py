"""`balai sync`: hand over to headquarters and fetch from there, or look first."""

from __future__ import annotations

from typing import Annotated

import typer

from app.errors import Refused
from app.storage import settings
from sync import facade
from ui.cli.desk import Desk


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("sync")(sync)


def sync(
    context: typer.Context,
    preview: Annotated[
        bool, typer.Option("--preview", help="Hanya lihat apa yang akan dikirim dan diterima. / Only look.")
    ] = False,
    hq: Annotated[str | None, typer.Option(metavar="URL", help="Alamat lain. / Another address.")] = None,
) -> int:
    """Kirim ke kantor pusat dan terima dari sana. / Sync with headquarters."""
    desk: Desk = context.obj
    if hq is not None:
        check_address(hq)
    with desk.workplace() as opened:
        with opened.store.read() as session:
            if settings.get(session, "practice") is True:
                raise Refused("practice-stays")
        if preview:
            with opened.store.read() as session:
                waiting = facade.status(session)
            coming = facade.preview(opened, hq)
            desk.say(
                "cli-sync-preview",
                up=waiting.waiting,
                down=coming.changes,
                people=coming.people,
                reviews=coming.reviews,
            )
            desk.show(
                {"up": waiting.waiting, "up_by_table": dict(waiting.by_table), **preview_document(coming)}
            )
            return 0
        report = facade.sync(opened, hq)
    desk.say(
        "cli-synced" if report.synced else "cli-not-synced",
        up=report.changes_up,
        down=report.changes_down,
        bytes=report.bytes_up + report.bytes_down,
        requests=report.requests,
    )
    if report.revoked:
        desk.say("cli-device-revoked")
    document = {
        "synced": report.synced, "requests": report.requests, "bytes_up": report.bytes_up,
        "bytes_down": report.bytes_down, "changes_up": report.changes_up,
        "changes_down": report.changes_down, "tables": sorted(report.tables),
        "refused": sorted(report.refused), "revoked": report.revoked,
        "chunks_missing": report.chunks_missing,
    }  # fmt: skip
    desk.show(document)
    return 0 if report.synced else 1


def check_address(text: str) -> None:
    """That nothing of a sentence was pasted with the address; raises Refused('sync-url-invalid')."""
    if len(text.split()) != 1:
        raise Refused("sync-url-invalid", field="hq")


def preview_document(coming: facade.Preview) -> dict[str, object]:
    """A preview as plain values."""
    return {
        "down": coming.changes,
        "down_by_table": dict(coming.by_table),
        "people": coming.people,
        "reviews": coming.reviews,
        "bytes": coming.bytes,
        "refused": sorted(coming.refused),
    }
