"""Commands about the look of certificates: try a template, publish it, use it for programmes, list them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from app.certificates.paper import template
from app.queries import publications
from app.queries.publications import Kind
from app.storage.files import write_durably
from sync.hq import designs
from sync.hq.desk import Desk

File = Annotated[Path, typer.Argument(help="Berkas .json, gambar lambang di sampingnya. / Crests beside it.")]
Programmes = Annotated[
    list[str] | None, typer.Option("--programme", help="Kode program; boleh berulang. / May be repeated.")
]


@dataclass(frozen=True, slots=True)
class _Row:
    template: str
    origin: str


def register(app: typer.Typer) -> None:
    """Hang the commands on the command line."""
    group = typer.Typer(no_args_is_help=True, help="Rancangan sertifikat. / The look of certificates.")
    group.command("try")(template_try)
    group.command("publish")(template_publish)
    group.command("use")(template_use)
    group.command("list")(template_list)
    app.add_typer(group, name="template")


def template_try(
    context: typer.Context,
    file: File,
    out: Annotated[Path, typer.Option(help="PDF contoh. / Where the sample goes.")],
) -> None:
    """Cetak contoh untuk dilihat, tanpa mengumumkan. / Draw a sample to look at; publish nothing."""
    desk: Desk = context.obj
    design = designs.read(file)
    drawn = designs.sample(design)
    write_durably(out, drawn, 0o644)
    desk.done("hq-template-tried", {"template": design.name, "path": str(out), "bytes": len(drawn)})


def template_publish(context: typer.Context, file: File, programme: Programmes = None) -> None:
    """Umumkan rancangan baru. / Publish a template; with --programme, use it from now on."""
    desk: Desk = context.obj
    design = designs.read(file)
    with desk.headquarters() as headquarters, headquarters.write() as session:
        fresh = designs.publish(session, design)
        for code in programme or ():
            designs.use(session, design.name, code)
    document = {
        "template": design.name,
        "bytes": len(design.raw),
        "crests": len(design.crests),
        "programmes": programme or [],
        "new": fresh,
    }
    desk.done("hq-template-published" if fresh else "hq-template-there", document)


def template_use(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Nama rancangan. / The template's name.")],
    programme: Annotated[list[str], typer.Option("--programme", help="Kode program; boleh berulang.")],
) -> None:
    """Pakai rancangan untuk sertifikat baru sebuah program. / Use a template for new certificates."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters, headquarters.write() as session:
        for code in programme:
            designs.use(session, name, code)
    desk.done("hq-template-used", {"template": name, "programmes": programme})


def template_list(context: typer.Context) -> None:
    """Daftar rancangan. / List the templates."""
    desk: Desk = context.obj
    with desk.headquarters() as headquarters, headquarters.read() as session:
        published = publications.names(session, Kind.TEMPLATE)
    rows = [_Row(name, "program") for name in template.names()] + [_Row(name, "hq") for name in published]
    document = {"templates": [{"template": row.template, "origin": row.origin} for row in rows]}
    desk.show(document, ("template", "origin"), rows)
