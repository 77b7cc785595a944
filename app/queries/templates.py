"""Templates that headquarters published, found in the database and laid ready for printing."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.certificates.paper import shelf, template
from app.errors import NotFound
from app.queries import publications
from app.queries.publications import Kind


def current(session: Session, name: str) -> bytes:
    """The hash (12 bytes) of the template of this name, laid ready to be issued with.

    Raises NotFound('certificate-template-missing') while it, or a crest of it, has not come.
    """
    if template.shipped(name):
        return template.digest(name)
    raw = publications.content(session, Kind.TEMPLATE, name)
    if raw is None or not _lay_crests(session, raw):
        raise NotFound("certificate-template-missing", template=name)
    return shelf.lay_template(name, raw)


def lay_ready(session: Session, names: Iterable[str | None]) -> None:
    """Lay those of these templates ready that did not ship with the program, as far as they are here."""
    for name in {name for name in names if name and not template.shipped(name)}:
        raw = publications.content(session, Kind.TEMPLATE, name)
        if raw is not None:
            _lay_crests(session, raw)
            shelf.lay_template(name, raw)


def _lay_crests(session: Session, raw: bytes) -> bool:
    """Lay a template's crests ready; whether all of them are here."""
    files = [crest.file for crest in template.read(raw).crests]
    found = {file: publications.content(session, Kind.CREST, file) for file in files}
    for file, picture in found.items():
        if picture is not None:
            shelf.lay_crest(file, picture)
    return None not in found.values()
