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

from app.journal.registry import ENTITIES

SHUT, PROJECT, REDACT, REBUILD = "shut", "project", "redact", "rebuild"
SHOWN = (PROJECT, REBUILD)
Rules = dict[str, tuple[str, ...]]
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


def install(connection: Connection) -> None:
    """Put every trigger in place anew: after each migration, since altering a table may drop its own."""
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.exec_driver_sql(_POSTGRESQL_FUNCTION)
    for table, rules in guarded().items():
        for verb, states in rules.items():
            for statement in (_sqlite if sqlite else _postgresql)(table, verb, states):
                connection.exec_driver_sql(statement)


def guarded() -> dict[str, Rules]:
    """The tables that are guarded, and the states of the door in which each verb is allowed."""
    shown: Rules = {"INSERT": SHOWN, "UPDATE": SHOWN, "DELETE": SHOWN}
    return {
        **{entity.name: shown for number, entity in ENTITIES.items() if number},
        "change": {"UPDATE": (REDACT,), "DELETE": ()},
        "point": {"UPDATE": (), "DELETE": ()},
        "log": {"DELETE": ()},
    }


def _sqlite(table: str, verb: str, states: tuple[str, ...]) -> Iterator[str]:
    name = f"door_{table}_{verb.lower()}"
    refused = f"SELECT RAISE(ABORT, 'balai: {table} changes only through the journal')"
    when = f"WHEN balai_door() NOT IN ({', '.join(map(repr, states))}) " if states else ""
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {when}BEGIN {refused}; END"
    if table == "change" and verb == "DELETE":
        # INSERT OR REPLACE deletes without firing the triggers of DELETE.
        there = f"EXISTS (SELECT 1 FROM {table} WHERE log = NEW.log AND seq = NEW.seq)"
        yield f"DROP TRIGGER IF EXISTS {name}_again"
        yield f"CREATE TRIGGER {name}_again BEFORE INSERT ON {table} WHEN {there} BEGIN {refused}; END"


def _postgresql(table: str, verb: str, states: tuple[str, ...]) -> Iterator[str]:
    name = f"door_{table}_{verb.lower()}"
    verbs = "DELETE OR TRUNCATE" if verb == "DELETE" else verb
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield (
        f"CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH STATEMENT"
        f" EXECUTE FUNCTION balai_door({', '.join(map(repr, states))})"
    )


_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION balai_door() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE state text := coalesce(nullif(current_setting('balai.door', true), ''), 'shut');
BEGIN
  IF TG_NARGS > 0 AND state = ANY (TG_ARGV) THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'balai: %% changes only through the journal', TG_TABLE_NAME;
END $$
"""
