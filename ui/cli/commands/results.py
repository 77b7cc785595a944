"""`balai result --class CODE FILE.csv`: module scores from a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.actions import results
from app.queries import typed_tables
from ui.cli import lines
from ui.cli.commands.marks import refuse_cells
from ui.cli.desk import Desk, class_key


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("result")(result)


def result(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV: peserta; modul; pre; post, atau satu kolom tiap tes. / CSV: person; module; pre; post."
        ),
    ],
    code: Annotated[str, typer.Option("--class", help="Kode kelas. / Class code.")],
    reason: Annotated[
        str | None, typer.Option(help="Alasan bila mengoreksi. / Reason for a correction.")
    ] = None,
) -> int:
    """Catat nilai modul. / Record module scores."""
    desk: Desk = context.obj
    rows = lines.read(file)
    with desk.workplace() as opened, opened.store.write(desk.author(opened)) as session:
        key = class_key(opened, code)
        table = typed_tables.read_results(session, key, rows)
        if table.refused:
            return refuse_cells(desk, table.refused)
        changes = results.record_many(session, key, table.entries, reason)
    desk.say("cli-results-kept", code=key.code, n=len(table.entries), changes=changes)
    desk.show({"class": key.code, "entries": len(table.entries), "changes": changes})
    return 0
