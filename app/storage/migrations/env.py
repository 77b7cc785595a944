"""Alembic's way in: the connection is handed over by `upgrade`, in the caller's transaction."""

from __future__ import annotations

from alembic import context

from app.storage import tables
from app.storage.base import Base
from app.storage.tables import journal, local

assert tables and journal and local, "mapped before the metadata is read"

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
