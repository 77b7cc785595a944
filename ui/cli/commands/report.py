"""`balai report NAME --class CODE --out FILE`: papers and workbooks of a class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.queries import report_rows
from app.reports import output
from app.reports.rows import Cells
from ui.cli.desk import Desk, class_key, today


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("report", help="Tulis laporan kelas: PDF, XLSX, CSV. / Write a report of a class.")(report)


def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=f"{' | '.join(output.NAMES)}")],
    code: Annotated[str, typer.Option("--class", help="Kode kelas. / Class code.")],
    out: Annotated[Path, typer.Option(help="Berkas .pdf .xlsx .csv. / The file.")],
    cells: Annotated[
        Cells, typer.Option(help="Isi kotak daftar hadir. / What the sheet's cells hold.")
    ] = Cells.MARKS,
) -> int:
    """Tulis laporan kelas. / Write a report of a class."""
    desk: Desk = context.obj
    wanted = output.check(name, out)
    with desk.workplace() as opened, opened.store.read() as session:
        key = class_key(opened, code)
        language = desk.tongue
        data = report_rows.of(session, key, wanted, today(opened), language, cells)
    output.write(name, data, out)
    desk.say("cli-report-written", path=out)
    desk.show({"report": name, "file": str(out)})
    return 0
