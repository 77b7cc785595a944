"""Encrypted SQLite (SQLCipher) as an engine: our own BEGIN, WAL, full synchronisation, the door."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlcipher3 import dbapi2 as cipher

from app.errors import StorageTrouble
from app.storage.door import Door

BUSY_SECONDS = 30
SHORTLY = 0.02
SUFFIXES = ("", "-wal", "-shm")  # the files of a database, after its name
KEY_BYTES = 32

# sqlcipher3 looks for an adapter for every parameter that is not exactly int, float, str or bytearray,
# and raises and swallows two AttributeErrors for each bytes and None it finds none for: two thirds of
# the time of a bulk insert. These adapters give the same values back without the detour.
cipher.register_adapter(bytes, bytearray)
cipher.register_adapter(type(None), {}.get)
cipher.register_adapter(bool, int)


def encrypted_engine(path: Path, key: bytes) -> Engine:
    """An engine on the encrypted database at `path`; the key is 32 raw bytes.

    At the first use: StorageTrouble('database-key-wrong' | 'database-damaged' | 'database-unreachable').
    """
    return _engine(lambda: _open_encrypted(path, key), cipher)


def plain_engine(path: Path) -> Engine:
    """An engine on an unencrypted database: headquarters' server keeps its disk encrypted instead."""
    return _engine(lambda: _open_plain(path), sqlite3)


def _engine(creator: Callable[[], Any], module: Any) -> Engine:
    # The connection used last is used next: its pages are decrypted already.
    engine = create_engine(
        "sqlite://", creator=creator, module=module, poolclass=QueuePool, pool_size=4, pool_use_lifo=True
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _open_encrypted(path: Path, key: bytes) -> Any:
    if len(key) != KEY_BYTES:
        raise StorageTrouble("database-key-wrong")
    try:
        connection = cipher.connect(str(path), timeout=BUSY_SECONDS, check_same_thread=False)
    except cipher.OperationalError as fault:
        raise StorageTrouble("database-unreachable", path=str(path)) from fault
    connection.execute("PRAGMA cipher_log_level = NONE")  # what is wrong is said by us, not on stderr
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except cipher.OperationalError as fault:
        connection.close()
        raise StorageTrouble("database-unreachable", path=str(path)) from fault
    except cipher.DatabaseError as fault:
        connection.close()
        damaged = "malformed" in str(fault)
        raise StorageTrouble(
            "database-damaged" if damaged else "database-key-wrong", path=str(path)
        ) from fault
    return connection


def _open_plain(path: Path) -> Any:
    return sqlite3.connect(str(path), timeout=BUSY_SECONDS, check_same_thread=False)


def _on_connect(connection: Any, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    _use_write_ahead_log(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    # KiB. SQLCipher's own 8 MB a connection make nothing faster here that a person waits for.
    cursor.execute("PRAGMA cache_size = -2000")
    cursor.close()
    door = Door()
    connection.create_function("balai_door", 0, door)
    entry.info["door"] = door


def _use_write_ahead_log(cursor: Any) -> None:
    """WAL stays once it is set. SQLite does not wait for its turn to set it, so two that open a new database
    at once have to."""
    until = time.monotonic() + BUSY_SECONDS
    while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except (sqlite3.OperationalError, cipher.OperationalError) as fault:
            if "locked" not in str(fault) or time.monotonic() > until:
                raise
            time.sleep(SHORTLY)


def _on_begin(connection: Connection) -> None:
    """Writers queue at BEGIN, so that no transaction fails half-way for want of the lock."""
    writing = connection.get_execution_options().get("balai_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN DEFERRED")
