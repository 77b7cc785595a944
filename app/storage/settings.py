"""Named values of this machine: where headquarters is, the centre's secret, the language."""

from __future__ import annotations

import cbor2
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage import bulk
from app.storage.base import Base
from app.storage.tables.local import Setting

CENTRE_SECRET = "centre-secret"  # 32 bytes: from it and the NIK come participants' ids

SETTING = Base.metadata.tables["setting"]


def put(session: Session, name: str, value: object) -> None:
    """Keep a value (anything CBOR holds) under a name."""
    bulk.upsert(session.connection(), SETTING, ("name", "value"), [(name, cbor2.dumps(value))])


def forget(session: Session, name: str) -> None:
    """Drop the value kept under a name."""
    bulk.delete(session.connection(), SETTING, ("name",), [(name,)])


def get(session: Session, name: str, default: object = None) -> object:
    """The value kept under a name."""
    found = session.scalar(select(Setting.value).where(Setting.name == name))
    return default if found is None else cbor2.loads(found)


def kept(session: Session, beginning: str) -> dict[str, object]:
    """The values whose names begin so, by name."""
    query = select(Setting.name, Setting.value).where(Setting.name.startswith(beginning, autoescape=True))
    return {name: cbor2.loads(value) for name, value in session.execute(query.order_by(Setting.name))}
