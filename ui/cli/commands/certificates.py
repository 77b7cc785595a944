"""`balai certificate issue | list | replace | void`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from app.actions import certificates as actions
from app.actions import issuing
from app.certificates.paper import content, printing
from app.domain import serial
from app.domain.ids import Serial
from app.queries import certificates
from app.storage.files import write_durably
from app.storage.workplace import Workplace
from ui.cli.desk import Desk, class_key, today

group = typer.Typer(
    no_args_is_help=True, help="Terbitkan, ganti, dan batalkan sertifikat. / Issue, replace, void."
)
Number = Annotated[str, typer.Argument(help="Nomor seri, 14 angka. / Serial, 14 digits.")]
Reason = Annotated[str, typer.Option(help="Alasan. / Reason.")]
ClockConfirmed = Annotated[
    bool, typer.Option("--clock-confirmed", help="Jam laptop sudah saya periksa. / I have checked the clock.")
]
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


def register(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.add_typer(group, name="certificate")


@group.command("issue")
def issue(
    context: typer.Context,
    code: Annotated[str, typer.Option("--class", help="Kode kelas. / Class code.")],
    out: Annotated[Path, typer.Option(help="Folder untuk PDF. / Folder for the PDFs.")],
    one_file: Annotated[
        bool, typer.Option("--one-file", help="Satu PDF untuk sekelas juga. / One PDF of the class too.")
    ] = False,
    confirmed: ClockConfirmed = False,
) -> int:
    """Terbitkan sertifikat bagi yang LULUS, satu PDF tiap orang. / Issue certificates, one PDF a person."""
    desk: Desk = context.obj
    with desk.workplace() as opened:
        key = class_key(opened, code)
        issuer = issuing.issuer_of(opened, confirmed)
        with opened.store.write(desk.author(opened)) as session:
            made = actions.issue(session, key, issuer, today(opened))
        issuing.remember(opened)
        written = _write(opened, made.serials, out)
        if one_file:
            _write_class(opened, made.serials, out / f"{_NOT_IN_NAMES.sub('-', key.code)}.pdf")
    desk.say("cli-issued", n=len(made.serials), code=key.code, folder=out)
    document = {
        "class": key.code,
        "issued": [{"serial": serial.format(number), "file": str(path)} for number, path in written.items()],
        "left_out": len(made.left_out),
    }
    desk.show(document)
    return 0


@group.command("list")
def show(
    context: typer.Context,
    code: Annotated[str | None, typer.Option("--class", help="Kode kelas. / Class code.")] = None,
) -> int:
    """Buku register: terbit, batal, diganti, dicabut. / The register."""
    desk: Desk = context.obj
    with desk.workplace() as opened, opened.store.read() as session:
        key = class_key(opened, code) if code else None
        rows = certificates.register(session, key)
    document = {
        "certificates": [
            {
                "serial": serial.format(row.serial), "number": row.official_number, "name": row.name,
                "class": row.key.code, "state": row.state.value, "reason": row.reason,
                "other": None if row.other is None else serial.format(row.other), "signed_on": row.signed_on,
            }
            for row in rows
        ]
    }  # fmt: skip
    lines = [
        (
            serial.format(row.serial),
            row.official_number,
            row.name,
            row.key.code,
            desk.words(f"certificate-{row.state}"),
        )
        for row in rows
    ]
    heads = ("cli-serial", "cli-official-number", "cli-name", "cli-class", "cli-state")
    desk.show(document, desk.table("cli-register-title", heads, lines, empty="cli-no-certificates"))
    return 0


@group.command("replace")
def replace(
    context: typer.Context,
    number: Number,
    reason: Reason,
    out: Annotated[Path, typer.Option(help="Folder untuk PDF. / Folder for the PDF.")],
    confirmed: ClockConfirmed = False,
) -> int:
    """Ganti sertifikat yang keliru; nomor seri baru. / Replace a faulty certificate; a new serial."""
    desk: Desk = context.obj
    with desk.workplace() as opened:
        issuer = issuing.issuer_of(opened, confirmed)
        with opened.store.write(desk.author(opened)) as session:
            made = actions.replace(session, serial.parse(number), issuer, today(opened), reason)
        issuing.remember(opened)
        written = _write(opened, (made,), out)
    desk.say("cli-replaced", old=number, new=serial.format(made))
    desk.show({"serial": serial.format(made), "file": str(written[made]), "replaces": number})
    return 0


@group.command("void")
def void(context: typer.Context, number: Number, reason: Reason) -> int:
    """Batalkan sertifikat yang belum diserahkan. / Void a certificate that was not handed out."""
    desk: Desk = context.obj
    with desk.workplace() as opened, opened.store.write(desk.author(opened)) as session:
        done = actions.void(session, serial.parse(number), today(opened), reason)
    desk.say("cli-voided", serial=serial.format(done))
    desk.show({"serial": serial.format(done), "state": "void"})
    return 0


def _write(opened: Workplace, serials: tuple[Serial, ...], folder: Path) -> Mapping[Serial, Path]:
    """One PDF a person, named by serial and name."""
    written: dict[Serial, Path] = {}
    for number, page in _pages(opened, serials).items():
        name = _NOT_IN_NAMES.sub("-", page.signed.content.name).strip("-.")
        path = folder / f"{number:012}-{name}.pdf"
        write_durably(path, printing.render_one(page), mode=0o644)
        written[number] = path
    return written


def _write_class(opened: Workplace, serials: tuple[Serial, ...], path: Path) -> None:
    write_durably(path, printing.render_class(list(_pages(opened, serials).values())), mode=0o644)


def _pages(opened: Workplace, serials: tuple[Serial, ...]) -> Mapping[Serial, content.PageContent]:
    with opened.store.read() as session:
        frozen = certificates.contents(session, serials)
    return {number: content.read(raw) for number, raw in frozen.items()}
