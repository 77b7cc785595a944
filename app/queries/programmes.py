"""Programmes as headquarters published them, put together from their rows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import programme_document
from app.domain.ids import ModuleCode, ProgrammeCode
from app.domain.programme import Module, Programme, Rule
from app.errors import NotFound
from app.storage import tables

LIMIT = 500
USUAL_TEMPLATE = "kelulusan-1"


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A published version of a programme."""

    code: ProgrammeCode
    version: int
    title: str


def listed(session: Session) -> list[ProgrammeRow]:
    """All versions, by code, the newest first."""
    row = tables.Programme
    query = select(row.code, row.version, row.title).where(row.gone.is_not(True))
    return [
        ProgrammeRow(ProgrammeCode(code), version, title or code)
        for code, version, title in session.execute(query.order_by(row.code, row.version.desc()).limit(LIMIT))
    ]


def programme(session: Session, code: str, version: int) -> Programme:
    """One version; NotFound("programme-unknown"). A rule that this program can't read raises as
    `programme_document.parse_rule` does."""
    row = tables.Programme
    query = select(row.title, row.rule, row.number_template)
    found = session.execute(
        query.where(row.code == code, row.version == version, row.gone.is_not(True))
    ).first()
    if found is None:
        raise NotFound("programme-unknown", field="programme", programme=code, version=version)
    rule = programme_document.read_rule_text(found.rule) if found.rule else Rule()
    return Programme(
        code=ProgrammeCode(code),
        version=version,
        title=found.title or code,
        modules=_modules(session, code, version),
        rule=rule,
        number_template=found.number_template or "",
    )


def newest(session: Session, code: str) -> int:
    """The newest version of a programme; NotFound("programme-unknown")."""
    found = next((row.version for row in listed(session) if row.code == code), None)
    if found is None:
        raise NotFound("programme-unknown", field="programme", programme=code, version="")
    return found


def template(session: Session, code: str, version: int) -> str:
    """The name of the certificate's template in this version of a programme."""
    row = tables.Programme
    return (
        session.scalar(select(row.template).where(row.code == code, row.version == version)) or USUAL_TEMPLATE
    )


def _modules(session: Session, code: str, version: int) -> tuple[Module, ...]:
    row = tables.Module
    query = select(row.code, row.title, row.jp, row.pass_mark, row.required, row.unit_code, row.place)
    query = query.where(row.programme == code, row.version == version, row.gone.is_not(True))
    found = session.execute(query.order_by(row.place, row.code).limit(LIMIT))
    return tuple(
        Module(
            code=ModuleCode(m.code),
            title=m.title or m.code,
            jp=m.jp or 0,
            pass_mark=m.pass_mark,
            required=m.required is not False,
            unit_code=m.unit_code,
            order=place,
        )
        for place, m in enumerate(found, 1)
    )
