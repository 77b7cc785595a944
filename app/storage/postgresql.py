"""PostgreSQL as an engine, for headquarters: writers queue as they do on SQLite, readers see one state."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, create_engine, event

# Any number: all writers of a database take the same advisory lock. Heads are read and then written,
# and a second writer in between would make a superseded change look like one that stands.
WRITERS = 0x62616C6169


def engine(url: str) -> Engine:
    """An engine on the database at `url`, `postgresql+psycopg://...`."""
    made = create_engine(url, pool_pre_ping=True)
    event.listen(made, "begin", _on_begin)
    return made


def _on_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("balai_writes"):
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (WRITERS,))
    elif "balai_writes" in options:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
