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


def get(session: Session, name: str, default: object = None) -> object:
    """The value kept under a name."""
    found = session.scalar(select(Setting.value).where(Setting.name == name))
    return default if found is None else cbor2.loads(found)
