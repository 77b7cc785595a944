"""`balai setup`: a folder becomes a laptop of a centre, by code, by file, or for practice."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Annotated

import typer

from app.actions import practice as practising
from app.errors import Refused
from app.storage.files import write_durably
from sync import facade
from ui.cli import lines
from ui.cli.commands.sync import check_address
from ui.cli.desk import Desk


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("setup")(setup)


def setup(
    context: typer.Context,
    enrol: Annotated[
        str | None, typer.Option(metavar="CODE", help="Kode dari kantor pusat. / Code from headquarters.")
    ] = None,
    hq: Annotated[
        str | None, typer.Option(metavar="URL", help="Alamat kantor pusat. / Headquarters' address.")
    ] = None,
    request_file: Annotated[
        Path | None, typer.Option(help="Tulis berkas permintaan untuk dibawa. / Request file to carry.")
    ] = None,
    enrol_file: Annotated[
        Path | None, typer.Option(help="Berkas jawaban dari pusat. / Headquarters' answer file.")
    ] = None,
    practice: Annotated[
        bool, typer.Option("--practice", help="Untuk berlatih, data rekaan. / For practice, made-up data.")
    ] = False,
    name: Annotated[str, typer.Option(help="Nama laptop ini. / This laptop's name.")] = "",
) -> int:
    """Siapkan laptop ini. / Set this laptop up."""
    desk: Desk = context.obj
    device = name.strip() or platform.node() or "laptop"
    if practice:
        return _practise(desk)
    if enrol is not None and request_file is not None:
        write_durably(request_file, facade.request_enrolment(desk.folder, enrol, device), mode=0o644)
        desk.say("cli-request-written", path=request_file)
        desk.show({"request": str(request_file)})
        return 0
    if enrol is not None and hq is not None:
        check_address(hq)
        return _welcome(desk, facade.enrol(desk.folder, hq, enrol, device))
    if enrol_file is not None:
        return _welcome(desk, facade.finish_enrolment(desk.folder, lines.content(enrol_file)))
    raise Refused("setup-how", field="enrol")


def _welcome(desk: Desk, joined: facade.Joined) -> int:
    joined.workplace.close()
    desk.say("cli-enrolled", centre=joined.centre, folder=desk.folder)
    desk.say("cli-recovery-phrase", phrase=joined.phrase)
    document = {
        "centre": joined.centre,
        "role": joined.role,
        "host": joined.host,
        "recovery_phrase": joined.phrase,
    }
    desk.show({**document, "folder": str(desk.folder)})
    return 0


def _practise(desk: Desk) -> int:
    opened, phrase = practising.create(desk.folder)
    opened.close()
    desk.say("cli-practice-ready", folder=desk.folder)
    desk.show(
        {"centre": practising.CENTRE, "practice": True, "recovery_phrase": phrase, "folder": str(desk.folder)}
    )
    return 0
