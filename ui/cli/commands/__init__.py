"""The commands by their first word; each module registers its own on the application.

A module is imported when its command runs: what one needs (PDF, barcodes, HTTP), the others don't wait for.
"""

from __future__ import annotations

from importlib import import_module

import typer

MODULES = {
    "demo": "demo",
    "setup": "setup",
    "person": "persons",
    "class": "classes",
    "roster": "roster",
    "mark": "marks",
    "result": "results",
    "completion": "completion",
    "certificate": "certificates",
    "verify": "verify",
    "report": "report",
    "sync": "sync",
    "bundle": "bundles",
    "review": "reviews",
    "status": "status",
    "backup": "upkeep",
    "restore": "upkeep",
    "doctor": "upkeep",
}
"""First word of a command -> the module that holds it, in the order a centre meets them."""


def register(app: typer.Typer, word: str) -> None:
    """Put the command with this first word on the application; all of them where no command has it."""
    wanted = [MODULES[word]] if word in MODULES else list(dict.fromkeys(MODULES.values()))
    for name in wanted:
        import_module(f"ui.cli.commands.{name}").register(app)
