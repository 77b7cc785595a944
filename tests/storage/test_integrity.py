"""Whoever edits a database by hand, with the key and the triggers out of the way, is found out."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app.journal.change import Change
from app.journal.device_certificate import DeviceKind
from app.storage import door, integrity
from app.storage.store import Store
from tests.support import hand, one_of_each
from tests.support.databases import AUTHORITY, Databases, take

DEVICE = hand.identity(AUTHORITY)


@pytest.fixture
def written(store: Store) -> Store:
    """A database with a forked log, a salted and an erased change, and its triggers gone."""
    log = hand.opened(DEVICE)
    for number in range(3):
        log.write(hand.mark("H", number=number))
    log.write(Change(2, (b"p" * 16,), {5: ("remark",)}, (), None, hand.WALL), salt=b"s" * 16)
    clone = log.branch(4)
    log.write(hand.mark("A", number=0))
    clone.write(hand.mark("S", number=1))
    log.erase(3)
    take(store, log.run())
    take(store, clone.run())
    assert integrity.check(store).sound
    with store.write() as session:
        for table, rules in door.guarded().items():
            on = "" if store.engine.dialect.name == "sqlite" else f" ON {table}"
            for verb in rules:
                session.execute(text(f"DROP TRIGGER door_{table}_{verb.lower()}{on}"))
    return store


def _after(store: Store, statement: str) -> integrity.Report:
    with store.write() as session:
        # Numbers of bytes in hex are spelled alike in both: X'00' in SQLite, '\x00' in PostgreSQL.
        if store.engine.dialect.name != "sqlite":
            statement = statement.replace("X'", "'\\x")
        done = session.execute(text(statement))
        assert done.rowcount >= 1, "the statement must have done something"  # type: ignore[attr-defined]  # of a cursor
    report = integrity.check(store)
    assert not report.sound
    return report


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET hash = X'00' WHERE seq = 2 AND log = 1",
        "UPDATE change SET salt = X'00' WHERE seq = 2 AND log = 1",
        "UPDATE change SET body = (SELECT body FROM change WHERE seq = 1) WHERE seq = 2",
        "UPDATE change SET \"inner\" = X'00' WHERE seq = 3",
        "DELETE FROM change WHERE seq = 2 AND log = 1",
        "DELETE FROM change WHERE seq = 5 AND log = 1",
        "UPDATE change SET hash = X'00' WHERE log = 2",
        "UPDATE log SET head_hash = X'00' WHERE id = 2",
        "UPDATE log SET head_seq = 4 WHERE id = 1",
        "UPDATE log SET log = X'00' WHERE id = 1",
        "UPDATE log SET public_key = X'0000000000000000000000000000000000000000000000000000000000000000'"
        " WHERE id = 1",
        "UPDATE point SET signature = X'00' WHERE log = 1",
        "UPDATE point SET seq = 99 WHERE log = 1",
        "UPDATE point SET seq = 2 WHERE log = 1",
    ],
)
def test_an_edited_journal_no_longer_holds_together(written: Store, statement: str) -> None:
    assert _after(written, statement).broken


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mark SET status = 'I' WHERE number = 0",
        "DELETE FROM mark WHERE number = 0",
        "INSERT INTO mark (centre, class_code, number, participant) VALUES (1, 'K', 1, X'00')",
        "DELETE FROM head WHERE seq = 5",
        "INSERT INTO parked (log, seq, part, why) VALUES (1, 1, 1, 'group')",
        'INSERT INTO change SELECT 99, seq, hash, salt, body, "inner" FROM change WHERE seq = 2',
    ],
)
def test_edited_tables_are_not_what_the_journal_says(written: Store, statement: str) -> None:
    report = _after(written, statement)
    assert not report.tables_equal
    assert not report.broken


def test_a_check_changes_nothing(written: Store) -> None:
    with written.read() as session:
        before = integrity.tables_hash(session.connection())
    for _ in range(2):
        report = integrity.check(written)
        assert report.sound
        assert (report.changes, report.logs) == (7, 2)
    with written.read() as session:
        assert integrity.tables_hash(session.connection()) == before


def test_tables_have_the_same_hash_on_both_databases(
    sqlite_databases: Databases, databases: Databases
) -> None:
    shown = []
    for kind in (sqlite_databases, databases):
        with kind.store() as store:
            office = hand.identity(AUTHORITY, centre=0, kind=DeviceKind.HEADQUARTERS)
            log = hand.opened(office)
            for change in [
                *one_of_each.changes(),
                hand.mark("é"),
                hand.mark("Z", number=2),
                hand.mark("a", number=3),
            ]:
                log.write(change)
            take(store, log.run())
            with store.read() as session:
                shown.append(integrity.tables_hash(session.connection()))
    assert shown[0] == shown[1]
