"""The one door: tables that people see change only while the journal projects a change into them.

Triggers ask `balai_door()`; outside the projection it answers `shut`, and in any other program that
has the database's key the function is missing, so the statement fails there too. PostgreSQL asks a
setting of the transaction. The journal itself can be appended to, never edited, but for erasure.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

SHUT, PROJECT, REDACT, REBUILD = "shut", "project", "redact", "rebuild"
JOURNAL = ("change", "point")
_STATE = "SELECT coalesce(nullif(current_setting('balai.door', true), ''), 'shut')"


class Door:
    """The state of one SQLite connection's door."""

    def __init__(self) -> None:
        self.state = SHUT

    def __call__(self) -> str:
        return self.state


@contextmanager
def opened(connection: Connection, state: str = PROJECT) -> Iterator[None]:
    """Open the door of this connection for the length of the block."""
    before = _set(connection, state)
    try:
        yield
    finally:
        if connection.connection.is_valid:
            _set(connection, before)


def _set(connection: Connection, state: str) -> str:
    if connection.dialect.name == "sqlite":
        door: Door = connection.connection.info["door"]
        shut, door.state = door.state, state
        return shut
    if not _usable(connection):
        return SHUT  # the transaction is being rolled back, and its setting with it
    before = str(connection.exec_driver_sql(_STATE).scalar_one())
    connection.exec_driver_sql("SELECT set_config('balai.door', %s, true)", (state,))
    return before


def _usable(connection: Connection) -> bool:
    raw: Any = connection.connection.dbapi_connection
    return bool(raw.info.transaction_status.name != "INERROR")


def sqlite_triggers(table: str) -> list[str]:
    """The statements that guard a table people see, or one of the journal's."""
    if table in JOURNAL:
        allowed = {"UPDATE": f"= '{REDACT}'", "DELETE": f"= '{REBUILD}'"}
    else:
        allowed = {verb: f"IN ('{PROJECT}', '{REBUILD}')" for verb in ("INSERT", "UPDATE", "DELETE")}
    return [
        f"CREATE TRIGGER door_{table}_{verb.lower()} BEFORE {verb} ON {table} WHEN NOT balai_door() {states}"
        f" BEGIN SELECT RAISE(ABORT, 'balai: {table} changes only through the journal'); END"
        for verb, states in allowed.items()
    ]


def postgresql_triggers(table: str) -> list[str]:
    """The same for PostgreSQL; `postgresql_function` must exist."""
    kind = "journal" if table in JOURNAL else "table"
    verbs = "UPDATE OR DELETE" if table in JOURNAL else "INSERT OR UPDATE OR DELETE"
    return [
        f"CREATE TRIGGER door_{table} BEFORE {verbs} ON {table} FOR EACH STATEMENT"
        f" EXECUTE FUNCTION balai_door('{kind}')"
    ]


POSTGRESQL_FUNCTION = """
CREATE FUNCTION balai_door() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE state text := coalesce(nullif(current_setting('balai.door', true), ''), 'shut');
BEGIN
  IF TG_ARGV[0] = 'journal' THEN
    IF (TG_OP = 'UPDATE' AND state = 'redact') OR (TG_OP = 'DELETE' AND state = 'rebuild') THEN
      RETURN NULL;
    END IF;
  ELSIF state IN ('project', 'rebuild') THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'balai: % changes only through the journal', TG_TABLE_NAME;
END $$
"""
