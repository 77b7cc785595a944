"""Programmes: a JSON file becomes a version that everybody gets, and never changes again."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import programmes
from app.domain import programme_document
from app.domain.ids import ModuleCode, ProgrammeCode
from app.domain.programme import Module, Programme
from app.errors import Refused
from app.journal.device_certificate import EVERYBODY
from app.storage.journal import record
from app.storage.tables import Module as ModuleTable
from app.storage.tables import Programme as ProgrammeTable

TEMPLATE = "kelulusan-1"


def read(content: bytes) -> Programme:
    """The programme in a file; raises Refused("programme-not-json") and what its parser raises."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise Refused("programme-not-json") from fault
    return programme_document.parse(document)


def publish(session: Session, programme: Programme, template: str | None = None) -> bool:
    """Publish a version with its modules; False when exactly this is published already.

    Its certificates look as `template` says, by default like those of the version before.

    Raises Refused('programme-version-taken') when the version says something else: classes that
    started with it must find it unchanged.
    """
    same = published(session, programme.code, programme.version)
    if same is not None:
        if same == programme:
            return False
        raise Refused("programme-version-taken", code_of_programme=programme.code, version=programme.version)
    design = template or _design_before(session, programme.code) or TEMPLATE
    record(session, programmes.publication(programme, design), scope=EVERYBODY)
    return True


def _design_before(session: Session, code: str) -> str | None:
    row = ProgrammeTable
    query = select(row.template).where(row.code == code, row.gone.is_not(True))
    return session.scalar(query.order_by(row.version.desc()).limit(1))


def published(session: Session, code: str, version: int) -> Programme | None:
    """The published version, None where there is none."""
    row = session.execute(
        select(ProgrammeTable.title, ProgrammeTable.rule, ProgrammeTable.number_template).where(
            ProgrammeTable.code == code, ProgrammeTable.version == version
        )
    ).first()
    if row is None:
        return None
    return Programme(
        ProgrammeCode(code),
        version,
        row.title or "",
        _modules(session, code, version),
        programme_document.read_rule_text(row.rule or ""),
        row.number_template or "",
    )


def _modules(session: Session, code: str, version: int) -> tuple[Module, ...]:
    module = ModuleTable
    query = select(
        module.code,
        module.title,
        module.jp,
        module.pass_mark,
        module.required,
        module.unit_code,
        module.place,
    ).where(module.programme == code, module.version == version)
    return tuple(
        Module(ModuleCode(name), title or "", jp or 0, mark, bool(required), unit, place or 0)
        for name, title, jp, mark, required, unit, place in session.execute(query.order_by(module.place))
    )
