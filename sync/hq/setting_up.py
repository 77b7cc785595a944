"""Commands that set headquarters up and let laptops in: init, serve, centre, enrol, programme, user."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.journal.device_certificate import EVERYBODY
from app.storage.files import write_durably
from app.storage.journal import Draft, record
from sync.hq import authority, catalogue, centres, devices, enrolment, files, keys, users
from sync.hq import headquarters as offices
from sync.hq.centres import CentreForm
from sync.hq.config import Config
from sync.hq.desk import Desk

Json = Annotated[Path, typer.Argument(help="Berkas / file")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the command line."""
    app.command("init")(init)
    app.command("serve")(serve)
    centre = typer.Typer(no_args_is_help=True, help="Balai. / Centres.")
    centre.command("add")(centre_add)
    app.add_typer(centre, name="centre")
    app.command("enrol")(enrol)
    programme = typer.Typer(no_args_is_help=True, help="Program pelatihan. / Programmes.")
    programme.command("publish")(programme_publish)
    app.add_typer(programme, name="programme")
    user = typer.Typer(no_args_is_help=True, help="Pengguna konsol. / Users of the console.")
    user.command("add")(user_add)
    app.add_typer(user, name="user")
    app.command("devices")(devices_list)


def init(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(help="Alamat untuk sinkronisasi. / Where laptops sync.")
    ] = "127.0.0.1:8765",
    verify_host: Annotated[str, typer.Option(help="Alamat di kode QR. / Where QR codes lead.")] = "",
    database: Annotated[
        str, typer.Option(help="sqlite:///berkas | postgresql+psycopg://…")
    ] = "sqlite:///headquarters.sqlite",
    name: Annotated[str, typer.Option(help="Nama otoritas. / The authority's name.")] = "Balai",
    block: Annotated[
        int, typer.Option(min=1, max=9_999, help="Nomor seri per delegasi. / Serials a block.")
    ] = 300,
    sample: Annotated[
        bool, typer.Option(help="Semua sertifikat bertanda CONTOH. / Mark all certificates as samples.")
    ] = False,
) -> None:
    """Siapkan pusat: kunci, basis data, berkas kepercayaan. / Set headquarters up."""
    desk: Desk = context.obj
    settings = Config(
        database=database,
        host=host.lower(),
        verify_host=(verify_host or host.partition(":")[0]).lower(),
        block=block,
        authority_name=name,
    )
    made = offices.create(desk.folder, settings)
    try:
        with made.write() as session:
            authority.sign_trust(made, session, keys.root(desk.folder))
        with made.write() as session:
            authority.sign_status(made, session)
            if sample:
                record(session, Draft("policy", ("sample",), {"value": ("yes",)}), scope=EVERYBODY)
    finally:
        made.close()
    desk.done(
        "hq-ready",
        {"folder": str(desk.folder), "host": settings.host, "keys": str(desk.folder / keys.FOLDER)},
    )


def serve(
    context: typer.Context,
    address: Annotated[str, typer.Option(help="Alamat jaringan. / Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0: yang kosong / 0: a free one")] = 8765,
    certfile: Annotated[Path | None, typer.Option(help="TLS")] = None,
    keyfile: Annotated[Path | None, typer.Option(help="TLS")] = None,
    behind_proxy: Annotated[
        bool, typer.Option(help="TLS dilakukan proksi di depan. / A proxy in front does TLS.")
    ] = False,
) -> None:
    """Jalankan server. / Serve."""
    from sync.hq.server import Binding  # uvicorn and Starlette, which no other command waits for
    from sync.hq.server import serve as serve_until_told

    desk: Desk = context.obj
    binding = Binding(address, port, certfile, keyfile, behind_proxy)
    with desk.headquarters() as headquarters:
        serve_until_told(headquarters, binding, lambda url: desk.done("hq-serving", {"url": url}))


def centre_add(
    context: typer.Context,
    code: Annotated[int, typer.Argument(help="Kode balai, lima angka. / Five digits.")],
    name: Annotated[str, typer.Argument(help="Nama. / Name.")],
    full_name: Annotated[str | None, typer.Option()] = None,
    short: Annotated[str | None, typer.Option(help="Singkatan, untuk nomor. / For numbers.")] = None,
    parent: Annotated[int | None, typer.Option()] = None,
    city: Annotated[str | None, typer.Option()] = None,
    regency_code: Annotated[str | None, typer.Option()] = None,
    province_code: Annotated[str | None, typer.Option()] = None,
    timezone: Annotated[str, typer.Option()] = "Asia/Jakarta",
    quota: Annotated[int | None, typer.Option()] = None,
    letterhead: Annotated[list[str] | None, typer.Option(help="Satu baris kop. / One line each.")] = None,
    signatory_title: Annotated[str | None, typer.Option()] = None,
    signatory: Annotated[str | None, typer.Option()] = None,
    signatory_nip: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Umumkan sebuah balai, atau perbarui. / Publish a centre, or publish it anew."""
    desk: Desk = context.obj
    form = CentreForm(
        code, name, full_name, short, parent, city, regency_code, province_code, timezone, quota,
        tuple(letterhead or ()), signatory_title, signatory, signatory_nip,
    )  # fmt: skip
    with desk.headquarters() as headquarters, headquarters.write() as session:
        centres.publish(session, form)
    desk.done("hq-centre-published", {"centre": code, "name": name})


def enrol(
    context: typer.Context,
    centre: Annotated[int | None, typer.Option(help="Kode balai. / The centre's code.")] = None,
    role: Annotated[str, typer.Option(help=" | ".join(enrolment.ROLES))] = "administrator",
    request: Annotated[
        Path | None, typer.Option(help="Berkas permintaan dari laptop. / A laptop's request file.")
    ] = None,
    answer: Annotated[Path | None, typer.Option(help="Berkas jawaban. / Where the answer goes.")] = None,
) -> None:
    """Buat kode untuk satu laptop, atau jawab berkas permintaan. / Make a code, or answer a request file."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters:
        if request is not None and answer is not None:
            write_durably(answer, enrolment.answer(headquarters, files.read(request), by_stick=True))
            desk.done("hq-enrolment-answered", {"answer": str(answer)})
            return
        if centre is None or request is not None or answer is not None:
            raise typer.BadParameter("--centre | --request --answer")
        code = enrolment.make_code(headquarters, centre, role)
    desk.done(
        "hq-code-made", {"code": code, "centre": centre, "role": role, "hours": enrolment.NETWORK_HOURS}
    )


def programme_publish(context: typer.Context, file: Json) -> None:
    """Umumkan versi program dari berkas JSON. / Publish a programme's version."""
    desk: Desk = context.obj
    programme = catalogue.read(files.read(file))
    with desk.headquarters() as headquarters, headquarters.write() as session:
        fresh = catalogue.publish(session, programme)
    document = {
        "programme": programme.code,
        "version": programme.version,
        "modules": len(programme.modules),
        "jp": programme.jp,
        "new": fresh,
    }
    desk.done("hq-programme-published" if fresh else "hq-programme-there", document)


def user_add(
    context: typer.Context,
    login: str,
    name: str,
    role: Annotated[str, typer.Option(help="viewer | editor | administrator")] = "viewer",
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, envvar="BALAI_HQ_PASSWORD")] = "",
) -> None:
    """Tambah pengguna konsol. / Add a user of the console."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters, headquarters.take() as session:
        users.add(session, login, name, role, password, headquarters.now())
    desk.done("hq-user-added", {"login": login, "role": role})


def devices_list(
    context: typer.Context, centre: Annotated[int | None, typer.Option(help="Kode balai.")] = None
) -> None:
    """Daftar laptop. / List the devices."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters, headquarters.read() as session:
        rows = devices.listed(session, centre)
    columns = ("device", "centre", "number", "name", "role", "enrolled_at", "seen_at", "revoked_at")
    desk.show({"devices": [{c: getattr(row, c) for c in columns} for row in rows]}, columns, rows)
