"""The tables that the migrations make are those that the program maps; old databases open and are sound."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from app.errors import StorageTrouble
from app.storage import door, integrity, migrations
from app.storage.base import Base
from app.storage.store import Store
from tests.storage import seen
from tests.support import hand
from tests.support.databases import AUTHORITY, KEY, Databases, take

GOLDEN = sorted((Path(__file__).parent.parent / "golden" / "databases").glob("*.db"))


def test_the_migrations_make_the_mapped_tables(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_and_the_mapping_agree_on_keys_and_what_may_be_empty(store: Store) -> None:
    described = inspect(store.engine)
    for table in Base.metadata.tables.values():
        key = described.get_pk_constraint(table.name)["constrained_columns"]
        assert key == [column.name for column in table.primary_key], table.name
        empty = {column["name"]: column["nullable"] for column in described.get_columns(table.name)}
        assert empty == {column.name: column.nullable for column in table.columns}, table.name


def test_every_guarded_table_has_its_triggers(store: Store) -> None:
    with store.read() as session:
        there = set(_triggers(session.connection()))
    wanted = {f"door_{table}_{verb.lower()}" for table, verbs in door.guarded().items() for verb in verbs}
    assert wanted <= there


def _triggers(connection: Connection) -> Iterator[str]:
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    other = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    yield from connection.execute(text(sqlite if connection.dialect.name == "sqlite" else other)).scalars()


def test_triggers_can_be_put_in_place_again(store: Store) -> None:
    with store.write() as session:
        before = sorted(_triggers(session.connection()))
        door.install(session.connection())
        assert sorted(_triggers(session.connection())) == before


def test_an_upgrade_projects_the_tables_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    log = hand.opened(hand.identity(AUTHORITY))
    log.write(hand.mark("H"))
    take(store, log.run())
    with store.read() as session:
        before = seen.state(session.connection())

    def migrate(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    monkeypatch.setattr(migrations, "_migrate", migrate)
    with store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        with door.opened(session.connection()):
            session.execute(text("UPDATE mark SET status = 'as an older version understood it'"))
        session.execute(text("DELETE FROM head"))
        session.execute(text("INSERT INTO parked (log, seq, part, why) VALUES (1, 1, 9, 'group')"))
    migrations.upgrade(store.engine)
    with store.read() as session:
        assert seen.state(session.connection()) == before


def test_a_database_of_a_later_version_is_left_alone(store: Store) -> None:
    with store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageTrouble, match="database-newer"):
        migrations.upgrade(store.engine)


def test_there_is_a_golden_database_of_this_version() -> None:
    assert f"{migrations.LATEST}.db" in {file.name for file in GOLDEN}


@pytest.mark.parametrize("file", GOLDEN, ids=[file.stem for file in GOLDEN])
def test_a_database_of_every_version_opens_and_shows_what_it_held(file: Path, tmp_path: Path) -> None:
    shutil.copyfile(file, tmp_path / "balai.db")
    held = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    store = Store.encrypted(tmp_path / "balai.db", KEY, None, hand.CENTRE)
    report = integrity.check(store)
    with store.read() as session:
        shown = integrity.tables_hash(session.connection())
    store.close()
    assert report.sound
    assert report.changes == held["changes"]
    assert shown == held["tables"]


def test_two_programs_that_open_a_new_database_at_once_make_it_once(sqlite_databases: Databases) -> None:
    path = sqlite_databases.folder / "at-once.db"
    opened: list[Store] = []
    threads = [
        Thread(target=lambda: opened.append(Store.encrypted(path, KEY, None, hand.CENTRE))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for store in opened:
        assert integrity.check(store).sound
        store.close()
