"""`balai class new | list | schedule`."""

from __future__ import annotations

from typing import Annotated

import typer

from app.actions import classes as actions
from app.domain import calendar, typed_days, typed_times
from app.domain.timetable import SessionPlan
from app.errors import Refused
from app.queries import classes, holidays, programmes
from ui.cli.desk import Desk, class_key, today

group = typer.Typer(no_args_is_help=True, help="Kelas dan jadwalnya. / Classes and schedules.")
Code = Annotated[str, typer.Argument(help="Kode kelas, misalnya KWU-2026-09. / Class code.")]


def register(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.add_typer(group, name="class")


@group.command("new")
def new(
    context: typer.Context,
    code: Code,
    title: Annotated[str, typer.Option(help="Nama kelas. / Title.")],
    programme: Annotated[str, typer.Option(help="Kode program. / Programme code.")],
    first_day: Annotated[str, typer.Option("--from", help="Hari pertama, misalnya 2026-11-24. / First day.")],
    last_day: Annotated[str, typer.Option("--to", help="Hari terakhir. / Last day.")],
    version: Annotated[
        int | None,
        typer.Option(min=1, max=9_999, help="Versi program. / Programme version; the newest by default."),
    ] = None,
    intake: Annotated[str, typer.Option(help="Angkatan. / Intake.")] = "",
    room: Annotated[str, typer.Option(help="Ruang. / Room.")] = "",
) -> int:
    """Buka kelas baru. / Open a class."""
    desk: Desk = context.obj
    with desk.workplace() as opened, opened.store.write(desk.author(opened)) as session:
        now = today(opened)
        key = actions.create(
            session,
            code=code,
            title=title,
            programme=programme,
            version=version or programmes.newest(session, programme),
            first_day=typed_days.parse(first_day, now, "from"),
            last_day=typed_days.parse(last_day, now, "to"),
            intake=intake,
            room=room,
        )
    desk.say("cli-class-opened", code=key.code)
    desk.show({"class": key.code, "centre": key.centre})
    return 0


@group.command("list")
def show(context: typer.Context) -> int:
    """Kelas di balai ini. / The centre's classes."""
    desk: Desk = context.obj
    with desk.workplace() as opened, opened.store.read() as session:
        rows = classes.listed(session)
    document = {
        "classes": [
            {
                "class": row.key.code, "title": row.title, "intake": row.intake, "programme": row.programme,
                "version": row.version, "from": row.first_day, "to": row.last_day,
                "people": row.enrolled, "sessions": row.planned, "held": row.held,
            }
            for row in rows
        ]
    }  # fmt: skip
    lines = [
        (row.key.code, row.title, _period(desk, row), row.enrolled, f"{row.held}/{row.planned}")
        for row in rows
    ]
    heads = ("cli-class", "cli-title", "cli-period", "cli-people", "cli-sessions")
    desk.show(document, desk.table("cli-classes-title", heads, lines, empty="cli-no-classes"))
    return 0


@group.command("schedule")
def schedule(
    context: typer.Context,
    code: Code,
    sessions: Annotated[int, typer.Option(help="Banyak pertemuan. / Number of sessions.")],
    times: Annotated[
        list[str], typer.Option("--time", help="Jam, misalnya 08.30-11.30; ulangi untuk sesi siang. / Times.")
    ],
    first: Annotated[
        str | None, typer.Option("--from", help="Mulai. / Start; the class's first day by default.")
    ] = None,
    jp: Annotated[int, typer.Option(help="JP tiap pertemuan. / JP of a session.")] = 4,
) -> int:
    """Susun jadwal pada hari kerja, tanpa hari libur. / Plan sessions on working days."""
    desk: Desk = context.obj
    hours = [typed_times.parse(text, "time") for text in times]
    with desk.workplace() as opened, opened.store.write(desk.author(opened)) as session:
        key = class_key(opened, code)
        begins = classes.head(session, key).first_day
        if first:
            begins = typed_days.parse(first, today(opened), "from")
        if begins is None:
            raise Refused("period-invalid", field="from")
        closed = holidays.overrides(session)
        planned = calendar.schedule(begins, sessions, per_day=len(hours), overrides=closed)
        plans = [SessionPlan(one.day, *hours[index % len(hours)], jp) for index, one in enumerate(planned)]
        numbers = actions.schedule(session, key, plans)
    desk.say("cli-scheduled", n=len(numbers), first=plans[0].day, last=plans[-1].day)
    made = [
        {
            "session": f"{key.code}/{number}",
            "day": plan.day,
            "starts": plan.starts,
            "ends": plan.ends,
            "jp": plan.jp,
        }
        for number, plan in zip(numbers, plans, strict=True)
    ]
    desk.show({"sessions": made})
    return 0


def _period(desk: Desk, row: classes.ClassRow) -> str:
    if row.first_day is None or row.last_day is None:
        return ""
    return calendar.date_range(row.first_day, row.last_day, desk.tongue)
