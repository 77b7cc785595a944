"""Keeping named values of this machine: they never travel."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.storage import settings


def put(session: Session, name: str, value: object) -> str:
    """Keep a value (what CBOR holds: text, numbers, bytes, lists, maps) under a name; returns the name."""
    settings.put(session, name, value)
    return name
