"""`balai demo`: the whole job on made-up data, with headquarters and several laptops."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.desk import Desk


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("demo")(demo)


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Option("--dir", help="Folder hasil. / Where the results go.")] = Path(
        "demo-out"
    ),
    no_window: Annotated[
        bool, typer.Option("--no-window", help="Tanpa jendela. / Without the window.")
    ] = False,
) -> int:
    """Seluruh pekerjaan dengan data rekaan. / The whole job on made-up data."""
    from ui.cli.demo import play  # nothing else needs it

    desk: Desk = context.obj
    return play.run(desk, folder, no_window)
