"""`balai mark --session CODE/N FILE.csv|-`: a roll call from a table, finalised in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.actions import attendance
from app.domain.typed_tables import CellRefused
from app.errors import Refused
from app.queries import typed_tables
from ui.cli import lines
from ui.cli.desk import Desk, class_key


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("mark")(mark)


def mark(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help="CSV: peserta; status; jam; keterangan. / CSV: person; mark; arrival; remark."),
    ],
    session_name: Annotated[str, typer.Option("--session", help="KODE/N, misalnya KWU-2026-09/3. / CODE/N.")],
    reason: Annotated[
        str | None, typer.Option(help="Alasan bila mengoreksi. / Reason for a correction.")
    ] = None,
) -> int:
    """Catat presensi satu pertemuan. / Record a session's attendance."""
    desk: Desk = context.obj
    rows = lines.read(file)
    code, number = _session(session_name)
    with desk.workplace() as opened, opened.store.write(desk.author(opened)) as session:
        key = class_key(opened, code)
        table = typed_tables.read_marks(session, key, rows)
        if table.refused:
            return refuse_cells(desk, table.refused)
        done = attendance.finalise(session, key, number, table.marks, reason)
    desk.say("cli-marked", session=f"{key.code}/{number}", n=done.written, unchanged=done.unchanged)
    document = {"session": f"{key.code}/{number}", "written": done.written, "unchanged": done.unchanged}
    desk.show({**document, "changes": done.changes})
    return 0


def refuse_cells(desk: Desk, refused: tuple[CellRefused, ...]) -> int:
    """Say which cells are wrong and why; nothing was saved. The exit code is that of a refusal."""
    told = [
        {
            "line": cell.line,
            "column": cell.column,
            "code": cell.code,
            "words": desk.words(cell.code, **cell.facts),
        }
        for cell in refused
    ]
    desk.say("cli-cells-refused", n=len(told))
    rows = [(cell["line"], cell["column"], cell["words"]) for cell in told]
    table = desk.table("cli-refused-title", ("cli-row", "cli-column", "cli-what-to-do"), rows)
    desk.show(
        {
            "refused": {
                "code": "cells-refused",
                "words": desk.words("cli-cells-refused", n=len(told)),
                "cells": told,
            }
        },
        table,
    )
    return 1


def _session(name: str) -> tuple[str, int]:
    code, slash, number = name.rpartition("/")
    if not (slash and number.isdecimal()):
        raise Refused("session-name", field="session", typed=name)
    return code, int(number)
