"""Commands about trust and what came in: authority, revoke, release, bundle, export, status, backup."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.domain import serial as serials
from app.domain.ids import Serial
from app.errors import Refused
from app.storage.files import write_durably
from sync.hq import authority, backup, bundles, incidents, keys, revocation
from sync.hq import register as registers
from sync.hq.desk import Desk
from sync.hq.intake import Intake

BARE_DIGITS = 12  # centre and sequence without the check pair


def register(app: typer.Typer) -> None:
    """Hang the commands on the command line."""
    papers = typer.Typer(no_args_is_help=True, help="Berkas kepercayaan. / The trust file.")
    papers.command("sign")(authority_sign)
    app.add_typer(papers, name="authority")
    revoke = typer.Typer(no_args_is_help=True, help="Cabut. / Revoke.")
    revoke.command("certificate")(revoke_certificate)
    revoke.command("device")(revoke_device)
    app.add_typer(revoke, name="revoke")
    app.command("release")(release)
    bundle = typer.Typer(no_args_is_help=True, help="Bundel di stik. / Bundles on a stick.")
    bundle.command("read")(bundle_read)
    bundle.command("write")(bundle_write)
    app.add_typer(bundle, name="bundle")
    app.command("export")(export)
    app.command("status")(status)
    app.command("backup")(backup_write)


def authority_sign(
    context: typer.Context,
    root: Annotated[str, typer.Option(help="Kunci akar: root, standby, atau berkas. / Root key.")] = "root",
    passphrase: Annotated[str, typer.Option(envvar="BALAI_ROOT_PASSPHRASE", help="Kata sandi kunci.")] = "",
    out: Annotated[Path | None, typer.Option(help="Tulis juga ke berkas. / Write it here, too.")] = None,
) -> None:
    """Tanda tangani berkas kepercayaan baru dan daftar status. / Sign a new trust file and status list."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters:
        key = keys.root(desk.folder, root, passphrase.encode() or None)
        with headquarters.write() as session:
            trust_file = authority.sign_trust(headquarters, session, key)
        with headquarters.write() as session:
            authority.sign_status(headquarters, session)
    if out is not None:
        write_durably(out, trust_file, 0o644)
    desk.done("hq-trust-signed", {"bytes": len(trust_file)})


def revoke_certificate(
    context: typer.Context,
    serial: Annotated[str, typer.Argument(help="Nomor seri. / Serial number.")],
    reason: Annotated[str, typer.Option(help="error | superseded | fraud")] = "error",
) -> None:
    """Cabut sertifikat. / Revoke a certificate."""
    desk: Desk = context.obj
    number = _serial(serial)
    with desk.headquarters() as headquarters, headquarters.write() as session:
        revocation.revoke_certificate(headquarters, session, number, reason)
    desk.done("hq-certificate-revoked", {"serial": number, "reason": reason})


def revoke_device(
    context: typer.Context,
    device: Annotated[str, typer.Argument(help="Id laptop, 16 angka heksa. / 16 hex digits.")],
    reason: Annotated[str, typer.Option(help="Alasan. / Reason.")],
) -> None:
    """Cabut laptop. / Revoke a device."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters, headquarters.write() as session:
        revocation.revoke_device(headquarters, session, _device(device), reason)
    desk.done("hq-device-revoked", {"device": device})


def release(context: typer.Context, device: Annotated[str, typer.Argument(help="Id laptop.")]) -> None:
    """Terima kembali laptop dan perubahannya yang ditahan. / Release a device and what was held of it."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters:
        intake = revocation.release_device(headquarters, _device(device))
    desk.done("hq-device-released", {"device": device, **_counted(intake)})


def bundle_read(context: typer.Context, file: Path) -> None:
    """Terima bundel dari laptop. / Take a laptop's bundle in."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters:
        found = bundles.read(headquarters, file)
    document = {
        "centre": found.sender.centre,
        "device": found.sender.device_id,
        "name": found.sender.name,
        "complete": found.complete,
        **_counted(found.intake),
    }
    desk.done("hq-bundle-read" if found.complete else "hq-bundle-torn", document)


def bundle_write(
    context: typer.Context, file: Path, centre: Annotated[int, typer.Option(help="Kode balai.")]
) -> None:
    """Tulis bundel balasan untuk sebuah balai. / Write a bundle for a centre's laptops."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters:
        written = bundles.write(headquarters, file, centre)
    desk.done("hq-bundle-written", {"path": str(file), **asdict(written)})


def export(context: typer.Context, folder: Path) -> None:
    """Tulis semua tabel sebagai CSV. / Write every table as CSV."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters, headquarters.read() as session:
        rows = registers.export(session, folder)
    desk.done("hq-exported", {"path": str(folder), "tables": len(rows), "rows": rows})


def status(context: typer.Context) -> None:
    """Apa yang ada di pusat. / What headquarters holds."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters, headquarters.read() as session:
        held = registers.holdings(session)
        noted = incidents.open_ones(session)
    columns = ("centre", "name", "devices", "classes", "enrolments", "marks", "results", "certificates")
    document = asdict(held) | {"incidents": [asdict(row) for row in noted]}
    desk.show(document, columns, held.centres)


def backup_write(context: typer.Context, file: Path) -> None:
    """Buat cadangan. / Make a backup."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters:
        size = backup.write(headquarters, file)
    desk.done("hq-backed-up", {"path": str(file), "bytes": size})


def _counted(intake: Intake) -> dict[str, object]:
    return {
        "changes": intake.changes,
        "logs": len(intake.logs),
        "refused": sorted({refusal.code for refusal in intake.refused}),
        "held": len(intake.held),
    }


def _device(text: str) -> bytes:
    try:
        found = bytes.fromhex(text)
    except ValueError as fault:
        raise Refused("device-id-invalid", field="device") from fault
    if len(found) != 8:
        raise Refused("device-id-invalid", field="device")
    return found


def _serial(text: str) -> int:
    """The serial as printed, with its check pair, or as the bare number the register holds."""
    if text.isascii() and text.isdigit() and len(text) <= BARE_DIGITS:
        serials.split(Serial(int(text)))
        return int(text)
    return int(serials.parse(text))
