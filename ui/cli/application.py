"""The `balai` command line: its name, and the options that hold for every command."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from app import command_line
from ui.cli import commands
from ui.cli.desk import Desk, default_folder

WITH_VALUE = ("--data-dir", "--language", "--as", "--pin", "--recovery-phrase")


def _options(
    context: typer.Context,
    data_dir: Annotated[
        Path | None,
        typer.Option(help="Folder data (atau BALAI_DATA_DIR). / Data folder (or BALAI_DATA_DIR)."),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Hasil sebagai satu dokumen JSON. / The result as one JSON document."),
    ] = False,
    language: Annotated[
        str,
        typer.Option(
            help="Bahasa: id atau en (atau BALAI_LANGUAGE). / Language: id or en (or BALAI_LANGUAGE)."
        ),
    ] = "",
    login: Annotated[
        str | None,
        typer.Option("--as", help="Nama masuk petugas (atau BALAI_AS). / Login of who works (or BALAI_AS)."),
    ] = None,
    pin: Annotated[
        str | None,
        typer.Option(help="PIN petugas itu (atau BALAI_PIN). / PIN of that person (or BALAI_PIN)."),
    ] = None,
    recovery_phrase: Annotated[
        str | None,
        typer.Option(help="Kata pemulihan, bila kunci laptop hilang. / If the laptop's key is lost."),
    ] = None,
) -> None:
    context.obj = Desk(
        as_json=as_json,
        language=command_line.language_of(language),
        folder=data_dir or default_folder(),
        login=login or os.environ.get("BALAI_AS"),
        pin=pin or os.environ.get("BALAI_PIN"),
        phrase=recovery_phrase,
    )


class _InOrder(TyperGroup):
    """The commands in the order a centre meets them; Typer would put the groups last."""

    def list_commands(self, ctx: object) -> list[str]:
        return [word for word in commands.MODULES if word in self.commands]


@cache
def application(word: str) -> typer.Typer:
    """The command line with the command of this name alone, or with all where none has it."""
    app = typer.Typer(
        name="balai",
        cls=_InOrder,
        help="Presensi, kemajuan, dan sertifikat balai pelatihan, tanpa jaringan. / "
        "Attendance, progress and certificates of a training centre, with no network.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_options)
    commands.register(app, word)
    return app


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    return command_line.run(application, "balai", arguments, WITH_VALUE)
