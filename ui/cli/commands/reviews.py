"""`balai review list | choose`: where two machines said different things, both are shown, one is chosen."""

from __future__ import annotations

from typing import Annotated

import typer

from app.actions import reviews as actions
from app.errors import Refused
from app.queries import reviews
from app.queries.reviews import Review, Version
from ui.cli.desk import Desk, today

group = typer.Typer(no_args_is_help=True, help="Data yang berbeda di dua laptop. / Conflicts to settle.")


def register(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.add_typer(group, name="review")


@group.command("list")
def show(context: typer.Context) -> int:
    """Apa yang perlu dipilih, dengan kedua nilainya. / What needs a choice, with both values."""
    desk: Desk = context.obj
    with desk.workplace() as opened, opened.store.read() as session:
        rows = reviews.listed(session)
    lines = [
        (
            row.id.hex() if place == 0 else "",
            f"{row.entity} {row.subject}" if place == 0 else "",
            place,
            _values(version),
            version.author,
            version.machine,
            version.at and f"{version.at:%Y-%m-%d %H:%M}",
        )
        for row in rows
        for place, version in enumerate(row.versions)
    ]
    heads = ("cli-review", "cli-concerns", "cli-choice", "cli-value", "cli-author", "cli-machine", "cli-when")
    table = desk.table("cli-reviews-title", heads, lines, empty="cli-no-reviews")
    desk.show({"reviews": [_document(row) for row in rows]}, table)
    return 0


@group.command("choose")
def choose(
    context: typer.Context,
    review: Annotated[str, typer.Argument(help="Tanda dari daftar. / Id from the list.")],
    choice: Annotated[int, typer.Argument(help="Pilihan: 0, 1, … / Which one.")],
    reason: Annotated[str | None, typer.Option(help="Alasan. / Reason.")] = None,
) -> int:
    """Pilih nilai yang berlaku. / Choose the value that holds."""
    desk: Desk = context.obj
    try:
        wanted = bytes.fromhex(review)
    except ValueError as fault:
        raise Refused("review-unknown", field="review", review=review) from fault
    with desk.workplace() as opened, opened.store.write(desk.author(opened)) as session:
        actions.choose(session, wanted, choice, today(opened), reason)
    desk.say("cli-chosen", review=review)
    desk.show({"review": review, "choice": choice})
    return 0


def _document(row: Review) -> dict[str, object]:
    return {
        "review": row.id.hex(),
        "kind": row.kind.name.lower(),
        "entity": row.entity,
        "subject": row.subject,
        "key": dict(row.key),
        "versions": [
            {
                "choice": place, "values": dict(version.values), "author": version.author,
                "machine": version.machine, "at": version.at, "reason": version.reason,
            }
            for place, version in enumerate(row.versions)
        ],
    }  # fmt: skip


def _values(version: Version) -> str:
    return ", ".join(f"{name}: {value}" for name, value in version.values.items() if value is not None)
