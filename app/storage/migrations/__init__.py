"""Bringing a database up to this version's tables (Alembic), on SQLite and PostgreSQL alike."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from app.errors import StorageTrouble
from app.storage import door, rebuilding

LATEST = "0002"


def upgrade(engine: Engine) -> None:
    """Create or migrate the tables; quick when there is nothing to do.

    After an upgrade the tables are projected anew, so that what an older version had to park is seen.
    Raises StorageTrouble('database-newer').
    """
    with engine.execution_options(balai_writes=True).begin() as connection:
        before = version(connection)
        if before == LATEST:
            return
        if before is not None and before > LATEST:
            raise StorageTrouble("database-newer")
        _migrate(connection)
        door.install(connection)
        if before is not None:
            rebuilding.rebuild(connection)


def version(connection: Connection) -> str | None:
    """The version of the tables here; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _migrate(connection: Connection) -> None:
    # Alembic takes a fifth of a second to import; an ordinary start needs none of it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
