"""`balai person add | list`: who works on this laptop."""

from __future__ import annotations

from typing import Annotated

import typer

from app.actions import persons as actions
from app.domain.roles import Role
from app.queries import persons
from ui.cli.desk import Desk

group = typer.Typer(no_args_is_help=True, help="Petugas dan PIN-nya. / People who work here.")


def register(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.add_typer(group, name="person")


@group.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Nama lengkap. / Full name.")],
    login: Annotated[str, typer.Option(help="Nama masuk. / Login.")],
    new_pin: Annotated[
        str | None,
        typer.Option("--new-pin", help="PIN 6 angka; tanpa ini ditanyakan. / 6 digits; asked for otherwise."),
    ] = None,
    role: Annotated[Role, typer.Option(help="Peran. / Role.")] = Role.INSTRUCTOR,
) -> int:
    """Tambah petugas dengan PIN. / Add a person with a PIN."""
    desk: Desk = context.obj
    pin = new_pin or desk.ask_pin("cli-ask-new-pin", again=True)
    with desk.workplace() as opened, opened.store.write(desk.author(opened, founding=True)) as session:
        person = actions.add(session, name=name, login=login, role=role, pin=pin)
    desk.say("cli-person-added", name=name, login=login)
    desk.show({"person": person.hex(), "name": name, "login": login, "role": role.value})
    return 0


@group.command("list")
def show(context: typer.Context) -> int:
    """Siapa saja yang bekerja di sini. / Who works here."""
    desk: Desk = context.obj
    with desk.workplace() as opened, opened.store.read() as session:
        rows = persons.listed(session)
    document = {
        "persons": [
            {"id": row.id.hex(), "name": row.name, "login": row.login, "role": row.role, "active": row.active}
            for row in rows
        ]
    }
    table = desk.table(
        "cli-persons-title",
        ("cli-name", "cli-login", "cli-role"),
        [(row.name, row.login, desk.words(f"role-{row.role}")) for row in rows],
        empty="cli-no-persons",
    )
    desk.show(document, table)
    return 0
