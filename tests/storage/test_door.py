"""Nobody goes round the journal: not by an action's mistake, not with another program and the key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as cipher

from app.errors import Refused
from app.journal.device_certificate import DeviceKind
from app.storage import door
from app.storage.journal import Draft, record
from app.storage.store import Store
from tests.support import hand, one_of_each
from tests.support.databases import AUTHORITY, KEY, Databases, take

OFFICE = hand.identity(AUTHORITY, centre=0, kind=DeviceKind.HEADQUARTERS)
SAID = "changes only through the journal"


@pytest.fixture
def full(databases: Databases) -> Iterator[Store]:
    """A database with a row in every table that is guarded."""
    with databases.store(OFFICE) as store:
        log = hand.opened(OFFICE)
        for change in one_of_each.changes():
            log.write(change)
        take(store, log.run())
        yield store


def _statements(table: str, verb: str) -> list[str]:
    if verb == "INSERT":
        return [f"INSERT INTO {table} SELECT * FROM {table}"]
    if verb == "UPDATE":
        column = {"change": "body", "point": "signature"}.get(table, "gone")
        return [f"UPDATE {table} SET {column} = NULL"]
    return [f"DELETE FROM {table}"]


def _refused(store: Store, statement: str) -> None:
    with pytest.raises(DBAPIError, match=SAID), store.write() as session:
        session.execute(text(statement))


def _count(store: Store, table: str) -> int:
    with store.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_every_guarded_table_refuses_every_verb_it_is_guarded_against(full: Store) -> None:
    for table, rules in door.guarded().items():
        before = _count(full, table)
        assert before, table
        for verb in rules:
            for statement in _statements(table, verb):
                _refused(full, statement)
        assert _count(full, table) == before


def test_what_can_take_the_place_of_a_journal_line_is_refused_too(full: Store) -> None:
    if full.engine.dialect.name == "sqlite":
        _refused(full, "INSERT OR REPLACE INTO change SELECT log, seq, hash, salt, NULL, inner FROM change")
        _refused(full, "REPLACE INTO mark SELECT * FROM mark")
        _refused(full, "UPDATE OR REPLACE change SET seq = seq + 1")
    else:
        for table in ("change", "point", "log", "mark"):
            _refused(full, f"TRUNCATE {table}")


def test_the_door_shuts_behind_a_projection_and_behind_a_failure(full: Store) -> None:
    with full.write() as session:
        connection = session.connection()
        with door.opened(connection):
            session.execute(text("UPDATE mark SET remark = NULL"))
        with pytest.raises(ZeroDivisionError), door.opened(connection):
            raise ZeroDivisionError
        with pytest.raises(DBAPIError, match=SAID):
            session.execute(text("UPDATE mark SET remark = 'x'"))
        session.rollback()
    _refused(full, "UPDATE mark SET remark = 'x'")


def test_the_door_shuts_when_the_transaction_is_rolled_back_inside_it(full: Store) -> None:
    with pytest.raises(DBAPIError), full.write() as session, door.opened(session.connection()):
        session.execute(text("SELECT nonsense"))
    _refused(full, "UPDATE mark SET remark = 'x'")


def test_only_redaction_edits_a_journal_line_and_nothing_deletes_one(full: Store) -> None:
    with full.write() as session:
        connection = session.connection()
        for state in (door.PROJECT, door.REBUILD):
            with (
                door.opened(connection, state),
                pytest.raises(DBAPIError, match=SAID),
                session.begin_nested(),
            ):
                session.execute(text("UPDATE change SET body = NULL WHERE seq = 1"))
        for state in (door.PROJECT, door.REBUILD, door.REDACT):
            with (
                door.opened(connection, state),
                pytest.raises(DBAPIError, match=SAID),
                session.begin_nested(),
            ):
                session.execute(text("DELETE FROM change WHERE seq = 1"))
        with door.opened(connection, door.REDACT):
            session.execute(text("UPDATE change SET body = NULL WHERE seq = 1"))
        session.rollback()


@pytest.fixture
def other_program(tmp_path: Path) -> Iterator[Any]:
    """A database of a laptop's, opened by a program that has its key and knows nothing of the door."""
    path = tmp_path / "balai.db"
    store = Store.encrypted(path, KEY, hand.identity(AUTHORITY), hand.CENTRE)
    with store.write() as session:
        record(session, Draft("mark", (hand.CENTRE, "KWU-1", 1, b"p"), {"mark": ("H", None)}))
    store.close()
    connection = cipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mark SET status = 'A'",
        "DELETE FROM mark",
        "INSERT INTO mark SELECT centre, class_code, 2, participant, status, NULL, NULL, NULL FROM mark",
        "REPLACE INTO mark SELECT * FROM mark",
        "UPDATE change SET body = x'00'",
        "DELETE FROM change",
        "REPLACE INTO change SELECT * FROM change",
        "DELETE FROM log",
    ],
)
def test_a_program_that_has_the_key_meets_the_same_door(other_program: Any, statement: str) -> None:
    with pytest.raises(cipher.Error, match=rf"{SAID}|no such function: balai_door"):
        other_program.execute(statement)


def test_a_program_without_the_key_reads_nothing(tmp_path: Path) -> None:
    path = tmp_path / "balai.db"
    store = Store.encrypted(path, KEY, hand.identity(AUTHORITY), hand.CENTRE)
    with store.write() as session:
        record(session, Draft("person", (b"p" * 16,), {"identity": ("Sitti Nurhaliza", "sitti")}))
    store.close()
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert b"Sitti" not in content
        assert b"SQLite format" not in content


def test_a_copy_without_an_identity_records_nothing(databases: Databases) -> None:
    with databases.store() as store, pytest.raises(Refused, match="read-only-copy"), store.write() as session:
        record(session, Draft("mark", (hand.CENTRE, "KWU-1", 1, b"p"), {"mark": ("H", None)}))
