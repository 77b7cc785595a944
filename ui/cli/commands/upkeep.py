"""`balai backup | restore | doctor`: keeping what is there, and looking whether it is sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.errors import Refused
from app.printing.cups import Cups
from app.queries import soundness
from app.queries.soundness import Finding
from app.storage import backup as backups
from ui.cli.desk import Desk, today


def register(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("doctor")(doctor)


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Berkas cadangan. / Backup file.")],
) -> int:
    """Cadangkan semua data ke satu berkas terkunci. / Back everything up into one encrypted file."""
    desk: Desk = context.obj
    with desk.workplace() as opened:
        size = backups.write(opened, file)
    desk.say("cli-backed-up", path=file, kilobytes=-(-size // 1000))
    desk.show({"backup": str(file), "bytes": size})
    return 0


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Berkas cadangan. / Backup file.")],
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Gantikan data yang ada; yang lama disimpan. / Replace what is there."
        ),
    ] = False,
) -> int:
    """Pulihkan data dari cadangan. / Restore from a backup."""
    desk: Desk = context.obj
    backups.restore(file, desk.folder, replace)
    desk.say("cli-restored", path=desk.folder)
    desk.show({"restored": str(desk.folder)})
    return 0


def doctor(context: typer.Context) -> int:
    """Periksa keutuhan data, diska, jam, pencetak. / Check everything the work rests on."""
    desk: Desk = context.obj
    with desk.workplace() as opened:
        found = soundness.examine(opened, today(opened))
    printers = _printers()
    document = {
        "sound": found.sound,
        "changes": found.changes,
        "checks": {check.name: check.fine for check in found.checks} | {"incidents": not found.incidents},
        "incidents": [{"code": i.code, "at": i.at, "facts": i.facts} for i in found.incidents],
        "printers": printers,
    }
    rows = [(desk.words(f"doctor-{check.name}"), *_verdict(desk, check)) for check in found.checks]
    rows += [
        (desk.words("doctor-incidents"), desk.words("doctor-look"), desk.words(f"incident-{incident.code}"))
        for incident in found.incidents
    ]
    rows.append((desk.words("doctor-printers"), desk.words("doctor-fine"), ", ".join(printers) or "-"))
    desk.show(document, desk.table("doctor-title", ("cli-check", "cli-state", "cli-detail"), rows))
    return 0 if found.sound else 3


def _verdict(desk: Desk, check: Finding) -> tuple[str, str]:
    """In one word, and in a sentence that says what to do."""
    state = "fine" if check.fine else "look"
    return desk.words(f"doctor-{state}"), desk.words(f"doctor-{check.name}-{state}", **check.facts)


def _printers() -> list[str]:
    """The printers the system knows, none where it has no print service."""
    try:
        return [printer.name for printer in Cups().printers()]
    except Refused:
        return []
