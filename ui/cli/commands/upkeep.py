"""`balai backup | restore | doctor`: keeping what is there, and looking whether it is sound."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path
from typing import Annotated

import typer

from app.storage import backup as backups
from app.storage import incidents, integrity, logs
from app.storage.workplace import Workplace
from ui.cli.desk import Desk

LEAST_FREE = 500 * 1024 * 1024
OLDEST_CLOCK = 1_780_000_000_000  # June 2026: an earlier clock has lost its battery
FUTURE_CLOCK = 2_500_000_000_000  # 2049


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
        report = integrity.check(opened.store)
        with opened.store.read() as session:
            noted = incidents.open_ones(session)
        findings = [
            ("integrity", report.pages_sound, f"{report.changes}"),
            ("chain", not report.broken, f"{report.logs}"),
            ("tables", report.tables_equal, ""),
            ("anchor", _anchor_agrees(opened), ""),
            ("disk", _free(opened) >= LEAST_FREE, f"{_free(opened) // 1_000_000} MB"),
            ("clock", OLDEST_CLOCK < time.time() * 1000 < FUTURE_CLOCK, time.strftime("%Y-%m-%d %H:%M")),
            ("incidents", not noted, ", ".join(sorted({incident.code for incident in noted}))),
        ]
    printers = _printers()
    sound = all(fine for name, fine, _ in findings if name != "incidents")
    document = {
        "sound": sound,
        "changes": report.changes,
        "checks": {name: fine for name, fine, _ in findings},
        "incidents": [{"code": i.code, "at": i.at, "facts": i.facts} for i in noted],
        "printers": printers,
    }
    rows = [
        (desk.words(f"doctor-{name}"), desk.words("doctor-fine" if fine else "doctor-look"), said)
        for name, fine, said in findings
    ]
    rows.append((desk.words("doctor-printers"), desk.words("doctor-fine"), ", ".join(printers) or "-"))
    desk.show(document, desk.table("doctor-title", ("cli-check", "cli-state", "cli-detail"), rows))
    return 0 if sound else 3


def _anchor_agrees(opened: Workplace) -> bool:
    """Whether the machine's memory and the database tell the same story."""
    if opened.anchor is None:
        return False
    with opened.store.read() as session:
        here = {head.log: head for head in logs.held(session.connection()) if head.own}
        return all(
            log in here
            and here[log].head_seq >= seq
            and logs.hash_at(session.connection(), here[log], seq) == known
            for log, (seq, known) in opened.anchor.logs.items()
        )


def _free(opened: Workplace) -> int:
    return shutil.disk_usage(opened.folder).free


def _printers() -> list[str]:
    """The queues the system's printing service knows, none where there is no such service."""
    command = shutil.which("lpstat")
    if command is None:
        return []
    try:
        said = subprocess.run([command, "-e"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return said.stdout.split()
