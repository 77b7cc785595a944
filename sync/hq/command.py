"""The `balai-hq` command line: its options, and what becomes of an error.

Exit codes: 0 done, 1 refused (a reason code and words), 2 wrong usage, 3 the environment's fault.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from app import command_line
from sync.hq import design_commands, page_commands, papers, setting_up
from sync.hq.desk import Desk, default_folder

WITH_VALUE = ("--data-dir", "--language")

app = typer.Typer(
    name="balai-hq",
    help="Server pusat Balai. / Headquarters' server of Balai.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _options(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Option("--data-dir", help="Folder pusat. / Headquarters' folder. [BALAI_HQ_DIR]")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Satu dokumen JSON di stdout. / One JSON document.")
    ] = False,
    language: Annotated[str, typer.Option(help="id | en")] = "",
) -> None:
    context.obj = Desk(
        as_json=as_json, language=command_line.language_of(language), folder=folder or default_folder()
    )


setting_up.register(app)
papers.register(app)
page_commands.register(app)
design_commands.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    return command_line.run(lambda _: app, "balai-hq", arguments, WITH_VALUE)


if __name__ == "__main__":
    main()
