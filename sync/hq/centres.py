"""Centres: what headquarters publishes of each, and the secret its participants' ids are made with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refused
from app.journal.device_certificate import EVERYBODY, HEADQUARTERS_ONLY
from app.storage.journal import Draft, record
from sync.hq.tables import CENTRE

SECRET_BYTES = 32
HIGHEST = 99_999


@dataclass(frozen=True, slots=True)
class CentreForm:
    """What is published of a centre; None or empty where it is not known yet."""

    code: int
    name: str
    full_name: str | None = None
    short: str | None = None
    parent: int | None = None
    city: str | None = None
    regency_code: str | None = None
    province_code: str | None = None
    timezone: str | None = "Asia/Jakarta"
    quota: int | None = None
    letterhead: tuple[str, ...] = ()
    signatory_title: str | None = None
    signatory: str | None = None
    signatory_nip: str | None = None


def publish(session: Session, form: CentreForm) -> None:
    """Publish a centre to everybody, or publish it anew; the first time its secret is drawn.

    Raises Refused('centre-code-invalid').
    """
    if not HEADQUARTERS_ONLY < form.code <= HIGHEST:
        raise Refused("centre-code-invalid", field="code", highest=HIGHEST)
    if not form.name.strip():
        raise Refused("centre-name-missing", field="name")
    groups = {
        "name": (form.name, form.full_name, form.short, form.parent),
        "place": (form.city, form.regency_code, form.province_code, form.timezone),
        "quota": (form.quota,),
        "letterhead": (form.letterhead, form.signatory_title, form.signatory, form.signatory_nip),
    }
    record(session, Draft("centre", (form.code,), groups), scope=EVERYBODY)
    if session.scalar(select(CENTRE.c.centre).where(CENTRE.c.centre == form.code)) is None:
        secret = secrets.token_bytes(SECRET_BYTES)
        session.execute(insert(CENTRE).values(centre=form.code, secret=secret))


def secret_of(session: Session, code: int) -> bytes:
    """The centre's secret, 32 bytes; raises NotFound('centre-not-found')."""
    found = session.scalar(select(CENTRE.c.secret).where(CENTRE.c.centre == code))
    if found is None:
        raise NotFound("centre-not-found", centre=code)
    return bytes(found)
