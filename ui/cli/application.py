"""The `balai` command line: its name, and the options that hold for every command."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from app import command_line
from ui.cli import commands
from ui.cli.desk import Desk, default_folder

WITH_VALUE = ("--data-dir", "--language", "--as", "--pin", "--recovery-phrase")

app = typer.Typer(
    name="balai",
    help="Presensi, kemajuan, dan sertifikat balai pelatihan, tanpa jaringan. / "
    "Attendance, progress and certificates of a training centre, with no network.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _options(
    context: typer.Context,
    data_dir: Annotated[
        Path | None, typer.Option(help="Folder data. / Data folder. [BALAI_DATA_DIR]")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Satu dokumen JSON di stdout. / One JSON document.")
    ] = False,
    language: Annotated[str, typer.Option(help="id | en")] = "",
    login: Annotated[
        str | None, typer.Option("--as", help="Nama masuk petugas. / Login of who works.")
    ] = None,
    pin: Annotated[str | None, typer.Option(help="PIN petugas. / PIN of who works. [BALAI_PIN]")] = None,
    recovery_phrase: Annotated[str | None, typer.Option(help="Kata pemulihan. / Recovery phrase.")] = None,
) -> None:
    context.obj = Desk(
        as_json=as_json,
        language=command_line.language_of(language),
        folder=data_dir or default_folder(),
        login=login or os.environ.get("BALAI_AS"),
        pin=pin or os.environ.get("BALAI_PIN"),
        phrase=recovery_phrase,
    )


commands.register(app)


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    return command_line.run(app, "balai", arguments, WITH_VALUE)
