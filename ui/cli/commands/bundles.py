"""`balai bundle write | read`: sync by stick, with the same changes as over a line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sync import facade
from ui.cli.commands.sync import preview_document
from ui.cli.desk import Desk

group = typer.Typer(no_args_is_help=True, help="Tukar data lewat stik USB. / Sync by USB stick.")
File = Annotated[Path, typer.Argument(help="Berkas *.balai. / Bundle file.")]


def register(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.add_typer(group, name="bundle")


@group.command("write")
def write(
    context: typer.Context,
    file: File,
    lacking_only: Annotated[
        bool,
        typer.Option("--lacking-only", help="Hanya yang belum ada di pusat. / Only what headquarters lacks."),
    ] = False,
) -> int:
    """Tulis berkas terkunci untuk kantor pusat. / Write an encrypted file for headquarters."""
    desk: Desk = context.obj
    with desk.workplace() as opened:
        report = facade.write_bundle(opened, file, lacking_only)
    desk.say("cli-bundle-written", path=file, n=report.changes, kilobytes=-(-report.size // 1000))
    desk.show(
        {
            "bundle": str(file),
            "bytes": report.size,
            "changes": report.changes,
            "logs": report.logs,
            "recipients": report.recipients,
        }
    )
    return 0


@group.command("read")
def read(
    context: typer.Context,
    file: File,
    preview: Annotated[bool, typer.Option("--preview", help="Hanya lihat isinya. / Only look.")] = False,
) -> int:
    """Terima berkas dari kantor pusat atau laptop lain. / Take a file in."""
    desk: Desk = context.obj
    with desk.workplace() as opened:
        if preview:
            coming = facade.preview_bundle(opened, file)
            desk.say("cli-bundle-preview", down=coming.changes, people=coming.people, reviews=coming.reviews)
            desk.show(preview_document(coming))
            return 0
        report = facade.read_bundle(opened, file)
    desk.say(
        "cli-bundle-read" if report.complete else "cli-bundle-torn", n=report.changes, sender=report.sender
    )
    document = {
        "sender": report.sender, "from_headquarters": report.from_headquarters, "changes": report.changes,
        "acknowledged_logs": report.acknowledged, "complete": report.complete,
        "tables": sorted(report.tables), "refused": sorted(report.refused),
    }  # fmt: skip
    desk.show(document)
    return 0
