"""Writing many rows with one statement, on SQLite and PostgreSQL alike, from plain tuples.

SQLAlchemy's own executemany builds a dictionary per row; at 25,000 changes that is a third of a
push. The statements here differ between the two databases only in their parameter mark; PostgreSQL
takes many rows by COPY, twice as fast as row by row.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

Row = Sequence[object]
T = TypeVar("T")
LOOKUP = 900  # parameters of one lookup; SQLite's oldest default limit is 999
ROOMY, ROOM_KIB = 1_000, 64 * 1024
MANY = 50  # rows from which on a COPY pays


@contextmanager
def without_collector() -> Iterator[None]:
    """Let Python's collector of cycles rest: a run makes no cycles, and walking it again and again is a
    fifth of the time of taking it in."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@contextmanager
def roomy(connection: Connection, rows: int) -> Iterator[None]:
    """Keep more of an SQLite database in memory while very many rows are written.

    With its usual 2 MB the pages of a centre of 10,000 participants are read, checked and decrypted again and
    again, which doubles the time. Afterwards the memory is given back.
    """
    if rows < ROOMY or not _sqlite(connection):
        yield
        return
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{ROOM_KIB}")
    try:
        yield
    finally:
        if connection.connection.is_valid:
            connection.exec_driver_sql(f"PRAGMA cache_size = {usual}")
            connection.exec_driver_sql("PRAGMA shrink_memory")


def insert(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """New rows; the caller knows that they are not there yet."""
    if len(rows) >= MANY and not _sqlite(connection):
        _copy(connection, table.name, columns, rows)
    else:
        _run(connection, _insert(connection, table.name, columns), rows)


def insert_missing(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Rows by primary key; those that are there stay as they are."""
    _run(connection, f"{_insert(connection, table.name, columns)} ON CONFLICT DO NOTHING", rows)


def upsert(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Rows by primary key, each once: inserted, or these columns of theirs replaced."""
    key = [column.name for column in table.primary_key]
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in key)
    settle = f"ON CONFLICT ({_names(key)}) DO {f'UPDATE SET {changed}' if changed else 'NOTHING'}"
    if len(rows) >= MANY and not _sqlite(connection):
        _merge(connection, table.name, columns, rows, settle)
    else:
        _run(connection, f"{_insert(connection, table.name, columns)} {settle}", rows)


def delete(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """The rows whose `columns` have these values."""
    mark = _mark(connection)
    where = " AND ".join(f'"{name}" = {mark}' for name in columns)
    _run(connection, f"DELETE FROM {table.name} WHERE {where}", rows)


def slices(values: Sequence[T], size: int = LOOKUP) -> Iterator[Sequence[T]]:
    """The values in runs short enough for one lookup."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _run(connection: Connection, statement: str, rows: Sequence[Row]) -> None:
    if rows:
        connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def _copy(connection: Connection, name: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    import psycopg  # a laptop needs none, and it takes a third of a second to import

    statement = f"COPY {name} ({_names(columns)}) FROM STDIN"
    raw: Any = connection.connection
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as fault:  # SQLAlchemy does not see this statement
        raise DBAPIError.instance(statement, None, fault, psycopg.Error) from fault


def _merge(
    connection: Connection, name: str, columns: Sequence[str], rows: Sequence[Row], settle: str
) -> None:
    """COPY into a table of the transaction's own, and from there into the real one."""
    names = _names(columns)
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE arriving ON COMMIT DROP AS SELECT {names} FROM {name} LIMIT 0"
    )
    _copy(connection, "arriving", columns, rows)
    connection.exec_driver_sql(f"INSERT INTO {name} ({names}) SELECT {names} FROM arriving {settle}")
    connection.exec_driver_sql("DROP TABLE arriving")


def _insert(connection: Connection, name: str, columns: Sequence[str]) -> str:
    marks = ", ".join([_mark(connection)] * len(columns))
    return f"INSERT INTO {name} ({_names(columns)}) VALUES ({marks})"


def _sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _mark(connection: Connection) -> str:
    return "?" if _sqlite(connection) else "%s"


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
