"""The commands by noun; each module registers its own on the application."""

from __future__ import annotations

import typer

from ui.cli.commands import (
    bundles,
    certificates,
    classes,
    completion,
    demo,
    marks,
    persons,
    results,
    reviews,
    roster,
    setup,
    status,
    sync,
    upkeep,
    verify,
)

MODULES = (
    demo,
    setup,
    persons,
    classes,
    roster,
    marks,
    results,
    completion,
    certificates,
    verify,
    sync,
    bundles,
    status,
    reviews,
    upkeep,
)


def register(app: typer.Typer) -> None:
    """Put every command on the application, in the order a centre meets them."""
    for module in MODULES:
        module.register(app)
