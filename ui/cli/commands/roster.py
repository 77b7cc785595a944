"""`balai roster check | import`: an office's spreadsheet, row by row with its verdict, then into a class."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.actions import rosters
from app.actions.participants import ConsentGiven
from app.actions.rosters import Fate, ImportPlan
from app.roster import reader
from app.roster.people import Verdict
from app.roster.roster import Roster
from app.storage import settings
from ui.cli.desk import Desk, class_key, today

File = Annotated[Path, typer.Argument(help="Berkas .xlsx .xls .ods .csv. / The file.")]
MOST_SHOWN = 60

group = typer.Typer(no_args_is_help=True, help="Periksa dan masukkan daftar peserta. / Rosters.")


def register(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.add_typer(group, name="roster")


@group.command("check")
def check(context: typer.Context, file: File) -> int:
    """Periksa setiap baris, tanpa menyimpan apa pun. / Check every row, saving nothing."""
    desk: Desk = context.obj
    roster = reader.read(file, date.today())  # noqa: DTZ011  # the day at the person's own desk
    counts = {verdict.value: roster.count(verdict) for verdict in Verdict}
    desk.say("cli-roster-counts", people=len(roster.rows), **counts)
    desk.show(roster.as_json(), _overview(desk, roster) if counts["ok"] < len(roster.rows) else None)
    return 0


@group.command("import")
def take(
    context: typer.Context,
    file: File,
    code: Annotated[str, typer.Option("--class", help="Kode kelas. / Class code.")],
    consent: Annotated[
        str | None,
        typer.Option(help="Versi persetujuan yang telah ditandatangani. / Consent version signed."),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Tunjukkan saja, jangan simpan. / Show only, save nothing.")
    ] = False,
    also_elsewhere: Annotated[
        bool,
        typer.Option(
            "--also-elsewhere", help="Termasuk yang terdaftar di kelas lain. / Also who is in another class."
        ),
    ] = False,
) -> int:
    """Masukkan peserta ke kelas; baris yang salah dilewati. / Take people into a class."""
    desk: Desk = context.obj
    with desk.workplace() as opened, opened.store.write(desk.author(opened)) as session:
        day = today(opened)
        roster = reader.read(file, day)
        secret = settings.get(session, settings.CENTRE_SECRET)
        assert isinstance(secret, bytes), "enrolment brings the centre's secret"
        key = class_key(opened, code)
        plan = rosters.plan_import(session, roster.rows, key, secret, day)
        given = ConsentGiven(consent, day) if consent else None
        done = None if preview else rosters.import_plan(session, plan, given, also_elsewhere)
    counts = {fate.value: n for fate, n in plan.counts.items()}
    desk.say("cli-import-preview" if preview else "cli-imported", code=key.code, **counts)
    refused = _refused(plan)
    document: dict[str, object] = {
        "class": key.code,
        "rows": len(plan.rows),
        **counts,
        "refused_rows": refused,
    }
    if done is not None:
        document |= {
            "people_new": done.new,
            "people_changed": done.changed,
            "enrolled": done.enrolled,
            "changes": done.changes,
        }
    desk.show(document, _overview(desk, roster) if refused else None)
    return 0


def _refused(plan: ImportPlan) -> list[dict[str, object]]:
    return [
        {"sheet": row.sheet, "sheet_row": row.sheet_row, "nama": row.name, "codes": list(row.codes)}
        for row in plan.rows
        if row.fate is Fate.REFUSED
    ]


def _overview(desk: Desk, roster: Roster) -> Table | str:
    wrong = [row for row in roster.rows if row.codes][:MOST_SHOWN]
    return desk.table(
        "cli-roster-title",
        ("cli-sheet", "cli-row", "cli-name", "cli-verdict", "cli-what-to-do"),
        [
            (
                row.sheet,
                row.sheet_row,
                row.values.name,
                desk.words(f"verdict-{row.verdict}"),
                " ".join(desk.words(code) for code in row.codes),
            )
            for row in wrong
        ],
    )
