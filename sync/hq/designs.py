"""Templates of certificates at headquarters: read from a folder, tried, published, and put to use.

A published template never changes: certificates carry its hash. A new look is a new name.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certificates.paper import crest, printing, shelf, template, trial
from app.errors import NotFound, Refused
from app.journal.device_certificate import EVERYBODY
from app.queries import publications
from app.queries.publications import Kind
from app.storage.journal import Draft, record
from app.storage.tables import Programme
from sync.hq import files, publishing

_HASHED = re.compile(r"[0-9a-f]{64}\.(png|jpg)")
_SUFFIXES = {".png": ".png", ".jpg": ".jpg", ".jpeg": ".jpg"}


@dataclass(frozen=True, slots=True)
class Design:
    """A template ready to be published: its name, its file, and its crests by the names it calls them."""

    name: str
    raw: bytes
    crests: dict[str, bytes]


def read(path: Path) -> Design:
    """The template in a JSON file, named after it, with the pictures beside it that it names as crests.

    A crest's `file` may be any PNG or JPEG beside the template: in what is published it is named by its
    hash. Raises NotFound('hq-file-not-found'), Refused('template-name-invalid' | 'template-invalid'),
    and what `crest.picture` raises.
    """
    if not template.name_fits(path.stem):
        raise Refused("template-name-invalid", field="file", name=path.stem)
    try:
        document = json.loads(files.read(path))
        listed = [dict(place) for place in document.get("crests", [])]
        pictures = [_picture(path.parent, str(place.get("file", ""))) for place in listed]
    except (ValueError, RecursionError, AttributeError, TypeError) as fault:
        raise Refused("template-invalid", field="file", why=str(fault)) from fault
    crests = dict(pictures)
    for place, (name, _) in zip(listed, pictures, strict=True):
        place["file"] = name
    raw = json.dumps({**document, "crests": listed}, ensure_ascii=False, indent=1).encode()
    return Design(path.stem, raw, crests)


def sample(design: Design) -> bytes:
    """A made-up certificate in this design, as PDF; raises Refused('template-invalid') with what is wrong."""
    digest = shelf.lay_template(design.name, design.raw)
    for file, picture in design.crests.items():
        shelf.lay_crest(file, picture)
    try:
        for place in template.read(design.raw).crests:
            crest.picture(place)
        return printing.render_one(trial.page(design.name, digest))
    except (msgspec.MsgspecError, LookupError, ValueError, OSError, StopIteration) as fault:
        raise Refused("template-invalid", field="file", why=str(fault)) from fault


def publish(session: Session, design: Design) -> bool:
    """Publish a template with its crests; False when exactly this is published already.

    Raises what `sample` raises, and Refused('template-name-taken') when the name means something else.
    """
    sample(design)
    before = publications.content(session, Kind.TEMPLATE, design.name)
    if template.shipped(design.name) or before not in (None, design.raw):
        raise Refused("template-name-taken", field="file", name=design.name)
    known = publications.names(session, Kind.CREST)
    for file, picture in design.crests.items():
        if file not in known:
            publishing.publish(session, Kind.CREST, file, picture)
    if before is None:
        publishing.publish(session, Kind.TEMPLATE, design.name, design.raw)
    return before is None


def use(session: Session, name: str, programme: str) -> int:
    """From now on certificates of this programme, of every version, are issued in this design.

    Returns how many versions there are. What was issued keeps its own. Raises
    NotFound('template-unknown' | 'hq-programme-unknown').
    """
    if not template.shipped(name) and name not in publications.names(session, Kind.TEMPLATE):
        raise NotFound("template-unknown", field="template", name=name)
    row = Programme
    query = select(row.version, row.number_template).where(row.code == programme, row.gone.is_not(True))
    versions = session.execute(query.order_by(row.version)).all()
    if not versions:
        raise NotFound("hq-programme-unknown", field="programme", programme=programme)
    drafts = [
        Draft("programme", (programme, version), {"certificate": (number, name)})
        for version, number in versions
    ]
    record(session, drafts, scope=EVERYBODY)
    return len(versions)


def _picture(folder: Path, file: str) -> tuple[str, bytes]:
    """A crest's picture and the name it goes by: its hash."""
    suffix = _SUFFIXES.get(Path(file).suffix.lower())
    if suffix is None or Path(file).name != file:
        raise ValueError(f"crest {file!r}: a PNG or JPEG beside the template")
    raw = files.read(folder / file)
    name = sha256(raw).hexdigest() + suffix
    if _HASHED.fullmatch(file) and file != name:
        raise Refused("certificate-crest-damaged", file=file)
    return name, raw
