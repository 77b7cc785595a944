"""Commands that write the verification page: as a folder for any web server, and as one file to hand out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.certificates import status, trust
from app.storage.files import trouble, write_durably
from sync.hq import authority
from sync.hq.desk import Desk


def register(app: typer.Typer) -> None:
    """Hang the commands on the command line."""
    page = typer.Typer(no_args_is_help=True, help="Halaman verifikasi. / The verification page.")
    page.command("folder")(page_folder)
    page.command("file")(page_file)
    app.add_typer(page, name="page")


def page_folder(
    context: typer.Context, folder: Annotated[Path, typer.Argument(help="Folder tujuan. / Where to.")]
) -> None:
    """Tulis folder statis untuk server web lain. / Write the static folder for another web server."""
    from sync.hq.verify_files import write_folder  # the page's sources, which no other command reads

    desk: Desk = context.obj
    trusted, listed = _lists(desk)
    try:
        written = write_folder(folder, trusted, listed)
    except OSError as fault:
        raise trouble(fault, folder, "file-unwritable") from fault
    desk.done("hq-page-folder-written", {"path": str(folder), "files": written, **_dates(trusted, listed)})


def page_file(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="Berkas .html tujuan. / Where to.")]
) -> None:
    """Tulis halaman sebagai satu berkas yang terbuka tanpa jaringan. / Write the page as a single file."""
    from sync.hq.verify_single import build_single_file

    desk: Desk = context.obj
    trusted, listed = _lists(desk)
    content = build_single_file(trusted, listed)
    write_durably(file, content, 0o644)
    desk.done("hq-page-file-written", {"path": str(file), "bytes": len(content), **_dates(trusted, listed)})


def _lists(desk: Desk) -> tuple[bytes, bytes | None]:
    """The trust file, without which the page can verify nothing, and the status list; NotFound."""
    with desk.headquarters() as headquarters, headquarters.read() as session:
        return authority.need_trust(session), authority.latest_status(session)


def _dates(trusted: bytes, listed: bytes | None) -> dict[str, object]:
    """Of when the lists are, and when new ones are due: who hands a file out must know its age."""
    held = trust.read(trusted).file
    found = None if listed is None else status.read(listed, held).list
    return {
        "trust_dated": held.dated,
        "status_dated": None if found is None else found.dated,
        "status_next": None if found is None else found.next_update,
    }
